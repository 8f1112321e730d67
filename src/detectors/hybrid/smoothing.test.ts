import { describe, expect, it } from 'vitest';
import { ScoreScales } from './smoothing';

describe('the two scales', () => {
  const lastingOf = (scores: number[]) => {
    const scales = new ScoreScales();
    return scores.map((score, i) => scales.step(i / 10, score));
  };

  it('the moment follows at once, what lasts only in time', () => {
    const steps = lastingOf([0, ...new Array<number>(100).fill(2)]);
    expect(steps[5].moment).toBeGreaterThan(1.9);
    expect(steps[5].lasting).toBeLessThan(0.5);
    expect(steps[100].lasting).toBeGreaterThan(1.8);
  });

  it('fades faster than it rose, so that one anomaly does not hide the next', () => {
    const steps = lastingOf([...new Array<number>(100).fill(4), ...new Array<number>(20).fill(0)]);
    expect(steps[99].lasting).toBeGreaterThan(3.5);
    expect(steps[119].lasting).toBeLessThan(0.5);
  });

  it('one strong moment does not last', () => {
    const strong = lastingOf([0, 0, 1000, 0]);
    expect(strong[2].moment).toBeGreaterThan(500);
    expect(strong[3].lasting).toBeLessThan(0.5);
  });

  it('neither has what the clip begins with lasted, nor does a reset remember', () => {
    const scales = new ScoreScales();
    const first = scales.step(0, 3);
    expect(first).toEqual({ moment: 3, lasting: 0 });
    scales.step(5, 3);
    scales.reset();
    expect(scales.step(0, 3)).toEqual(first);
  });
});
