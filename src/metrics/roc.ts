/** The receiver operating characteristic of scores against 0/1 labels: curve, area, equal error rate. Ties are exact. */

/** Points of the curve from (0, 0) to (1, 1), one per distinct score, strictest threshold first. */
export interface RocCurve {
  /** Flag a frame where its score ≥ threshold; the first is Infinity. */
  thresholds: Float64Array;
  falsePositiveRate: Float64Array;
  truePositiveRate: Float64Array;
  positives: number;
  negatives: number;
}

/** Distinct scores from the highest down, with how much of each class lies on each. */
export interface ScoreSteps {
  scores: Float64Array;
  positives: Float64Array;
  negatives: Float64Array;
}

/**
 * Group scores by value. `positives[i]` and `negatives[i]` are the weights of sample i in each class, so one sample can
 * stand for a cell with many pixels. Throws on different lengths and on NaN.
 */
export function scoreSteps(
  scores: ArrayLike<number>,
  positives: ArrayLike<number>,
  negatives: ArrayLike<number>,
): ScoreSteps {
  assertSameLength(scores, positives);
  assertSameLength(scores, negatives);
  const order = descendingOrder(scores);
  const steps = {
    scores: new Float64Array(order.length),
    positives: new Float64Array(order.length),
    negatives: new Float64Array(order.length),
  };
  let step = -1;
  for (const index of order) {
    if (step < 0 || scores[index] !== steps.scores[step]) steps.scores[++step] = scores[index];
    steps.positives[step] += positives[index];
    steps.negatives[step] += negatives[index];
  }
  return {
    scores: steps.scores.subarray(0, step + 1),
    positives: steps.positives.subarray(0, step + 1),
    negatives: steps.negatives.subarray(0, step + 1),
  };
}

/** The steps of frame scores (higher = more abnormal) with labels 0 or 1. */
export function labelledSteps(scores: ArrayLike<number>, labels: ArrayLike<number>): ScoreSteps {
  assertSameLength(scores, labels);
  return scoreSteps(
    scores,
    Float64Array.from(labels, (label) => (label ? 1 : 0)),
    Float64Array.from(labels, (label) => (label ? 0 : 1)),
  );
}

/** ROC curve of frame scores with labels 0 or 1; rates are NaN for a class that does not occur. */
export function rocCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): RocCurve {
  const steps = labelledSteps(scores, labels);
  const positives = total(steps.positives);
  const negatives = total(steps.negatives);
  const length = steps.scores.length + 1;
  const curve = {
    thresholds: new Float64Array(length),
    falsePositiveRate: new Float64Array(length),
    truePositiveRate: new Float64Array(length),
  };
  curve.thresholds[0] = Number.POSITIVE_INFINITY;
  let truePositives = 0;
  let falsePositives = 0;
  for (let step = 0; step < steps.scores.length; step++) {
    truePositives += steps.positives[step];
    falsePositives += steps.negatives[step];
    curve.thresholds[step + 1] = steps.scores[step];
    curve.truePositiveRate[step + 1] = truePositives / positives;
    curve.falsePositiveRate[step + 1] = falsePositives / negatives;
  }
  return { ...curve, positives, negatives };
}

/** Probability that a random positive scores above a random negative, ties counting half; NaN where a class is missing. */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  return aucOfSteps(labelledSteps(scores, labels));
}

/** The same over weighted samples. */
export function aucOfSteps({ positives, negatives }: ScoreSteps): number {
  let positivesAbove = 0;
  let wins = 0;
  for (let step = 0; step < positives.length; step++) {
    wins += negatives[step] * (positivesAbove + positives[step] / 2);
    positivesAbove += positives[step];
  }
  return wins / (positivesAbove * total(negatives));
}

/** The error rate where misses and false positives are equally frequent, interpolated on the curve; NaN where a class is missing. */
export function equalErrorRate(curve: RocCurve): number {
  if (!curve.positives || !curve.negatives) return Number.NaN;
  for (let point = 1; point < curve.thresholds.length; point++) {
    const excess = curve.falsePositiveRate[point] + curve.truePositiveRate[point] - 1;
    if (excess < 0) continue;
    const before = curve.falsePositiveRate[point - 1] + curve.truePositiveRate[point - 1] - 1;
    const share = -before / (excess - before);
    return (
      curve.falsePositiveRate[point - 1] + share * (curve.falsePositiveRate[point] - curve.falsePositiveRate[point - 1])
    );
  }
  return Number.NaN;
}

const total = (values: Float64Array) => values.reduce((sum, value) => sum + value, 0);

function descendingOrder(scores: ArrayLike<number>): Uint32Array {
  for (let index = 0; index < scores.length; index++) {
    if (Number.isNaN(scores[index]))
      throw new RangeError(`score ${index} of ${scores.length} is NaN; every frame needs a number`);
  }
  return Uint32Array.from({ length: scores.length }, (_, index) => index).sort((a, b) =>
    scores[a] < scores[b] ? 1 : scores[a] > scores[b] ? -1 : 0,
  );
}

function assertSameLength(scores: ArrayLike<number>, labels: ArrayLike<number>): void {
  if (scores.length !== labels.length)
    throw new RangeError(`${scores.length} scores but ${labels.length} labels; there must be one label per score`);
}
