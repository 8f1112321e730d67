import { describe, expect, it } from 'vitest';
import type { NetworkBatch } from '../src/detectors/network-scene/training';
import { learnSceneMemory } from '../src/detectors/streams/scene-memory';
import { move, walkingClip } from '../src/detectors/streams/streams.fixture';
import type { TrainingClip } from '../src/detectors/streams/training-stretches';
import { type TrainingTask, train } from '../src/engine/trainer';
import { createRng } from '../src/lib/rng';
import { onBackend } from '../src/nn/backends.fixture';
import { disposeTree, type ParamTree } from '../src/nn/tree';
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
    share: 1,
    memories: [learnSceneMemory(walkingClip({ seed: 6 }), 1)],
    normal: [{ frames: normal, abnormal: normal.map(() => null) }],
    planted: [planted(1), planted(2)],
  },
  validation: [planted(3)],
};

/** The loss of a task on a batch that no training draws. */
async function lossOf(task: TrainingTask<NetworkBatch>, params: ParamTree): Promise<number> {
  const batch = await task.batch(createRng(77), 0);
  const updates = new Map();
  const { total, parts } = task.loss(params, batch, updates);
  const [value] = await total.data();
  for (const tensor of [total, ...Object.values(parts), ...updates.values()]) tensor.dispose();
  return value;
}

describe.each([
  { name: 'stadnetTask', task: () => stadnetTask([scene]) as unknown as TrainingTask<NetworkBatch> },
  { name: 'estaTask', task: () => estaTask([scene]) },
])('$name', ({ task }) => {
  it(
    'learns from planted clips, the same for the same seed, and validates on those left out',
    { timeout: 240_000 },
    () =>
      onBackend('wasm', async () => {
        const run = async (steps: number) => {
          const result = await train(task(), { seed: 3, steps, schedule: { peak: 2e-3 }, validateEvery: steps });
          const loss = await lossOf(task(), result.params);
          disposeTree(result.params);
          return { ...result, loss };
        };
        const untrained = task().create(createRng(3));
        const before = await lossOf(task(), untrained);
        disposeTree(untrained);
        const [little, again, more] = [await run(2), await run(2), await run(8)];
        expect(again.curve).toEqual(little.curve);
        expect(more.loss).toBeLessThan(0.9 * before);
        expect(more.validation).toBeGreaterThanOrEqual(0);
        expect(more.validation).toBeLessThanOrEqual(1);
      }),
  );
});

describe('a term of the loss left out', () => {
  it('is worth nothing, the others as much as before', () =>
    onBackend('wasm', async () => {
      const params = stadnetTask([scene]).create(createRng(3));
      const lossWith = (without?: string) =>
        lossOf(stadnetTask([scene], without) as unknown as TrainingTask<NetworkBatch>, params);
      const [whole, less] = [await lossWith(), await lossWith('frame')];
      expect(less).toBeLessThan(whole);
      disposeTree(params);
    }));

  it('must be one that there is', () => {
    expect(() => stadnetTask([scene], 'beauty')).toThrow('its terms are places, frame, segment, vae, margin');
  });
});
