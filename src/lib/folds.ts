/** Folds for cross-validation: each class spread evenly, each item in exactly one. */
import type { Rng } from './rng';

/**
 * The fold (0 … count − 1) of each item. Classes are shuffled and dealt out in turn, each going on where the one before ended, so that
 * folds differ by at most one item per class and by at most one in all. Throws RangeError where a class has fewer items than there are folds.
 */
export function stratifiedFolds(labels: readonly number[], count: number, rng: Rng): number[] {
  if (!Number.isInteger(count) || count < 2) throw new RangeError(`there must be at least 2 folds, got ${count}`);
  const folds = new Array<number>(labels.length);
  let next = 0;
  for (const label of [...new Set(labels)].sort((a, b) => a - b)) {
    const items = labels.flatMap((other, index) => (other === label ? [index] : []));
    if (items.length < count)
      throw new RangeError(`class ${label} has ${items.length} items, which is too few for ${count} folds`);
    for (const item of rng.fork(label).shuffled(items)) folds[item] = next++ % count;
  }
  return folds;
}
