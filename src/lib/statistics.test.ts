import { describe, expect, it } from 'vitest';
import { quantile, sortedQuantile } from './statistics';

describe('quantile', () => {
  it('interpolates between the two nearest values', () => {
    const sorted = [1, 2, 4, 8];
    expect([0, 0.25, 0.5, 1].map((q) => sortedQuantile(sorted, q))).toEqual([1, 1.75, 3, 8]);
  });

  it('is held within the values where q is beyond 0…1', () => {
    expect(sortedQuantile([3, 5], -1)).toBe(3);
    expect(sortedQuantile([3, 5], 2)).toBe(5);
  });

  it('takes values in any order, sorts them as numbers and leaves the list alone', () => {
    const values = [10, 9, 100];
    expect(quantile(values, 0.5)).toBe(10);
    expect(values).toEqual([10, 9, 100]);
  });

  it('of one value is that value, of none NaN', () => {
    expect(quantile([7], 0.99)).toBe(7);
    expect(quantile([], 0.5)).toBeNaN();
  });
});
