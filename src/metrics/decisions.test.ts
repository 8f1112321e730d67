import { describe, expect, test } from 'vitest';
import { balancedThreshold, decisionRates } from './decisions';

describe('decision rates', () => {
  test('worked by hand', () => {
    expect(decisionRates([1, 1, 0, 0, 1], [1, 0, 0, 1, 1])).toEqual({
      accuracy: 3 / 5,
      precision: 2 / 3,
      recall: 2 / 3,
    });
  });

  test('NaN where nothing is there to count', () => {
    const rates = decisionRates([false, false], [false, false]);
    expect(rates.accuracy).toBe(1);
    expect(rates.precision).toBeNaN();
    expect(rates.recall).toBeNaN();
  });

  test('refuses different lengths', () => {
    expect(() => decisionRates([1], [1, 0])).toThrow('1 decisions but 2 labels');
  });
});

describe('balanced threshold', () => {
  test('halfway between the scores it separates', () => {
    expect(balancedThreshold([0.1, 0.2, 0.6, 0.9], [0, 0, 1, 1])).toBeCloseTo(0.4);
  });

  test('classes of different size count the same', () => {
    // At 0.65 it is 1/1 of the positives and 1/6 of the negatives; at 0.75 none of either.
    expect(balancedThreshold([0.7, 0.8, 0.1, 0.2, 0.3, 0.4, 0.6], [1, 0, 0, 0, 0, 0, 0])).toBeCloseTo(0.65);
  });

  test('with equal scores the only level is the threshold', () => {
    expect(balancedThreshold([2, 2], [0, 1])).toBe(2);
  });

  test('refuses a missing class', () => {
    expect(() => balancedThreshold([1, 2], [1, 1])).toThrow('both classes');
  });
});
