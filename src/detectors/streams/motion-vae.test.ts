import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { onBackend } from '../../nn/backends.fixture';
import { drawPatches, movingCells, patchAt, placeAt } from './motion-patches';
import { motionSurprise } from './motion-surprise';
import { fitMotionVae } from './motion-vae';
import { learnSceneMemory } from './scene-memory';
import { streamInputs } from './stream-inputs';
import { move, walkingClip } from './streams.fixture';

const clip = walkingClip();
const memory = learnSceneMemory(clip, 1);
const inputs = clip.map((frame) => streamInputs(frame, memory));

describe('fitMotionVae', () => {
  it('is more surprised by what moves another way or faster, and the same seed gives the same', () =>
    onBackend('wasm', async () => {
      const rows = drawPatches(inputs, 2000, createRng(1));
      const options = { steps: 150, batch: 64 };
      const encoder = await fitMotionVae(rows, 3, options);
      expect((await fitMotionVae(rows, 3, options)).mean.kernel).toEqual(encoder.mean.kernel);
      const surpriseOf = (change: (frame: (typeof clip)[number]) => void) => {
        const frame = walkingClip({ seconds: 0.1, seed: 5 })[0];
        change(frame);
        const changed = streamInputs(frame, memory);
        const all = movingCells(changed).map((cell) =>
          motionSurprise(encoder, patchAt(changed, cell), placeAt(changed, cell)),
        );
        return Math.max(...all);
      };
      const ordinary = surpriseOf(() => undefined);
      const block = (velocityX: number, velocityY: number) =>
        surpriseOf((frame) => {
          for (const x of [10, 11]) for (const y of [4, 5, 6]) move(frame, x, y, velocityX, velocityY);
        });
      expect(block(100, 0)).toBeGreaterThan(1.5 * ordinary);
      expect(block(-60, 60)).toBeGreaterThan(1.5 * ordinary);
    }));
});
