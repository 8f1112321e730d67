/** Losses over time and over streams: scores of neighbouring frames, of bags of frames, and attention maps. */
import * as tf from '@tensorflow/tfjs-core';
import { stopGradient } from './gradients';
import { crossEntropies } from './losses';

/**
 * Two streams agree on normal clips (ESTA's L_fc; the formula is ours): mean over normal clips of 1 − cos(a, b).
 * first, second [N, D]; labels [N] (0 = normal); 0 where no clip is normal.
 */
export function featureConsistency(first: tf.Tensor2D, second: tf.Tensor2D, labels: tf.Tensor1D): tf.Scalar {
  return tf.tidy(() => {
    const normal = tf.sub(1, labels);
    const distances = tf.sub(1, tf.sum(tf.mul(unitRows(first), unitRows(second)), 1));
    return tf.div(tf.sum(tf.mul(distances, normal)), tf.maximum(tf.sum(normal), 1));
  });
}

/** Neighbouring scores agree (ESTA's L_tc; the formula is ours): mean of (s_t − s_{t−1})². scores [N, T], T ≥ 2. */
export const temporalCoherence = (scores: tf.Tensor2D): tf.Scalar =>
  tf.tidy(() => tf.mean(tf.square(steps(scores, 1))) as tf.Scalar);

/**
 * Attention maps sparse and smooth (ESTA's L_ar; the formula is ours): entropy·H + smoothness·TV, where each map a is
 * non-negative and counts as p = a/Σa, H = −Σ p·log p / log(h·w) in 0 … 1, and TV is the mean |difference| of
 * p·h·w between neighbours (1 for a map that is flat but for steps as high as its mean). maps [N, h, w].
 */
export function attentionRegularisation(
  maps: tf.Tensor3D,
  { entropy = 1, smoothness = 1 }: { entropy?: number; smoothness?: number } = {},
): tf.Scalar {
  return tf.tidy(() => {
    const [, height, width] = maps.shape;
    const cells = height * width;
    const shares = tf.div(maps, tf.add(tf.sum(maps, [1, 2], true), 1e-8));
    const logShares = tf.log(tf.add(shares, 1e-8));
    const spread = tf.div(tf.neg(tf.mean(tf.sum(tf.mul(shares, logShares), [1, 2]))), Math.max(Math.log(cells), 1e-8));
    const variation = tf.add(meanStep(shares, 1), meanStep(shares, 2));
    return tf.add(tf.mul(spread, entropy), tf.mul(variation, smoothness * cells)) as tf.Scalar;
  });
}

/**
 * Temporal confidence reweighting (after HybridModel-1, whose abstract names the loss; the formula is ours). The
 * cross-entropy of frame t counts w_t = 1 + γ·c_t·d_t times, with confidence c_t = |2p_t − 1| and disagreement
 * d_t = |p_t − mean of p at its neighbours t−1, t+1|: confident predictions that disagree with their neighbours
 * cost more. Σ w·BCE / Σ w; the weights carry no gradient. logits, labels [N, T], T ≥ 2.
 */
export function temporalConfidenceLoss(
  logits: tf.Tensor2D,
  labels: tf.Tensor2D,
  { gamma = 4, positiveWeight = 1 }: { gamma?: number; positiveWeight?: number } = {},
): tf.Scalar {
  return tf.tidy(() => {
    const weights = stopGradient(logits, (values) => confidenceWeights(values, gamma));
    const weighted = tf.mul(weights, crossEntropies(logits, labels, positiveWeight));
    return tf.div(tf.sum(weighted), tf.sum(weights));
  });
}

/** 1 + γ·|2p − 1|·|p − mean of p's neighbours|; [N, T]. */
function confidenceWeights(logits: tf.Tensor2D, gamma: number): tf.Tensor2D {
  const chances = tf.sigmoid(logits);
  const confidence = tf.abs(tf.sub(tf.mul(chances, 2), 1));
  const disagreement = tf.abs(tf.sub(chances, neighbourMean(chances)));
  return tf.add(1, tf.mul(gamma, tf.mul(confidence, disagreement)));
}

/** Mean of the frames before and after; the ends have one neighbour. [N, T]. */
function neighbourMean(values: tf.Tensor2D): tf.Tensor2D {
  const [count, length] = values.shape;
  const inner = length - 1;
  const before = tf.concat([tf.slice(values, [0, 1], [count, 1]), tf.slice(values, [0, 0], [count, inner])], 1);
  const after = tf.concat([tf.slice(values, [0, 1], [count, inner]), tf.slice(values, [0, inner - 1], [count, 1])], 1);
  return tf.mul(tf.add(before, after), 0.5);
}

export interface RankingOptions {
  /** Distance wanted between the bags. */
  margin?: number;
  /** The mean of this many highest scores stands for a bag; 1 takes the maximum. */
  top?: number;
  /** Weights of Σ s and of Σ (s_t − s_{t+1})² in the abnormal bag. */
  sparsity?: number;
  smoothness?: number;
}

/**
 * Multiple-instance ranking (Sultani, Chen & Shah 2018, eqs. 5–7): mean over pairs of max(0, m − top(s_abnormal) +
 * top(s_normal)), plus λ₁ Σ_t (s_t − s_{t+1})² and λ₂ Σ_t s_t of each abnormal bag. Scores in 0 … 1, abnormal
 * [A, T], normal [B, T]; every abnormal bag is compared with every normal one.
 */
export function multipleInstanceRanking(
  abnormal: tf.Tensor2D,
  normal: tf.Tensor2D,
  { margin = 1, top = 1, sparsity = 8e-5, smoothness = 8e-5 }: RankingOptions = {},
): tf.Scalar {
  return tf.tidy(() => {
    const gaps = tf.sub(
      tf.add(tf.expandDims(topMean(normal, top), 0), margin),
      tf.expandDims(topMean(abnormal, top), 1),
    );
    const smooth = tf.mean(tf.sum(tf.square(steps(abnormal, 1)), 1));
    const sparse = tf.mean(tf.sum(abnormal, 1));
    return tf.addN([tf.mean(tf.relu(gaps)), tf.mul(smooth, smoothness), tf.mul(sparse, sparsity)]) as tf.Scalar;
  });
}

/** Mean of the `top` highest scores of each row, [N, T] → [N]. The choice carries no gradient, the scores do. */
function topMean(scores: tf.Tensor2D, top: number): tf.Tensor1D {
  const count = scores.shape[1];
  if (!(top >= 1 && top <= count)) throw new RangeError(`a bag of ${count} scores has no ${top} highest`);
  const shares = stopGradient(scores, (values) => topShares(values, top));
  return tf.div(tf.sum(tf.mul(scores, shares), 1), top);
}

/**
 * How much of each score is among the `top` highest of its row, 0 … 1: equal scores at the edge share what is left.
 * From the values of topk alone, whose indices are all zero on WebGPU. [N, T].
 */
function topShares(scores: tf.Tensor2D, top: number): tf.Tensor2D {
  const edge = tf.min(tf.topk(scores, top).values, 1, true);
  const above = tf.cast(tf.greater(scores, edge), 'float32');
  const level = tf.cast(tf.equal(scores, edge), 'float32');
  const left = tf.sub(top, tf.sum(above, 1, true));
  return tf.add(above, tf.mul(level, tf.div(left, tf.sum(level, 1, true))));
}

/** x_{i+1} − x_i along an axis. */
function steps(x: tf.Tensor, axis: number): tf.Tensor {
  const shorter = x.shape.map((size, at) => (at === axis ? size - 1 : size));
  const second = x.shape.map((_, at) => (at === axis ? 1 : 0));
  const first = x.shape.map(() => 0);
  return tf.sub(tf.slice(x, second, shorter), tf.slice(x, first, shorter));
}

/** Mean |x_{i+1} − x_i|; 0 along an axis of one cell. */
const meanStep = (x: tf.Tensor, axis: number): tf.Tensor =>
  x.shape[axis] < 2 ? tf.scalar(0) : tf.mean(tf.abs(steps(x, axis)));

const unitRows = (rows: tf.Tensor2D): tf.Tensor =>
  tf.div(rows, tf.sqrt(tf.add(tf.sum(tf.square(rows), 1, true), 1e-8)));
