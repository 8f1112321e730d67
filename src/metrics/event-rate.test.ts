import { expect, test } from 'vitest';
import { eventRate } from './event-rate';

test('gives the published limits of a Poisson mean', () => {
  expect(eventRate(0, 1).interval.low).toBe(0);
  expect(eventRate(0, 1).interval.high).toBeCloseTo(3.689, 3);
  expect(eventRate(1, 1).interval.low).toBeCloseTo(0.0253, 4);
  expect(eventRate(1, 1).interval.high).toBeCloseTo(5.572, 3);
  expect(eventRate(10, 1).interval.low).toBeCloseTo(4.795, 3);
  expect(eventRate(10, 1).interval.high).toBeCloseTo(18.39, 2);
});

test('is per hour', () => {
  expect(eventRate(3, 0.5).perHour).toBe(6);
  expect(eventRate(0, 0.5).interval.high).toBeCloseTo(2 * 3.689, 2);
});
