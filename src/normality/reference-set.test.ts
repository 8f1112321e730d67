import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { neighbourDistance, sampledReferences } from './reference-set';

const all = (rows: number[][], dimensions: number) => sampledReferences(rows, dimensions, 1000, createRng(1));

describe('sampledReferences', () => {
  const rows = Array.from({ length: 50 }, (_, i) => [i, -i]);

  it('draws so many different rows, whole', () => {
    const { values, dimensions } = sampledReferences(rows, 2, 20, createRng(7));
    expect(dimensions).toBe(2);
    expect(values).toHaveLength(40);
    const firsts = Array.from({ length: 20 }, (_, i) => values[2 * i]);
    expect(new Set(firsts).size).toBe(20);
    firsts.forEach((first, i) => {
      expect(values[2 * i + 1] + first).toBe(0);
    });
  });

  it('draws the same for the same seed, others for another', () => {
    const draw = (seed: number) => sampledReferences(rows, 2, 20, createRng(seed)).values;
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  it('draws from everywhere, not only from the start', () => {
    const { values } = sampledReferences(rows, 2, 20, createRng(7));
    expect(Math.max(...values)).toBeGreaterThan(30);
  });

  it('keeps all of fewer rows than the limit', () => {
    const { values } = all(rows, 2);
    expect(Array.from(values.filter((_, i) => i % 2 === 0)).sort((a, b) => a - b)).toEqual(
      rows.map(([first]) => first),
    );
  });
});

describe('neighbourDistance', () => {
  const set = all(
    [
      [0, 0],
      [3, 4],
      [6, 8],
      [0, 100],
    ],
    2,
  );

  it('is the mean distance to the nearest, in whatever order they are stored', () => {
    expect(neighbourDistance(set, [0, 0], 1)).toBe(0);
    expect(neighbourDistance(set, [0, 0], 2)).toBe(2.5);
    expect(neighbourDistance(set, [0, 0], 3)).toBe(5);
    expect(neighbourDistance(set, [3, 4], 3)).toBeCloseTo(10 / 3, 6);
  });

  it('is the mean to all where there are fewer than asked for', () => {
    expect(neighbourDistance(all([[0], [4]], 1), [1], 3)).toBe(2);
  });

  it('is 0 where nothing is known', () => {
    expect(neighbourDistance(all([], 2), [5, 5], 3)).toBe(0);
  });

  it('agrees with sorting all distances', () => {
    const rng = createRng(5);
    const rows = Array.from({ length: 300 }, () => [rng.normal(), rng.normal(), rng.normal()]);
    const query = [0.3, -0.2, 0.5];
    const distances = rows.map((row) => Math.hypot(...row.map((value, i) => value - query[i]))).sort((a, b) => a - b);
    expect(neighbourDistance(all(rows, 3), query, 3)).toBeCloseTo((distances[0] + distances[1] + distances[2]) / 3, 5);
  });
});
