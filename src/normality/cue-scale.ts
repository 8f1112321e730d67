/** Puts cues of different kinds on one scale: 0 at the usual largest value of a normal frame, 1 at its 99th percentile. */
import { quantile } from '../lib/statistics';

/** Spread of the largest value of a cue per normal frame. */
export interface CueScale {
  median: number;
  upper: number;
}

/** From the largest values of held-out normal frames. A cue that never varies gets a spread of `floor`. */
export function fitCueScale(largest: ArrayLike<number>, floor: number): CueScale {
  if (!largest.length) return { median: 0, upper: floor };
  const median = quantile(largest, 0.5);
  return { median, upper: Math.max(quantile(largest, 0.99), median + floor) };
}

/** 0 at the median, 1 at the 99th percentile, linear beyond. */
export const standardised = (scale: CueScale, value: number): number =>
  (value - scale.median) / (scale.upper - scale.median);

/** What a standardised cue adds to a score: its excess, and a little of all of it so that ordinary moments still rank. */
export const contribution = (standard: number): number => Math.max(0, standard) + 0.1 * standard;
