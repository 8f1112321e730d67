import { expect, test } from 'vitest';
import type { Moment } from '../src/alerts/moment';
import { budgetOutcomes } from './budget-benchmark';

/** A quarter of an hour at ten frames a second in which these seconds are as rare as given, for two seconds each. */
const clip = (rare: Record<number, number>): Moment[] =>
  Array.from({ length: 9001 }, (_, index) => {
    const timeS = index / 10;
    const start = Object.keys(rare).find((from) => timeS >= Number(from) && timeS < Number(from) + 2);
    const returnPeriodS = start === undefined ? 1 : rare[Number(start)];
    return { timeS, raw: returnPeriodS, returnPeriodS, score: 0, extrapolated: false, reasons: [], objects: [] };
  });

test('each budget raises what is rarer than it promises, per hour of all clips', () => {
  const { hours, outcomes } = budgetOutcomes([clip({ 100: 700, 300: 4000 }), clip({ 500: 700 })], [1, 6]);
  expect(hours).toBeCloseTo(0.5, 9);
  expect(outcomes).toMatchObject([
    { promisedPerHour: 1, alerts: 1, realisedPerHour: 2 },
    { promisedPerHour: 6, alerts: 3, realisedPerHour: 6 },
  ]);
  expect(outcomes[1].interval.low).toBeLessThan(6);
  expect(outcomes[1].interval.high).toBeGreaterThan(6);
});
