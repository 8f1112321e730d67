/** Values in units of their spread over the training clips, so that one weight decay suits all of them. */

export interface StandardScale {
  mean: Float32Array;
  /** 1/σ; 0 for a value that never changes. */
  scale: Float32Array;
}

/** Values farther than this from the mean, in σ, are as far as this: one strange clip cannot outvote the others. */
const FARTHEST = 4;

/** Less is rounding; 1/σ stays within what float16 can hold. */
const LEAST_VARIANCE = 1e-8;

/** Mean and spread of each value over rows of equal length. */
export function fitStandardScale(rows: readonly Float32Array[]): StandardScale {
  const mean = new Float64Array(rows[0].length);
  const squares = new Float64Array(rows[0].length);
  for (const row of rows) for (let i = 0; i < row.length; i++) mean[i] += row[i] / rows.length;
  for (const row of rows) for (let i = 0; i < row.length; i++) squares[i] += (row[i] - mean[i]) ** 2 / rows.length;
  return {
    mean: Float32Array.from(mean),
    scale: Float32Array.from(squares, (variance) => (variance > LEAST_VARIANCE ? 1 / Math.sqrt(variance) : 0)),
  };
}

/** (x − μ)/σ, at most `FARTHEST` from 0. */
export const standardised = ({ mean, scale }: StandardScale, row: Float32Array): Float32Array =>
  row.map((value, i) => Math.max(-FARTHEST, Math.min(FARTHEST, (value - mean[i]) * scale[i])));
