import { beforeAll, describe, expect, it } from 'vitest';
import { createObjectFinder } from './object-finder';
import { type Checkpoint, flatness, runSoak, type SoakResult } from './soak';

/** Ten checkpoints from the memory of each in megabytes. */
const checkpoints = (megabytes: (i: number) => number, tensors: (i: number) => number = () => 5): Checkpoint[] =>
  Array.from({ length: 10 }, (_, i) => {
    return { frames: i, tensors: tensors(i), heapBytes: megabytes(i) * 0.5e6, externalBytes: megabytes(i) * 0.5e6 };
  });

describe('flatness', () => {
  it('accepts noise and a little growth', () => {
    expect(flatness(checkpoints((i) => 100 + (i % 2)))).toMatchObject({ tensorsFlat: true, memoryFlat: true });
    expect(flatness(checkpoints((i) => 100 + i * 0.5)).memoryFlat).toBe(true);
  });

  it('measures the growth from first to last', () => {
    const { memoryGrowth, memoryFlat } = flatness(checkpoints((i) => 100 + i));
    expect(memoryGrowth).toBeCloseTo(9 / 104.5);
    expect(memoryFlat).toBe(false);
  });

  it('sees a single tensor too many', () => {
    expect(
      flatness(
        checkpoints(
          () => 100,
          (i) => (i === 9 ? 6 : 5),
        ),
      ).tensorsFlat,
    ).toBe(false);
  });
});

describe('300 frames through the engine', () => {
  const FRAMES = 300;
  let result: SoakResult;
  beforeAll(async () => {
    const finder = await createObjectFinder({ inputArea: 128 * 96 });
    result = await runSoak(finder, { frames: FRAMES, learnS: 6, keyIntervalS: 0.5 });
  }, 180_000);

  it('find objects and leave no tensor behind', () => {
    expect(result.checkpoints.map(({ frames }) => frames)).toEqual(Array.from({ length: 10 }, (_, i) => 30 * (i + 1)));
    expect(result.objects).toBeGreaterThan(0);
    expect(result.checkpoints[0].tensors).toBeGreaterThan(100);
    expect(result.tensorsFlat).toBe(true);
  });

  it('leave no frame behind', () => {
    const used = result.checkpoints.map(({ heapBytes, externalBytes }) => heapBytes + externalBytes);
    expect(used[9] - used[1]).toBeLessThan(0.2 * FRAMES * 160 * 96 * 4);
  });
});
