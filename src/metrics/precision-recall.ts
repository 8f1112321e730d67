/** Precision against recall, and average precision. */
import { labelledSteps } from './roc';

/** One point per distinct score, strictest threshold first. */
export interface PrecisionRecallCurve {
  thresholds: Float64Array;
  precision: Float64Array;
  recall: Float64Array;
}

/** Precision-recall curve of frame scores with labels 0 or 1; recall is NaN without positives. */
export function precisionRecallCurve(scores: ArrayLike<number>, labels: ArrayLike<number>): PrecisionRecallCurve {
  const steps = labelledSteps(scores, labels);
  const positives = steps.positives.reduce((sum, value) => sum + value, 0);
  const precision = new Float64Array(steps.scores.length);
  const recall = new Float64Array(steps.scores.length);
  let hits = 0;
  let flagged = 0;
  for (let step = 0; step < steps.scores.length; step++) {
    hits += steps.positives[step];
    flagged += steps.positives[step] + steps.negatives[step];
    precision[step] = hits / flagged;
    recall[step] = hits / positives;
  }
  return { thresholds: steps.scores, precision, recall };
}

/** Average precision Σ (Rᵢ − Rᵢ₋₁)·Pᵢ, without interpolation; NaN without positives. */
export function averagePrecision(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  const { precision, recall } = precisionRecallCurve(scores, labels);
  return precision.reduce((sum, value, step) => sum + value * (recall[step] - (step ? recall[step - 1] : 0)), 0);
}
