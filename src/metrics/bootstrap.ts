/** Confidence intervals by resampling clips: frames of one clip are not independent, clips are. */
import type { Rng } from '../lib/rng';
import { sortedQuantile } from '../lib/statistics';

/** The percentile interval of a statistic. */
export interface Interval {
  low: number;
  high: number;
}

/**
 * Percentile bootstrap: draw as many clips as there are, with replacement, `resamples` times. Draws where the statistic is
 * NaN (say, no abnormal clip was drawn) are left out. Null with fewer than two clips, where there is nothing to resample.
 */
export function bootstrapInterval<Clip>(
  clips: readonly Clip[],
  statistic: (drawn: Clip[]) => number,
  rng: Rng,
  { resamples = 1000, level = 0.95 } = {},
): Interval | null {
  if (clips.length < 2) return null;
  const values: number[] = [];
  for (let draw = 0; draw < resamples; draw++) {
    const value = statistic(clips.map(() => rng.pick(clips)));
    if (!Number.isNaN(value)) values.push(value);
  }
  if (!values.length) return null;
  values.sort((a, b) => a - b);
  return { low: sortedQuantile(values, (1 - level) / 2), high: sortedQuantile(values, (1 + level) / 2) };
}
