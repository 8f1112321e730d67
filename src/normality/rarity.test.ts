import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { rawAt } from './calibration';
import { fitRarity, momentAt, periodsOf, ScoreScales } from './rarity';
import { ScoreSmoother } from './score-smoother';

const smoother = () => new ScoreSmoother(0.1);
const CAP = 8;

describe('the two scales', () => {
  const scaled = (scores: number[]) => {
    const scales = new ScoreScales(smoother(), CAP);
    return scores.map((score, i) => scales.step(i / 10, score));
  };

  it('the moment follows at once, what lasts only in time', () => {
    const steps = scaled([0, ...new Array<number>(100).fill(2)]);
    expect(steps[5].moment).toBeGreaterThan(1.9);
    expect(steps[5].lasting).toBeLessThan(0.5);
    expect(steps[100].lasting).toBeGreaterThan(1.8);
  });

  it('fades faster than it rose, so that one anomaly does not hide the next', () => {
    const steps = scaled([...new Array<number>(100).fill(4), ...new Array<number>(20).fill(0)]);
    expect(steps[99].lasting).toBeGreaterThan(3.5);
    expect(steps[119].lasting).toBeLessThan(0.5);
  });

  it('one strong moment does not last', () => {
    const strong = scaled([0, 0, 1000, 0]);
    expect(strong[2].moment).toBeGreaterThan(500);
    expect(strong[3].lasting).toBeLessThan(0.5);
  });

  it('a score that is no number is forgotten', () => {
    const steps = scaled([0, 1, 1, Number.NaN, Number.NEGATIVE_INFINITY, ...new Array<number>(100).fill(2)]);
    expect(steps.every(({ moment, lasting }) => Number.isFinite(moment) && Number.isFinite(lasting))).toBe(true);
    expect(steps[104].lasting).toBeGreaterThan(1.8);
  });

  it('neither has what the clip begins with lasted, nor does a reset remember', () => {
    const scales = new ScoreScales(smoother(), CAP);
    const first = scales.step(0, 3);
    expect(first).toEqual({ moment: 3, lasting: 0 });
    scales.step(5, 3);
    scales.reset();
    expect(scales.step(0, 3)).toEqual(first);
  });
});

describe('the rarity of a score', () => {
  /** Four minutes of noise about 0. */
  const normal = (unit: number) => {
    const rng = createRng(5);
    const timesS = Array.from({ length: 2400 }, (_, i) => i / 10);
    return [{ timesS, scores: timesS.map(() => unit * rng.normal()) }];
  };
  const rarity = fitRarity(normal(1), smoother);
  /** The longest return period of a score that is `raw` for so many seconds amidst nothing. */
  const longest = (raw: number, seconds: number, known = rarity) => {
    const scales = new ScoreScales(smoother(), known.lastingCap);
    const scores = Array.from({ length: 100 }, (_, i) => (i >= 20 && i < 20 + 10 * seconds ? raw : 0));
    return Math.max(...scores.map((score, i) => periodsOf(known, scales.step(i / 10, score)).periodS));
  };

  it('what is only a little unusual but lasts is rarer than the same for a moment', () => {
    const raw = momentAt(rarity, 120);
    expect(longest(raw, 0.1)).toBeLessThan(300);
    expect(longest(raw, 6)).toBeGreaterThan(3600);
  });

  it('caps what lasts at a moment that comes once in an hour, whatever the unit of the score', () => {
    expect(rarity.lastingCap).toBeCloseTo(rawAt(rarity.moment, 3600), 9);
    const tenfold = fitRarity(normal(10), smoother);
    expect(tenfold.lastingCap).toBeCloseTo(10 * rarity.lastingCap, 4);
    expect(longest(10 * momentAt(rarity, 120), 3, tenfold)).toBeCloseTo(longest(momentAt(rarity, 120), 3), 0);
  });

  it('gives each scale half of the budget', () => {
    const { periodS } = periodsOf(rarity, { moment: momentAt(rarity, 7200), lasting: 0 });
    expect(periodS).toBeCloseTo(7200, 0);
  });

  it('heeds what lasts only while the moment itself is among the rarer ones, and shares it out', () => {
    const lasting = rawAt(rarity.lasting, 20_000);
    expect(periodsOf(rarity, { moment: rarity.moment.threshold - 1e-6, lasting }).lastingS).toBe(0);
    const now = { moment: rarity.moment.threshold + 1e-6, lasting };
    expect(periodsOf(rarity, now)).toEqual({ periodS: expect.closeTo(10_000, 0), lastingS: expect.closeTo(10_000, 0) });
    expect(periodsOf(rarity, now, 0.5).periodS).toBeLessThan(5000);
  });

  it('lets last what lies above a threshold that is itself passed less than once an hour', () => {
    const timesS = Array.from({ length: 3600 }, (_, i) => 2 * i);
    const rng = createRng(3);
    const scores = timesS.map((timeS) => rng.normal() + (timeS > 3000 && timeS < 4000 ? 4 : 0));
    const busy = fitRarity([{ timesS, scores }], smoother);
    expect(busy.lastingCap).toBeGreaterThan(busy.moment.threshold + 0.5);
  });

  it('wants a score', () => {
    expect(() => fitRarity([], smoother)).toThrow(RangeError);
  });
});
