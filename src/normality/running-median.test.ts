import { describe, expect, it } from 'vitest';
import { RunningMedian } from './running-median';

describe('running median', () => {
  it('does not count a single frame, up or down, and follows what lasts', () => {
    const median = new RunningMedian(0.22);
    const seen = [0, 0, 9, 0, 0, 9, 9, 9, 0, 9, 9].map((score, index) => median.step(index / 10, score));
    expect(seen).toEqual([0, 0, 0, 0, 0, 0, 9, 9, 9, 9, 9]);
  });

  it('is a matter of time, not of frames', () => {
    const dense = new RunningMedian(0.22);
    const seen = [0, 0, 0, 0, 9, 9, 0, 0].map((score, index) => dense.step(index / 30, score));
    expect(Math.max(...seen)).toBe(0);
  });

  it('holds three frames where they come more rarely, and the newest alone where they are far apart', () => {
    const uneven = new RunningMedian(0.22);
    const times = [0, 0.15, 0.3, 0.5, 0.65, 0.8];
    expect([0, 0, 9, 0, 9, 9].map((score, index) => uneven.step(times[index], score))).toEqual([0, 0, 0, 0, 9, 9]);
    const sparse = new RunningMedian(0.22);
    expect([3, 8, 1].map((score, index) => sparse.step(index, score))).toEqual([3, 8, 1]);
  });

  it('begins anew after a reset, whatever the time', () => {
    const median = new RunningMedian(5);
    median.step(9, 100);
    median.reset();
    expect(median.step(0, -2)).toBe(-2);
  });
});
