import { describe, expect, it } from 'vitest';
import { contribution, fitCueScale, standardised } from './cue-scale';

const prior = { upper: 60, examples: 10 };
/** Median 50, 99th percentile 99. */
const hundred = Array.from({ length: 101 }, (_, i) => i);

describe('fitCueScale', () => {
  it('weighs what was seen against the prior by their examples', () => {
    expect(fitCueScale(hundred, 0, prior)).toEqual({ median: 50, upper: 60 });
    // (10 · 99 + 10 · 60) / 20
    expect(fitCueScale(hundred, 10, prior)).toEqual({ median: 50, upper: 79.5 });
    expect(fitCueScale(hundred, 1e9, prior).upper).toBeCloseTo(99, 4);
  });

  it('keeps a distance from the median, however still the scene', () => {
    expect(fitCueScale([2, 2, 2], 1e9, prior)).toEqual({ median: 2, upper: 11 });
  });

  it('is the prior alone without any frame', () => {
    expect(fitCueScale([], 0, prior)).toEqual({ median: 0, upper: 60 });
  });
});

describe('standardised', () => {
  it('is 0 at the median, 1 at the upper end, and linear beyond', () => {
    const scale = { median: 2, upper: 6 };
    expect([0, 2, 4, 6, 10].map((value) => standardised(scale, value))).toEqual([-0.5, 0, 0.5, 1, 2]);
  });
});

describe('contribution', () => {
  it('counts excess whole, and a tenth of everything besides', () => {
    expect(contribution(0)).toBe(0);
    expect(contribution(1)).toBeCloseTo(1.1, 12);
    expect(contribution(-2)).toBeCloseTo(-0.2, 12);
  });

  it('grows logarithmically beyond 4, without a step', () => {
    expect(contribution(4)).toBeCloseTo(4.4, 12);
    expect(contribution(4 + 1e-9)).toBeCloseTo(4.4, 6);
    expect(contribution(4 * Math.E)).toBeCloseTo(8.4, 12);
  });

  it('always ranks more above less', () => {
    const values = [-3, -0.1, 0, 0.1, 1, 3.9, 4, 4.1, 30, 1000].map(contribution);
    for (let i = 1; i < values.length; i++) expect(values[i]).toBeGreaterThan(values[i - 1]);
  });
});
