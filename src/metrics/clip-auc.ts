/** Frame-level AUC over several clips: micro (all frames in one ranking) and macro (mean of the clips). */
import { rocAuc } from './roc';

/** A clip's scores and ground truth, frame by frame. */
export interface LabelledClip {
  name: string;
  /** Higher = more abnormal; comparable across the clips of a scene, never normalised per clip. */
  scores: ArrayLike<number>;
  /** 1 = abnormal. */
  labels: ArrayLike<number>;
  /** Seconds since the clip's start, strictly increasing. */
  timesS: ArrayLike<number>;
}

/** The scores and labels of all clips, one after the other. */
export function concatenated(clips: readonly Pick<LabelledClip, 'scores' | 'labels'>[]): {
  scores: Float64Array;
  labels: Uint8Array;
} {
  const length = clips.reduce((sum, clip) => sum + clip.scores.length, 0);
  const scores = new Float64Array(length);
  const labels = new Uint8Array(length);
  let offset = 0;
  for (const clip of clips) {
    scores.set(clip.scores, offset);
    labels.set(clip.labels, offset);
    offset += clip.scores.length;
  }
  return { scores, labels };
}

/** AUC of one ranking over all frames of all clips. */
export function microAuc(clips: readonly Pick<LabelledClip, 'scores' | 'labels'>[]): number {
  const { scores, labels } = concatenated(clips);
  return rocAuc(scores, labels);
}

/** Mean AUC of the clips that have both classes (no padding of the others); NaN where no clip has both. */
export function macroAuc(clips: readonly Pick<LabelledClip, 'scores' | 'labels'>[]): number {
  const areas = clips.map((clip) => rocAuc(clip.scores, clip.labels)).filter((area) => !Number.isNaN(area));
  return areas.reduce((sum, area) => sum + area, 0) / areas.length;
}
