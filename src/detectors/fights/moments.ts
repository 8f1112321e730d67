/** Frames to moments: what a judge of fights sees of a stretch of time, as statistics of its frames' features. */

/** Features of one analysed frame, as plain data. */
export interface FrameFeatures {
  timeS: number;
  /** How much the picture has changed since the frame before: a moment keeps the mean. */
  changes: Float32Array;
  /** Motion and people: values that mean the same in every scene. */
  acts: Float32Array;
}

export interface MomentOptions {
  /** Length of a moment, in seconds. */
  lengthS: number;
  /** From one moment to the next, in seconds. */
  everyS: number;
}

/** Statistics kept of each act: deviation, mean |step|, mean, highest. */
const ACTS_STATISTICS = 4;

export const momentSize = ({ changes, acts }: Pick<FrameFeatures, 'changes' | 'acts'>): number =>
  changes.length + ACTS_STATISTICS * acts.length;

/**
 * The moments of a clip, each [momentSize]: the first is as long as `lengthS` or, in a shorter clip, as the clip. Empty for fewer than
 * two frames, of which no change can be told.
 */
export function clipMoments(frames: readonly FrameFeatures[], { lengthS, everyS }: MomentOptions): Float32Array[] {
  if (frames.length < 2) return [];
  const start = frames[0].timeS;
  const end = frames[frames.length - 1].timeS;
  const moments: Float32Array[] = [];
  for (let until = Math.min(end, start + lengthS); until <= end + 1e-6; until += everyS) {
    const inside = frames.filter(({ timeS }) => timeS > until - lengthS - 1e-6 && timeS <= until + 1e-6);
    if (inside.length >= 2) moments.push(momentOf(inside));
  }
  return moments;
}

/** Statistics of at least two frames. */
function momentOf(frames: readonly FrameFeatures[]): Float32Array {
  const acts = frames.map((frame) => frame.acts);
  const changes = means(frames.map((frame) => frame.changes));
  const parts = [changes, deviations(acts), meanSteps(acts), means(acts), highest(acts)];
  const moment = new Float32Array(momentSize(frames[0]));
  let at = 0;
  for (const part of parts) {
    moment.set(part, at);
    at += part.length;
  }
  return moment;
}

function means(rows: readonly Float32Array[]): Float32Array {
  const sums = new Float64Array(rows[0].length);
  for (const row of rows) for (let i = 0; i < row.length; i++) sums[i] += row[i];
  return Float32Array.from(sums, (sum) => sum / rows.length);
}

function deviations(rows: readonly Float32Array[]): Float32Array {
  const mean = means(rows);
  const squares = new Float64Array(mean.length);
  for (const row of rows) for (let i = 0; i < row.length; i++) squares[i] += (row[i] - mean[i]) ** 2;
  return Float32Array.from(squares, (sum) => Math.sqrt(sum / rows.length));
}

/** Mean of |x_t − x_{t−1}|. */
function meanSteps(rows: readonly Float32Array[]): Float32Array {
  const steps = rows.slice(1).map((row, t) => row.map((value, i) => Math.abs(value - rows[t][i])));
  return means(steps);
}

const highest = (rows: readonly Float32Array[]): Float32Array =>
  rows[0].map((_, i) => rows.reduce((most, row) => Math.max(most, row[i]), Number.NEGATIVE_INFINITY));
