/** CenterNet's 128 features of a patch as fewer values, which keep their distances: a fixed random projection (Johnson & Lindenstrauss 1984). */
import { createRng } from '../lib/rng';
import { PATCH_VALUES } from '../normality/patch-memory';

const SEED = 7;

/** Orthonormal columns [features, PATCH_VALUES], row by row. */
export function patchProjection(features: number): Float32Array<ArrayBuffer> {
  const rng = createRng(SEED);
  const columns: Float64Array[] = [];
  for (let column = 0; column < PATCH_VALUES; column++) {
    const vector = Float64Array.from({ length: features }, () => rng.normal());
    for (const other of columns) subtract(vector, other, dot(vector, other));
    const length = Math.sqrt(dot(vector, vector));
    columns.push(vector.map((value) => value / length));
  }
  return Float32Array.from(
    { length: features * PATCH_VALUES },
    (_, index) => columns[index % PATCH_VALUES][Math.floor(index / PATCH_VALUES)],
  );
}

const dot = (a: Float64Array, b: Float64Array) => a.reduce((sum, value, index) => sum + value * b[index], 0);

function subtract(from: Float64Array, vector: Float64Array, times: number) {
  for (let index = 0; index < from.length; index++) from[index] -= times * vector[index];
}
