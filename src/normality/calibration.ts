/**
 * Calibration: from a raw anomaly score to how rare it is in normal footage. Below a threshold the scores themselves say
 * it; above, a generalised Pareto tail fitted to the peaks over the threshold (Pickands–Balkema–de Haan) continues them.
 */
import { sortedQuantile } from '../lib/statistics';

/** Raw scores of one stretch of normal footage that the model was not fitted on, in order of time. */
export interface ScoredStretch {
  timesS: ArrayLike<number>;
  scores: ArrayLike<number>;
}

/** Plain data; `returnPeriod` reads it. */
export interface Calibration {
  /** Length of the footage behind it, in seconds. */
  durationS: number;
  /** Quantiles 0, 1/n … 1 of the raw scores. */
  quantiles: Float32Array;
  /** Share of frames above the threshold, and the threshold. */
  tailShare: number;
  threshold: number;
  /** Clusters of exceedances per second. */
  clusterRate: number;
  /** Generalised Pareto: scale σ > 0 and shape ξ ≥ 0. */
  scale: number;
  shape: number;
}

/** Runs above the threshold that are nearer than this are one event, in seconds. */
const CLUSTER_GAP_S = 2;
const TAIL_SHARE = 0.1;
const QUANTILES = 200;
/** The shape that footage too short to tell is taken to have, and how many peaks that belief is worth. */
const PRIOR_SHAPE = 0.1;
const PRIOR_PEAKS = 20;
/** Nothing is called rarer than once in so many seconds (about 30 years). */
const LONGEST_PERIOD_S = 1e9;

/** Fit on held-out normal footage. Throws RangeError where there is no score. */
export function fitCalibration(stretches: readonly ScoredStretch[]): Calibration {
  const sorted = Float64Array.from(stretches.flatMap((stretch) => Array.from(stretch.scores))).sort();
  if (!sorted.length) throw new RangeError('Calibration needs at least one score of normal footage, got none.');
  const threshold = sortedQuantile(sorted, 1 - TAIL_SHARE);
  const durationS = stretches.reduce((sum, stretch) => sum + stretchLength(stretch), 0);
  const excesses = stretches.flatMap((stretch) => clusterPeaks(stretch, threshold)).map((peak) => peak - threshold);
  const spread = Math.max(1e-6, threshold - sortedQuantile(sorted, 0.5));
  return {
    durationS,
    quantiles: Float32Array.from({ length: QUANTILES + 1 }, (_, i) => sortedQuantile(sorted, i / QUANTILES)),
    tailShare: TAIL_SHARE,
    threshold,
    clusterRate: Math.max(1, excesses.length) / Math.max(1, durationS),
    ...paretoTail(excesses, spread),
  };
}

function stretchLength({ timesS }: ScoredStretch): number {
  const frames = timesS.length;
  return frames > 1 ? ((timesS[frames - 1] - timesS[0]) * frames) / (frames - 1) : 0;
}

/** Highest score of each run above the threshold; runs closer than CLUSTER_GAP_S are one. */
function clusterPeaks({ timesS, scores }: ScoredStretch, threshold: number): number[] {
  const peaks: number[] = [];
  let lastS = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < scores.length; i++) {
    if (scores[i] <= threshold) continue;
    if (timesS[i] - lastS > CLUSTER_GAP_S) peaks.push(scores[i]);
    else peaks[peaks.length - 1] = Math.max(peaks[peaks.length - 1], scores[i]);
    lastS = timesS[i];
  }
  return peaks;
}

/**
 * Scale and shape by probability-weighted moments (Hosking & Wallis 1987), the shape drawn towards PRIOR_SHAPE where peaks
 * are few and kept within 0…0.5; the scale then follows from the mean excess. `spread` stands in where there is no peak.
 */
function paretoTail(excesses: number[], spread: number): { scale: number; shape: number } {
  const sorted = Float64Array.from(excesses).sort();
  const count = sorted.length;
  const mean = count ? sorted.reduce((sum, excess) => sum + excess, 0) / count : spread;
  let shape = PRIOR_SHAPE;
  if (count > 2) {
    let weighted = 0;
    for (let i = 0; i < count; i++) weighted += (sorted[i] * (count - 1 - i)) / (count - 1) / count;
    const estimate = 2 - mean / Math.max(1e-9, mean - 2 * weighted);
    shape = (count * estimate + PRIOR_PEAKS * PRIOR_SHAPE) / (count + PRIOR_PEAKS);
  }
  shape = Math.min(0.5, Math.max(0, shape));
  return { shape, scale: Math.max(1e-6, mean * (1 - shape), 0.1 * spread) };
}

/** Once in how many seconds normal footage reaches this raw score; at least 0, at most 10⁹. */
export function returnPeriod(calibration: Calibration, raw: number): number {
  const { threshold, clusterRate, scale, shape, tailShare } = calibration;
  if (raw <= threshold) return tailShare / (Math.max(tailShare, shareAbove(calibration.quantiles, raw)) * clusterRate);
  const excess = (raw - threshold) / scale;
  const survival = shape < 1e-6 ? Math.exp(-excess) : (1 + shape * excess) ** (-1 / shape);
  return Math.min(LONGEST_PERIOD_S, 1 / (clusterRate * Math.max(survival, 1e-12)));
}

/** Raw score that normal footage reaches once in `periodS` seconds: the inverse of `returnPeriod` above the threshold. */
export function rawAt(calibration: Calibration, periodS: number): number {
  const { threshold, clusterRate, scale, shape } = calibration;
  const survival = Math.min(1, 1 / (clusterRate * periodS));
  const excess = shape < 1e-6 ? -Math.log(survival) : (survival ** -shape - 1) / shape;
  return threshold + scale * excess;
}

function shareAbove(quantiles: Float32Array, raw: number): number {
  let low = 0;
  let high = quantiles.length - 1;
  if (raw <= quantiles[0]) return 1;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (quantiles[middle] <= raw) low = middle;
    else high = middle;
  }
  const step = quantiles[high] - quantiles[low];
  const within = step > 0 ? Math.min(1, (raw - quantiles[low]) / step) : 0;
  return 1 - (low + within) / (quantiles.length - 1);
}

const DAY_S = 86400;

/** A return period on a logarithmic scale: 0 at one second or less, 1 at a day or more. */
export const rarityScore = (periodS: number): number =>
  Math.min(1, Math.max(0, Math.log(Math.max(1, periodS)) / Math.log(DAY_S)));
