import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { fitExpectedHeight, type HeightSample, heightAt } from './expected-height';

const WIDTH = 640;
const HEIGHT = 360;

/** A plaza seen from above: 20 px tall at the top, 92 px at the bottom, no difference from left to right. */
const perspective = (y: number) => 20 + 0.2 * y;

function seen(count: number, heightOf: (x: number, y: number, i: number) => number): HeightSample[] {
  const rng = createRng(3);
  return Array.from({ length: count }, (_, i) => {
    const x = rng.between(0, WIDTH);
    const y = rng.between(0, HEIGHT);
    return { thing: i, x, y, height: heightOf(x, y, i) };
  });
}

describe('heightAt', () => {
  it('is a plane kept within bounds', () => {
    const scale = { offset: 10, perX: 0.1, perY: 0.2, smallest: 15, largest: 60 };
    expect(heightAt(scale, 100, 50)).toBe(30);
    expect(heightAt(scale, 0, 0)).toBe(15);
    expect(heightAt(scale, 300, 300)).toBe(60);
  });
});

describe('fitExpectedHeight', () => {
  it('finds the perspective', () => {
    const fit = fitExpectedHeight(
      seen(400, (_, y) => perspective(y)),
      WIDTH,
      HEIGHT,
    );
    for (const y of [60, 180, 300])
      for (const x of [50, 600]) expect(heightAt(fit, x, y) / perspective(y)).toBeCloseTo(1, 1);
    expect(fit.perY).toBeCloseTo(0.2, 2);
  });

  it('finds a slope across as well', () => {
    const fit = fitExpectedHeight(
      seen(400, (x) => 30 + 0.1 * x),
      WIDTH,
      HEIGHT,
    );
    expect(heightAt(fit, 120, 180) / 42).toBeCloseTo(1, 1);
    expect(heightAt(fit, 520, 180) / 82).toBeCloseTo(1, 1);
  });

  it('is not tilted by one thing in five that is thrice as tall', () => {
    const fit = fitExpectedHeight(
      seen(400, (_, y, i) => perspective(y) * (i % 5 ? 1 : 3)),
      WIDTH,
      HEIGHT,
    );
    for (const y of [60, 180, 300]) expect(Math.abs(heightAt(fit, 320, y) / perspective(y) - 1)).toBeLessThan(0.08);
  });

  it('does not take one thing seen often, growing as it comes, for perspective', () => {
    const once = seen(400, (_, y) => perspective(y));
    const fit = fitExpectedHeight(
      once.map((sample) => ({ ...sample, thing: 1 })),
      WIDTH,
      HEIGHT,
    );
    expect(Math.abs(fit.perY)).toBeLessThan(0.04);
  });

  it('takes the median of few samples', () => {
    const few = [20, 30, 90].map((height, i) => ({ thing: i, x: 100 * i, y: 100 * i, height }));
    const fit = fitExpectedHeight(few, WIDTH, HEIGHT);
    expect(fit).toMatchObject({ offset: 30, perX: 0, perY: 0 });
    expect(heightAt(fit, 600, 350)).toBe(30);
  });

  it('without a sample expects a seventh of the picture', () => {
    const fit = fitExpectedHeight([], 700, 350);
    expect(heightAt(fit, 0, 0)).toBe(50);
    expect(heightAt(fit, 700, 350)).toBe(50);
  });

  it('stays level where all stand at one place', () => {
    const fit = fitExpectedHeight(
      Array.from({ length: 100 }, (_, thing) => ({ thing, x: 320, y: 200, height: 50 })),
      WIDTH,
      HEIGHT,
    );
    expect(heightAt(fit, 320, 200)).toBeCloseTo(50, 1);
    expect(heightAt(fit, 0, 0)).toBeGreaterThan(30);
    expect(heightAt(fit, 640, 360)).toBeLessThan(66);
  });
});
