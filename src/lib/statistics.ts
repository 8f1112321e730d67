/** Order statistics of plain number lists. */

/** The q-quantile (0…1) of values sorted ascending, interpolated; NaN for none. */
export function sortedQuantile(sorted: ArrayLike<number>, q: number): number {
  if (!sorted.length) return Number.NaN;
  const position = Math.min(Math.max(q, 0), 1) * (sorted.length - 1);
  const low = Math.floor(position);
  const high = Math.min(low + 1, sorted.length - 1);
  return sorted[low] + (sorted[high] - sorted[low]) * (position - low);
}

/** The q-quantile (0…1) of values in any order; NaN for none. */
export const quantile = (values: ArrayLike<number>, q: number): number =>
  sortedQuantile(Float64Array.from(values).sort(), q);
