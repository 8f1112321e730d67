/** The AUC of what was left out of training. */
import { rocAuc } from '../src/metrics/roc';

/** Null where all frames are of one kind; NaN where a score is, so that the training stops and says so. */
export function validationAuc(scores: readonly number[], labels: readonly number[]): number | null {
  if (!labels.includes(0) || !labels.includes(1)) return null;
  return scores.some(Number.isNaN) ? Number.NaN : rocAuc(scores, labels);
}

export const spokenAuc = (auc: number | null): string =>
  auc === null ? 'left out, as its frames are all normal or all abnormal' : `AUC ${auc.toFixed(3)}`;

/** The weighted mean of 1 − AUC over the scenes that have one. Throws where none has. */
export function meanMissing(scenes: readonly { auc: number | null; share: number }[]): number {
  let [missing, shares] = [0, 0];
  for (const { auc, share } of scenes) {
    if (auc === null) continue;
    missing += share * (1 - auc);
    shares += share;
  }
  if (shares > 0) return missing / shares;
  throw new Error(
    'No clip that was left out to validate on has both normal and abnormal frames. Give more or longer footage.',
  );
}
