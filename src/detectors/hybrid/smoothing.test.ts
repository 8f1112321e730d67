import { expect, it } from 'vitest';
import { ScoreSmoother, smoothed } from './smoothing';

it('the first score counts whole, each later one by the time that has passed', () => {
  const [first, second, third] = smoothed([5, 5.1, 5.4], [8, 0, 4], 0.1);
  expect(first).toBe(8);
  expect(second).toBeCloseTo(8 / Math.E, 9);
  expect(third).toBeCloseTo(4 + (8 / Math.E - 4) * Math.exp(-3), 9);
});

it('frame by frame is the same as all at once, and a reset begins anew', () => {
  const times = [0, 0.07, 0.2, 0.9];
  const scores = [1, 5, -2, 3];
  const smoother = new ScoreSmoother(3);
  smoother.step(0, 100);
  smoother.reset();
  expect(times.map((timeS, i) => smoother.step(timeS, scores[i]))).toEqual(smoothed(times, scores, 3));
});
