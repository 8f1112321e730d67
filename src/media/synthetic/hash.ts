/** Repeatable chance: every draw is a pure function of whole numbers, so any moment of the plaza can be drawn without the ones before it. */

/** Mixes three integers into 32 random bits (the finalizer of MurmurHash3 over a weighted sum). */
export function hash(a: number, b = 0, c = 0): number {
  let bits = (Math.imul(a | 0, 0x9e3779b1) ^ Math.imul(b | 0, 0x85ebca6b) ^ Math.imul(c | 0, 0xc2b2ae35)) | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/** A number in [0, 1) that depends on three integers only. */
export const unit = (a: number, b = 0, c = 0) => hash(a, b, c) / 4294967296;

/** A stream of numbers in [0, 1) that begins at a seed (mulberry32). */
export function randomStream(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 4294967296;
  };
}

/** Smooth noise 0…1 over the plane, one random value per unit square. */
export function valueNoise(x: number, y: number, seed: number): number {
  const column = Math.floor(x);
  const row = Math.floor(y);
  const fx = smooth(x - column);
  const fy = smooth(y - row);
  const top = unit(column, row, seed) * (1 - fx) + unit(column + 1, row, seed) * fx;
  const bottom = unit(column, row + 1, seed) * (1 - fx) + unit(column + 1, row + 1, seed) * fx;
  return top * (1 - fy) + bottom * fy;
}

/** Three octaves of value noise, 0…1. */
export const cloudyNoise = (x: number, y: number, seed: number) =>
  valueNoise(x, y, seed) * 0.57 +
  valueNoise(x * 2.1, y * 2.1, seed + 1) * 0.29 +
  valueNoise(x * 4.3, y * 4.3, seed + 2) * 0.14;

const smooth = (u: number) => u * u * (3 - 2 * u);
