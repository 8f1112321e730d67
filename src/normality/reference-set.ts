/** Normality as a memory of examples: how far is a new one from its nearest neighbours. */
import type { createRng } from '../lib/rng';

/** Examples as rows of `dimensions` values each. */
export interface ReferenceSet {
  dimensions: number;
  values: Float32Array;
}

/** At most `limit` of the rows, drawn by the seeded generator; order is not kept. */
export function sampledReferences(
  rows: readonly ArrayLike<number>[],
  dimensions: number,
  limit: number,
  rng: ReturnType<typeof createRng>,
): ReferenceSet {
  const order = Int32Array.from(rows, (_, i) => i);
  const count = Math.min(limit, rows.length);
  const values = new Float32Array(count * dimensions);
  for (let i = 0; i < count; i++) {
    const j = i + rng.int(order.length - i);
    [order[i], order[j]] = [order[j], order[i]];
    values.set(rows[order[i]], i * dimensions);
  }
  return { dimensions, values };
}

/**
 * Mean Euclidean distance from `query` to its k nearest references; 0 for an empty set (nothing is known, nothing is odd).
 * Fewer than k references: their mean. `weights`: what a difference in each dimension counts; 1 unless told.
 */
export function neighbourDistance(
  set: ReferenceSet,
  query: ArrayLike<number>,
  k: number,
  weights: ArrayLike<number> = equal(set.dimensions),
): number {
  const { dimensions, values } = set;
  const nearest = new Float64Array(k).fill(Number.POSITIVE_INFINITY);
  for (let offset = 0; offset < values.length; offset += dimensions) {
    let squared = 0;
    for (let d = 0; d < dimensions && squared < nearest[k - 1]; d++) {
      const difference = weights[d] * (values[offset + d] - query[d]);
      squared += difference * difference;
    }
    if (squared >= nearest[k - 1]) continue;
    let slot = k - 1;
    while (slot > 0 && nearest[slot - 1] > squared) {
      nearest[slot] = nearest[slot - 1];
      slot--;
    }
    nearest[slot] = squared;
  }
  let sum = 0;
  let found = 0;
  for (const squared of nearest) {
    if (squared === Number.POSITIVE_INFINITY) break;
    sum += Math.sqrt(squared);
    found++;
  }
  return found ? sum / found : 0;
}

const ones = new Map<number, Float64Array>();

function equal(dimensions: number): Float64Array {
  let weights = ones.get(dimensions);
  if (!weights) {
    weights = new Float64Array(dimensions).fill(1);
    ones.set(dimensions, weights);
  }
  return weights;
}
