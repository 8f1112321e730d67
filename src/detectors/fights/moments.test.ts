import { describe, expect, it } from 'vitest';
import { clipMoments, type FrameFeatures, momentSize } from './moments';

const frame = (timeS: number, change: number, act: number): FrameFeatures => ({
  timeS,
  changes: Float32Array.of(change),
  acts: Float32Array.of(act),
});
const options = { lengthS: 1, everyS: 0.5 };

describe('moments of a clip', () => {
  it('mean of changes; deviation, mean step, mean and highest of acts, worked by hand', () => {
    const [moment] = clipMoments([frame(0, 1, 2), frame(0.5, 3, 6), frame(1, 2, 4)], options);
    expect(moment).toHaveLength(momentSize(frame(0, 0, 0)));
    const expected = [2, Math.sqrt(8 / 3), 3, 4, 6];
    expected.forEach((value, index) => {
      expect(moment[index]).toBeCloseTo(value);
    });
  });

  it('a moment every half second, each of the last second', () => {
    const frames = Array.from({ length: 9 }, (_, index) => frame(index / 4, index, 0));
    const means = clipMoments(frames, options).map((moment) => moment[0]);
    // Until 1 s, 1.5 s and 2 s; frames at 0 … 1 s (the first is within rounding of the edge), then a second each.
    expect(means).toEqual([2, 4, 6]);
  });

  it('a clip shorter than a moment is one, a single frame none', () => {
    expect(clipMoments([frame(0, 1, 1), frame(0.2, 1, 1)], options)).toHaveLength(1);
    expect(clipMoments([frame(0, 1, 1)], options)).toEqual([]);
  });
});
