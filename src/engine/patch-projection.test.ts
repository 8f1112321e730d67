import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { PATCH_VALUES } from '../normality/patch-memory';
import { patchProjection } from './patch-projection';

const projection = patchProjection(128);

it('has orthonormal columns', () => {
  for (const [a, b] of [
    [0, 0],
    [0, 1],
    [5, 40],
    [47, 47],
  ]) {
    let product = 0;
    for (let row = 0; row < 128; row++)
      product += projection[row * PATCH_VALUES + a] * projection[row * PATCH_VALUES + b];
    expect(product).toBeCloseTo(a === b ? 1 : 0, 5);
  }
});

it('keeps distances within a third, but for the share of the values that is left', () => {
  const rng = createRng(5);
  for (let pair = 0; pair < 50; pair++) {
    const difference = Array.from({ length: 128 }, () => rng.normal());
    const projected = Array.from({ length: PATCH_VALUES }, (_, column) =>
      difference.reduce((sum, value, row) => sum + value * projection[row * PATCH_VALUES + column], 0),
    );
    const ratio = Math.hypot(...projected) / Math.hypot(...difference) / Math.sqrt(PATCH_VALUES / 128);
    expect(ratio).toBeGreaterThan(0.67);
    expect(ratio).toBeLessThan(1.33);
  }
});
