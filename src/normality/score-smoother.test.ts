import { describe, expect, it } from 'vitest';
import { ScoreSmoother } from './score-smoother';

describe('score smoother', () => {
  it('counts the first score whole, each later one by the time that has passed', () => {
    const smoother = new ScoreSmoother(0.1);
    expect(smoother.step(5, 8)).toBe(8);
    expect(smoother.step(5.1, 0)).toBeCloseTo(8 / Math.E, 9);
    expect(smoother.step(5.4, 4)).toBeCloseTo(4 + (8 / Math.E - 4) * Math.exp(-3), 9);
  });

  it('falls with a time constant of its own', () => {
    const smoother = new ScoreSmoother(0.1, 0.5);
    smoother.step(0, 0);
    const risen = smoother.step(0.1, 10);
    expect(risen).toBeCloseTo(10 * (1 - 1 / Math.E), 9);
    expect(smoother.step(0.6, 0)).toBeCloseTo(risen / Math.E, 9);
  });

  it('begins anew after a reset, whatever the time', () => {
    const smoother = new ScoreSmoother(3);
    smoother.step(9, 100);
    smoother.reset();
    expect(smoother.step(0, -2)).toBe(-2);
  });
});
