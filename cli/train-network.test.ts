import { describe, expect, it } from 'vitest';
import { learnSceneMemory } from '../src/detectors/streams/scene-memory';
import { move, walkingClip } from '../src/detectors/streams/streams.fixture';
import type { TrainingClip } from '../src/detectors/streams/training-stretches';
import { type TrainingTask, train } from '../src/engine/trainer';
import { onBackend } from '../src/nn/backends.fixture';
import { disposeTree } from '../src/nn/tree';
import { estaTask, stadnetTask } from './train-network';
import type { SplitScene } from './training-scenes';

/** In the second half someone runs upwards. */
function planted(seed: number): TrainingClip {
  const frames = walkingClip({ seconds: 3, seed });
  const abnormal = frames.map((frame, index) => {
    if (index < 15) return null;
    const shares = new Float32Array(frame.texture.length);
    for (const x of [8, 9])
      for (const y of [8, 9]) {
        move(frame, x, y, 0, -90);
        shares[y * frame.grid.width + x] = 1;
      }
    return shares;
  });
  return { frames, abnormal };
}

const normal = walkingClip({ seconds: 3, seed: 5 });
const scene: SplitScene = {
  name: 'walk',
  training: {
    memories: [learnSceneMemory(walkingClip({ seed: 6 }), 1)],
    normal: [{ frames: normal, abnormal: normal.map(() => null) }],
    planted: [planted(1), planted(2)],
  },
  validation: [planted(3)],
};

describe.each([
  { name: 'stadnetTask', task: () => stadnetTask([scene]) },
  { name: 'estaTask', task: () => estaTask([scene]) },
])('$name', ({ task }) => {
  it(
    'learns from planted clips, the same for the same seed, and validates on those left out',
    { timeout: 240_000 },
    () =>
      onBackend('wasm', async () => {
        const run = async () => {
          const options = { seed: 3, steps: 5, schedule: { peak: 4e-3 }, validateEvery: 5 };
          // biome-ignore lint/suspicious/noExplicitAny: each task has batches of its own.
          const result = await train(task() as TrainingTask<any>, options);
          disposeTree(result.params);
          return result;
        };
        const first = await run();
        const places = first.curve.map(({ parts }) => parts.places);
        expect(Math.min(...places.slice(3))).toBeLessThan(0.8 * places[0]);
        expect(first.validation).toBeGreaterThanOrEqual(0);
        expect(first.validation).toBeLessThanOrEqual(1);
        expect((await run()).curve).toEqual(first.curve);
      }),
  );
});
