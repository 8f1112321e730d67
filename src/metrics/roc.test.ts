import { describe, expect, test } from 'vitest';
import { createRng } from '../lib/rng';
import { equalErrorRate, rocAuc, rocCurve } from './roc';

describe('roc', () => {
  const scores = [0.9, 0.8, 0.8, 0.3, 0.1];
  const labels = [1, 1, 0, 1, 0];

  test('curve has one point per distinct score, worked by hand', () => {
    const curve = rocCurve(scores, labels);
    expect([...curve.thresholds]).toEqual([Number.POSITIVE_INFINITY, 0.9, 0.8, 0.3, 0.1]);
    expect([...curve.falsePositiveRate]).toEqual([0, 0, 0.5, 0.5, 1]);
    expect([...curve.truePositiveRate].map((rate) => rate * 3)).toEqual([0, 1, 2, 3, 3]);
  });

  test('area counts pairs, ties as half', () => {
    expect(rocAuc(scores, labels)).toBeCloseTo((2 + 1.5 + 1) / 6);
    expect(rocAuc([1, 1, 1, 1], [0, 1, 0, 1])).toBe(0.5);
    expect(rocAuc([1, 2, 3], [1, 1, 0])).toBe(0);
  });

  test('area equals the brute-force count on random scores with many ties', () => {
    const rng = createRng(4);
    const many = Array.from({ length: 200 }, () => rng.int(12));
    const truth = many.map(() => rng.int(2));
    let wins = 0;
    let pairs = 0;
    for (let a = 0; a < many.length; a++)
      for (let b = 0; b < many.length; b++)
        if (truth[a] && !truth[b]) {
          pairs++;
          wins += many[a] > many[b] ? 1 : many[a] === many[b] ? 0.5 : 0;
        }
    expect(rocAuc(many, truth)).toBeCloseTo(wins / pairs, 12);
  });

  test('equal error rate is 0 when separated, 0.5 for a constant, 1 when upside down', () => {
    expect(equalErrorRate(rocCurve([1, 2, 3, 4], [0, 0, 1, 1]))).toBe(0);
    expect(equalErrorRate(rocCurve([1, 1, 1, 1], [0, 0, 1, 1]))).toBe(0.5);
    expect(equalErrorRate(rocCurve([4, 3, 2, 1], [0, 0, 1, 1]))).toBe(1);
  });

  test('one class gives NaN; bad input is named', () => {
    expect(rocAuc([1, 2], [1, 1])).toBeNaN();
    expect(equalErrorRate(rocCurve([1, 2], [0, 0]))).toBeNaN();
    expect(() => rocAuc([1, 2, 3], [1])).toThrow('3 scores but 1 labels');
    expect(() => rocAuc([1, Number.NaN], [1, 0])).toThrow('score 1 of 2 is NaN');
  });
});
