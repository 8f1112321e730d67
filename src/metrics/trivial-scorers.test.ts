import { expect, test } from 'vitest';
import { frameDifferenceEnergy, sineScores } from './trivial-scorers';

test('sine peaks in the middle and is symmetric', () => {
  const scores = sineScores(5);
  expect(scores[2]).toBe(1);
  expect(scores[0]).toBeCloseTo(scores[4]);
});

test('difference energy reads the green channel', () => {
  expect(frameDifferenceEnergy([9, 4, 9, 9, 9, 0, 9, 9], [0, 2, 0, 0, 0, 0, 0, 0])).toBe(2);
  expect(frameDifferenceEnergy([1, 1, 1, 1], null)).toBe(0);
});
