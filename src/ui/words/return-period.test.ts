import { describe, expect, it } from 'vitest';
import { budgetInWords, periodInWords, rarityInWords, rarityOfPeriod, rarityPlace } from './return-period';

describe('rarityOfPeriod', () => {
  it('is 0 at a second, 1 at a day, and clamped beyond', () => {
    expect(rarityOfPeriod(0)).toBe(0);
    expect(rarityOfPeriod(1)).toBe(0);
    expect(rarityOfPeriod(86_400)).toBeCloseTo(1, 12);
    expect(rarityOfPeriod(1e9)).toBe(1);
  });

  it('grows by equal steps for equal factors', () => {
    const step = rarityOfPeriod(60) - rarityOfPeriod(6);
    expect(rarityOfPeriod(600) - rarityOfPeriod(60)).toBeCloseTo(step, 12);
  });
});

describe('periodInWords', () => {
  it.each([
    [0.2, '1 second'],
    [12.4, '12 seconds'],
    [59.6, '1 minute'],
    [2400, '40 minutes'],
    [3599, '1 hour'],
    [3 * 3600, '3 hours'],
    [86_000, '1 day'],
    [9 * 86_400, '9 days'],
  ])('%s s is %s', (periodS, words) => expect(periodInWords(periodS)).toBe(words));
});

describe('rarityInWords', () => {
  it.each([
    [2, false, 'ordinary here'],
    [2400, false, 'about once in 40 minutes here'],
    [2400, true, 'perhaps once in 40 minutes here'],
    [90_000, false, 'rarer than once a day here'],
    [90_000, true, 'never seen here'],
  ])('%s s, extrapolated %s: %s', (periodS, extrapolated, words) =>
    expect(rarityInWords(periodS, extrapolated)).toBe(words),
  );
});

describe('rarityInWords without a scene', () => {
  it.each([
    [2, false, 'ordinary elsewhere'],
    [2400, true, 'perhaps once in 40 minutes elsewhere'],
  ])('%s s, extrapolated %s: %s', (periodS, extrapolated, words) =>
    expect(rarityInWords(periodS, extrapolated, rarityPlace({ scene: null }))).toBe(words),
  );
});

describe('budgetInWords', () => {
  it.each([
    [1, 'one false alarm an hour'],
    [4, '4 false alarms an hour'],
    [1 / 6, 'one false alarm in 6 hours'],
    [1 / 24, 'one false alarm in 1 day'],
  ])('%s per hour: %s', (alertsPerHour, words) => expect(budgetInWords(alertsPerHour)).toBe(words));
});
