import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { learnPatches, PATCH_LEVELS, PATCH_VALUES, type PatchMap, patchDistances } from './patch-memory';

/** 4×3 places, each with a level of its own plus noise; `look` is what stands at place 5, in its second value. */
function map(seed: number, look = 0): PatchMap {
  const rng = createRng(seed);
  const values = Int8Array.from({ length: 12 * PATCH_VALUES }, (_, index) => {
    const place = Math.floor(index / PATCH_VALUES);
    const value = index % PATCH_VALUES;
    return value === 0 ? 8 * place : value === 1 && place === 5 ? look : rng.int(3) - 1;
  });
  return { width: 4, height: 3, values };
}

const normal = Array.from({ length: 40 }, (_, seed) => map(seed, seed % 4 === 0 ? 60 : 0));

describe('patchDistances', () => {
  it('is 0 for the usual patch, little for what was seen sometimes, as large as the distance for what never was', () => {
    const memory = learnPatches(normal, createRng(1))!;
    const at5 = (look: number) => patchDistances(map(99, look), memory)[5];
    expect(at5(0)).toBe(0);
    expect(at5(60)).toBeLessThan(0.35);
    expect(at5(-100)).toBeGreaterThan(100 / PATCH_LEVELS - 0.05);
    expect(at5(-100)).toBeLessThan(100 / PATCH_LEVELS + 0.4);
  });

  it('knows again at one place what was seen at another', () => {
    const memory = learnPatches(normal, createRng(1))!;
    const elsewhere = map(99);
    elsewhere.values[6 * PATCH_VALUES + 1] = 60;
    expect(patchDistances(elsewhere, memory)[6]).toBeLessThan(0.4);
    elsewhere.values[6 * PATCH_VALUES + 1] = -60;
    expect(patchDistances(elsewhere, memory)[6]).toBeGreaterThan(1);
  });

  it('takes off what the whole picture has in common: another light is no anomaly, and hides none', () => {
    const memory = learnPatches(normal, createRng(1))!;
    const lit = (look: number) => {
      const picture = map(99, look);
      for (let from = 0; from < picture.values.length; from += PATCH_VALUES) picture.values[from + 3] = 90;
      return patchDistances(picture, memory);
    };
    for (const distance of lit(0)) expect(distance).toBeLessThan(0.3);
    expect(lit(-120)[5]).toBeGreaterThan(1);
  });

  it('gives the same memory for the same seed; nothing is learned from nothing; another size is refused', () => {
    expect(learnPatches(normal, createRng(3))).toEqual(learnPatches(normal, createRng(3)));
    expect(learnPatches([], createRng(3))).toBeNull();
    const memory = learnPatches(normal, createRng(3))!;
    const narrow = { width: 3, height: 4, values: map(1).values };
    expect(() => patchDistances(narrow, memory)).toThrow(/4×3 places and the picture 3×4/);
  });

  it('keeps at most 1,500 patches, the odd ones rather than the usual ones', () => {
    const many = Array.from({ length: 300 }, (_, seed) => map(0, seed % 20 === 0 ? 60 : 0));
    const { seen } = learnPatches(many, createRng(1))!;
    expect(seen.length).toBe(1500 * PATCH_VALUES);
    let odd = 0;
    for (let from = 0; from < seen.length; from += PATCH_VALUES) if (seen[from + 1] === 60) odd++;
    expect(odd).toBe(15);
  });
});
