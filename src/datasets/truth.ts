/** Ground truth as label files give it, and as a label per frame. */

/** Frame intervals are inclusive and 0-based; seconds are [start, end). */
export type Truth =
  | { kind: 'labels'; labels: number[] }
  | { kind: 'intervals'; unit: 'frames' | 'seconds'; intervals: [number, number][] }
  | { kind: 'masks'; width: number; height: number; frames: Uint8Array[] };

/** Truth by clip name; the name '' stands for the one clip a file is about. */
export type TruthTable = Map<string, Truth>;

/** A label file that cannot be understood or does not fit; the message says what was found and what was expected. */
export class LabelError extends Error {
  override name = 'LabelError';
}

/** One label per frame: 1 = abnormal. Throws LabelError where the truth is for another number of frames. */
export function frameLabels(truth: Truth, timesS: ArrayLike<number>, clip: string): Uint8Array {
  const frames = timesS.length;
  if (truth.kind !== 'intervals') {
    const found = truth.kind === 'labels' ? truth.labels.length : truth.frames.length;
    if (found !== frames)
      throw new LabelError(
        `Clip ${clip} has ${frames} frames, its ground truth ${found} ${truth.kind}; there must be one per frame.`,
      );
    return truth.kind === 'labels'
      ? Uint8Array.from(truth.labels, (label) => (label ? 1 : 0))
      : Uint8Array.from(truth.frames, (mask) => (mask.some(Boolean) ? 1 : 0));
  }
  const labels = new Uint8Array(frames);
  for (const [start, end] of truth.intervals) {
    const limit = truth.unit === 'frames' ? frames : timesS[frames - 1] + 1;
    if (!(start >= 0 && end >= start && start < limit)) {
      throw new LabelError(
        `Clip ${clip} has an interval ${start}…${end} ${truth.unit}, but it lasts from 0 to ${limit}; check the clip and the unit.`,
      );
    }
    for (let frame = 0; frame < frames; frame++) {
      if (truth.unit === 'frames' ? frame >= start && frame <= end : timesS[frame] >= start && timesS[frame] < end)
        labels[frame] = 1;
    }
  }
  return labels;
}
