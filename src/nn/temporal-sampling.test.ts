import { describe, expect, it } from 'vitest';
import { ESTA_RANGES, outdatedCount, reachS, sampleRange } from './temporal-sampling';

const indices = (timestamps: number[], range: { slots: number; rate: number }, interval: number) =>
  sampleRange(timestamps, range, interval).map(({ index }) => index);

const evenly = (count: number, spacing: number, start = 0) =>
  Array.from({ length: count }, (_, index) => start + index * spacing);

describe('sampleRange', () => {
  it('takes every rate-th frame where frames come at the base interval', () => {
    const timestamps = evenly(40, 0.1, 1e5);
    expect(indices(timestamps, ESTA_RANGES.short, 0.1)).toEqual([39, 38, 37, 36, 35, 34, 33, 32]);
    expect(indices(timestamps, ESTA_RANGES.mid, 0.1)).toEqual([39, 37, 35, 33, 31, 29, 27, 25]);
    expect(indices(timestamps, ESTA_RANGES.long, 0.1)).toEqual([39, 35, 31, 27, 23, 19, 15, 11]);
  });

  it('covers the same time at twice the frame rate', () => {
    expect(indices(evenly(80, 0.05), ESTA_RANGES.short, 0.1)).toEqual([79, 77, 75, 73, 71, 69, 67, 65]);
  });

  it('takes the nearest frame and says how old it really is', () => {
    expect(sampleRange([0, 0.26, 0.42, 0.5], { slots: 3, rate: 2 }, 0.1)).toEqual([
      { index: 3, ageS: 0 },
      { index: 1, ageS: 0.24 },
      { index: -1, ageS: 0.4 },
    ]);
  });

  it('misses what lies before the clip, in a gap, or between sparse frames', () => {
    expect(indices([0], ESTA_RANGES.short, 0.1)).toEqual([0, -1, -1, -1, -1, -1, -1, -1]);
    expect(indices([0, 0.1, 0.6, 0.7], ESTA_RANGES.short, 0.1)).toEqual([3, 2, -1, -1, -1, -1, 1, 0]);
    expect(indices(evenly(4, 1), ESTA_RANGES.short, 0.25)).toEqual([3, -1, -1, -1, 2, -1, -1, -1]);
  });

  it('never takes a frame twice', () => {
    const timestamps = [0, 0.05, 0.21, 0.22, 0.4, 0.45, 0.7, 0.71, 0.9];
    const taken = indices(timestamps, ESTA_RANGES.mid, 0.06).filter((index) => index >= 0);
    expect(new Set(taken).size).toBe(taken.length);
    expect(taken.length).toBeGreaterThan(3);
  });

  it('does not depend on frames out of reach', () => {
    const timestamps = evenly(200, 0.04);
    const kept = timestamps.slice(outdatedCount(timestamps, reachS(Object.values(ESTA_RANGES), 0.1)));
    expect(kept.length).toBeLessThan(80);
    for (const range of Object.values(ESTA_RANGES)) {
      const all = sampleRange(timestamps, range, 0.1).map(({ index }) => timestamps[index]);
      expect(sampleRange(kept, range, 0.1).map(({ index }) => kept[index])).toEqual(all);
    }
  });

  it('refuses an empty list and an interval that is not positive', () => {
    expect(() => sampleRange([], ESTA_RANGES.short, 0.1)).toThrow(/no frame/);
    expect(() => sampleRange([0], ESTA_RANGES.short, 0)).toThrow(/got 1 and 0 s/);
    expect(() => sampleRange([0], ESTA_RANGES.short, Number.NaN)).toThrow(RangeError);
  });
});

describe('reachS and outdatedCount', () => {
  it('reach to the far edge of the last slot of the longest range', () => {
    expect(reachS(Object.values(ESTA_RANGES), 0.1)).toBeCloseTo(3);
    expect(outdatedCount([0, 1, 2, 3, 4], 2.5)).toBe(2);
    expect(outdatedCount([4], 2.5)).toBe(0);
  });
});
