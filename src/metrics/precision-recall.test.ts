import { expect, test } from 'vitest';
import { averagePrecision, precisionRecallCurve } from './precision-recall';

test('average precision, worked by hand', () => {
  expect(averagePrecision([0.9, 0.8, 0.7, 0.6], [1, 0, 1, 0])).toBeCloseTo(0.5 * 1 + 0.5 * (2 / 3));
  expect(averagePrecision([1, 1, 1, 1], [1, 0, 0, 0])).toBeCloseTo(0.25);
});

test('ties are one point of the curve', () => {
  const curve = precisionRecallCurve([2, 2, 1], [1, 0, 1]);
  expect([...curve.thresholds]).toEqual([2, 1]);
  expect([...curve.precision]).toEqual([0.5, 2 / 3]);
  expect([...curve.recall]).toEqual([0.5, 1]);
});
