import { describe, expect, test } from 'vitest';
import { createRng } from './rng';

describe('createRng', () => {
  test('repeats for the same seed and differs for another', () => {
    const draw = (seed: number) => Array.from({ length: 5 }, createRng(seed).next);
    expect(draw(7)).toEqual(draw(7));
    expect(draw(7)).not.toEqual(draw(8));
  });

  test('is uniform and normal', () => {
    const rng = createRng(1);
    const uniform = Array.from({ length: 20_000 }, rng.next);
    const normal = Array.from({ length: 20_000 }, rng.normal);
    const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean(uniform)).toBeCloseTo(0.5, 1);
    expect(mean(normal)).toBeCloseTo(0, 1);
    expect(mean(normal.map((value) => value ** 2))).toBeCloseTo(1, 1);
    expect(Math.min(...uniform)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...uniform)).toBeLessThan(1);
  });

  test('a fork does not depend on what was drawn before', () => {
    const early = createRng(3).fork('walkers');
    const rng = createRng(3);
    rng.next();
    expect(rng.fork('walkers').next()).toBe(early.next());
    expect(rng.fork('noise').next()).not.toBe(createRng(3).fork('walkers').next());
  });

  test('shuffles without losing anything and refuses an empty range', () => {
    expect(createRng(5).shuffled([1, 2, 3, 4]).sort()).toEqual([1, 2, 3, 4]);
    expect(() => createRng(5).int(0)).toThrow('got 0');
    expect(() => createRng(5).pick([])).toThrow(RangeError);
  });
});
