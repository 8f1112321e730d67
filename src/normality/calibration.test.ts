import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { type Calibration, fitCalibration, rarityScore, rawAt, returnPeriod, type ScoredStretch } from './calibration';

/** Scores one after another, so many seconds apart. */
const stretch = (scores: number[], intervalS: number): ScoredStretch => ({
  timesS: scores.map((_, i) => i * intervalS),
  scores,
});

/** The quantiles of a distribution in place of a sample, in a random order. */
const spreadEvenly = (count: number, inverse: (survival: number) => number) =>
  createRng(2).shuffled(Array.from({ length: count }, (_, i) => inverse((i + 0.5) / count)));

/** Exponential scores of mean 2, three seconds apart: every exceedance is an event of its own. */
const exponential = () =>
  fitCalibration([
    stretch(
      spreadEvenly(4000, (survival) => -2 * Math.log(survival)),
      3,
    ),
  ]);

describe('fitCalibration', () => {
  it('recovers an exponential tail', () => {
    const { threshold, scale, shape, clusterRate, durationS } = exponential();
    expect(durationS).toBeCloseTo(12_000, 6);
    expect(threshold).toBeCloseTo(2 * Math.log(10), 2);
    expect(clusterRate).toBeCloseTo(400 / 12_000, 6);
    expect(shape).toBeLessThan(0.03);
    expect(scale / 2).toBeCloseTo(1, 1);
  });

  it('recovers a heavy tail', () => {
    const xi = 0.3;
    const heavy = spreadEvenly(4000, (survival) => (survival ** -xi - 1) / xi);
    const { scale, shape } = fitCalibration([stretch(heavy, 3)]);
    expect(Math.abs(shape - xi)).toBeLessThan(0.06);
    // Above its 90 % quantile a Pareto tail has the scale 1 + ξ·threshold = 10^ξ.
    expect(Math.abs(scale / 10 ** xi - 1)).toBeLessThan(0.1);
  });

  it('counts exceedances nearer than two seconds as one event', () => {
    // A tenth of 1000 frames are high, in two bursts of 50 that begin 500 frames apart.
    const scores = Array.from({ length: 1000 }, (_, i) => i / 1e6);
    for (let i = 0; i < 1000; i++) if (i % 500 < 50) scores[i] = 5 + (i % 50) / 100;
    const apart = fitCalibration([stretch(scores, 0.1)]);
    expect(apart.durationS).toBeCloseTo(100, 6);
    expect(apart.clusterRate).toBeCloseTo(2 / 100, 6);
    const together = fitCalibration([stretch(scores, 0.004)]);
    expect(together.clusterRate).toBeCloseTo(1 / 4, 6);
  });

  it('takes each stretch for itself: times begin anew', () => {
    const scores = Array.from({ length: 100 }, (_, i) => (i % 50 === 49 ? 9 : i / 1e4));
    const one = stretch(scores.slice(0, 50), 0.1);
    const { durationS, clusterRate } = fitCalibration([one, one]);
    expect(durationS).toBeCloseTo(10, 6);
    expect(clusterRate).toBeCloseTo(2 / 10, 6);
  });

  it('refuses to calibrate on nothing', () => {
    expect(() => fitCalibration([])).toThrow(RangeError);
    expect(() => fitCalibration([{ timesS: [], scores: [] }])).toThrow('at least one score');
  });

  it.each([
    ['one frame', [1.5]],
    ['two frames', [1, 2]],
    ['forty equal frames', new Array<number>(40).fill(3)],
    ['nothing but zeros', new Array<number>(40).fill(0)],
  ])('of %s still tells more from less, in finite numbers', (_, scores) => {
    const calibration = fitCalibration([stretch(scores, 0.1)]);
    expect(calibration.scale).toBeGreaterThan(0);
    expect(calibration.clusterRate).toBeGreaterThan(0);
    const highest = Math.max(...scores);
    const periods = [highest, highest + 1, highest + 1000].map((raw) => returnPeriod(calibration, raw));
    expect(periods.every(Number.isFinite)).toBe(true);
    expect(periods[1]).toBeGreaterThan(periods[0]);
    expect(periods[2]).toBeGreaterThanOrEqual(periods[1]);
  });

  it('draws the shape of few peaks towards a tenth', () => {
    // Ten excesses over 0, three seconds apart: nine of 1, one of 11. Mean 2, second moment 0.5: of themselves ξ = 0.
    const scores = Array.from({ length: 101 }, (_, i) => (i % 10 === 5 ? (i === 45 ? 11 : 1) : 0));
    const { threshold, shape, scale } = fitCalibration([stretch(scores, 3)]);
    expect(threshold).toBe(0);
    expect(shape).toBeCloseTo((10 * 0 + 20 * 0.1) / 30, 9);
    expect(scale).toBeCloseTo(2 * (1 - shape), 9);
    expect(fitCalibration([stretch([1, 2], 1)]).shape).toBeCloseTo(0.1, 12);
  });
});

describe('returnPeriod', () => {
  const hand: Calibration = {
    durationS: 1000,
    quantiles: Float32Array.of(0, 1, 2, 3, 4),
    tailShare: 0.25,
    threshold: 3,
    clusterRate: 0.1,
    scale: 2,
    shape: 0.5,
  };

  it('above the threshold follows the tail', () => {
    // Excess of two scales: survival (1 + 0.5 · 2)^−2 = 1/4.
    expect(returnPeriod(hand, 7)).toBeCloseTo(40, 9);
    expect(returnPeriod({ ...hand, shape: 0 }, 7)).toBeCloseTo(10 * Math.E ** 2, 6);
  });

  it('below it is the share of frames', () => {
    expect(returnPeriod(hand, -1)).toBeCloseTo(2.5, 9);
    expect(returnPeriod(hand, 0)).toBeCloseTo(2.5, 9);
    expect(returnPeriod(hand, 1.5)).toBeCloseTo(0.25 / (0.625 * 0.1), 6);
  });

  it('has no step at the threshold', () => {
    for (const calibration of [hand, exponential()]) {
      const { threshold, clusterRate } = calibration;
      expect(returnPeriod(calibration, threshold) * clusterRate).toBeCloseTo(1, 3);
      expect(returnPeriod(calibration, threshold + 1e-9) * clusterRate).toBeCloseTo(1, 6);
    }
  });

  it('never falls as the score grows, and rises throughout the tail', () => {
    const calibration = exponential();
    let before = 0;
    for (let raw = -1; raw < 30; raw += 0.05) {
      const period = returnPeriod(calibration, raw);
      expect(period).toBeGreaterThanOrEqual(before);
      if (raw > calibration.threshold) expect(period).toBeGreaterThan(before);
      before = period;
    }
  });

  it('of an exponential tail is right for the one event in a hundred', () => {
    // A hundredth of all events exceeds threshold + 2·ln 100.
    const calibration = exponential();
    const period = returnPeriod(calibration, calibration.threshold + 2 * Math.log(100));
    expect(period * calibration.clusterRate).toBeGreaterThan(70);
    expect(period * calibration.clusterRate).toBeLessThan(130);
  });

  it('ends at 10⁹ seconds', () => {
    expect(returnPeriod(hand, 1e12)).toBe(1e9);
    expect(returnPeriod({ ...hand, shape: 0 }, 1e12)).toBe(1e9);
  });
});

describe('rawAt', () => {
  it.each([0, 0.2, 0.5])('is the inverse of the return period above the threshold, shape %d', (shape) => {
    const calibration = { ...exponential(), shape };
    for (const periodS of [60, 600, 3600, 86_400, 1e7])
      expect(returnPeriod(calibration, rawAt(calibration, periodS)) / periodS).toBeCloseTo(1, 6);
    for (const raw of [5, 8, 15]) expect(rawAt(calibration, returnPeriod(calibration, raw))).toBeCloseTo(raw, 6);
  });

  it('is the threshold for what happens more often than events do', () => {
    const calibration = exponential();
    expect(rawAt(calibration, 1)).toBe(calibration.threshold);
  });
});

describe('rarityScore', () => {
  it('runs from a second to a day on a logarithmic scale', () => {
    expect([0, 0.5, 1].map(rarityScore)).toEqual([0, 0, 0]);
    expect(rarityScore(Math.sqrt(86_400))).toBeCloseTo(0.5, 12);
    expect(rarityScore(86_400)).toBe(1);
    expect(rarityScore(1e9)).toBe(1);
  });
});
