/** Yes-or-no decisions against 0/1 labels: how often they are right, and where to put the threshold. */
import { scoreSteps } from './roc';

/** A rate is NaN where nothing was there to count: no decision, no yes, no positive. */
export interface DecisionRates {
  /** Share of right decisions. */
  accuracy: number;
  /** Share of positives among what was called positive. */
  precision: number;
  /** Share of the positives that were called positive. */
  recall: number;
}

/** `decisions` and `labels`: 1 (or true) for yes. Throws RangeError on different lengths. */
export function decisionRates(
  decisions: ArrayLike<number | boolean>,
  labels: ArrayLike<number | boolean>,
): DecisionRates {
  if (decisions.length !== labels.length)
    throw new RangeError(`${decisions.length} decisions but ${labels.length} labels; there must be one label each`);
  let [right, hits, called, positives] = [0, 0, 0, 0];
  for (let index = 0; index < labels.length; index++) {
    const [yes, positive] = [Boolean(decisions[index]), Boolean(labels[index])];
    if (yes === positive) right++;
    if (yes && positive) hits++;
    if (yes) called++;
    if (positive) positives++;
  }
  return { accuracy: right / labels.length, precision: hits / called, recall: hits / positives };
}

/**
 * The threshold (yes where score ≥ threshold) with the best balanced accuracy, (true positive rate + true negative rate)/2, halfway
 * between the two scores that it separates. Of equally good ones the middle one. Throws RangeError where a class is missing.
 */
export function balancedThreshold(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const isPositive = Float64Array.from(labels, (label) => (label ? 1 : 0));
  const isNegative = isPositive.map((label) => 1 - label);
  const { scores: levels, positives, negatives } = scoreSteps(scores, isPositive, isNegative);
  const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);
  const [allPositives, allNegatives] = [total(positives), total(negatives)];
  if (!allPositives || !allNegatives) throw new RangeError('a threshold needs scores of both classes');
  let [hits, falseHits, best] = [0, 0, Number.NEGATIVE_INFINITY];
  let cuts: number[] = [];
  for (let step = 0; step < levels.length; step++) {
    hits += positives[step];
    falseHits += negatives[step];
    const quality = hits / allPositives - falseHits / allNegatives;
    if (quality < best - 1e-12) continue;
    if (quality > best + 1e-12) cuts = [];
    best = Math.max(best, quality);
    cuts.push(step + 1 < levels.length ? (levels[step] + levels[step + 1]) / 2 : levels[step]);
  }
  return cuts[Math.floor((cuts.length - 1) / 2)];
}
