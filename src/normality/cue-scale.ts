/** Puts cues of different kinds on one scale: 0 at the usual largest value of a normal frame, 1 at its 99th percentile. */
import { quantile } from '../lib/statistics';

/** Spread of the largest value of a cue per normal frame. */
export interface CueScale {
  median: number;
  upper: number;
}

/** The scale of a cue that is not to count: every value is as usual. */
export const MUTED: CueScale = { median: 0, upper: Number.POSITIVE_INFINITY };

/** What is known of a cue before any footage is seen, and how many examples that knowledge is worth. */
export interface ScalePrior {
  /** The 99th percentile in an ordinary scene. */
  upper: number;
  examples: number;
}

/** The upper end lies at least this share of the prior's above the median. */
const LEAST_SPREAD = 0.15;

/**
 * From the largest values of held-out normal frames that show `examples` different things. The upper end is drawn towards the
 * prior where they are few: what hardly varied among three passers-by may well vary with the fourth.
 */
export function fitCueScale(largest: ArrayLike<number>, examples: number, prior: ScalePrior): CueScale {
  const median = largest.length ? quantile(largest, 0.5) : 0;
  const seen = largest.length ? quantile(largest, 0.99) : 0;
  const upper = (examples * seen + prior.examples * prior.upper) / (examples + prior.examples);
  return { median, upper: Math.max(upper, median + LEAST_SPREAD * prior.upper) };
}

/** 0 at the median, 1 at the 99th percentile, linear beyond. */
export const standardised = (scale: CueScale, value: number): number =>
  (value - scale.median) / (scale.upper - scale.median);

/** Beyond this a cue grows logarithmically, so that no single one drowns the others. */
const STRAIGHT = 4;

/** What a standardised cue adds to a score: its excess, and a little of all of it so that ordinary moments still rank. */
export function contribution(standard: number): number {
  const excess = standard <= STRAIGHT ? Math.max(0, standard) : STRAIGHT * (1 + Math.log(standard / STRAIGHT));
  return excess + 0.1 * Math.min(standard, STRAIGHT);
}
