import { describe, expect, test } from 'vitest';
import { stratifiedFolds } from './folds';
import { createRng } from './rng';

const labels = Array.from({ length: 47 }, (_, index) => (index % 3 === 0 ? 1 : 0));
const sizes = (folds: readonly number[], label: number) =>
  [0, 1, 2, 3, 4].map((fold) => folds.filter((own, index) => own === fold && labels[index] === label).length);

describe('stratified folds', () => {
  test('each item is in one fold, classes and folds differ by one item at most', () => {
    const folds = stratifiedFolds(labels, 5, createRng(1));
    expect(folds).toHaveLength(labels.length);
    expect(new Set(folds)).toEqual(new Set([0, 1, 2, 3, 4]));
    for (const counts of [sizes(folds, 0), sizes(folds, 1)]) expect(Math.max(...counts) - Math.min(...counts)).toBe(1);
    const all = sizes(folds, 0).map((count, fold) => count + sizes(folds, 1)[fold]);
    expect(Math.max(...all) - Math.min(...all)).toBe(1);
  });

  test('the seed decides', () => {
    const folds = (seed: number) => stratifiedFolds(labels, 5, createRng(seed));
    expect(folds(3)).toEqual(folds(3));
    expect(folds(3)).not.toEqual(folds(4));
  });

  test('a class with fewer items than folds is refused', () => {
    expect(() => stratifiedFolds([0, 0, 0, 1, 1], 3, createRng(1))).toThrow('class 1 has 2 items');
    expect(() => stratifiedFolds(labels, 1, createRng(1))).toThrow('at least 2 folds');
  });
});
