/** Losses on single predictions, reconstructions and weights. Each is a mean over its elements, a scalar. */
import * as tf from '@tensorflow/tfjs-core';
import { namedLeaves, type ParamTree } from './tree';

/**
 * Binary cross-entropy from logits z with labels y in 0 … 1 and weight w of the positives (STADNet eq. 4):
 * −[w·y·log σ(z) + (1−y)·log(1−σ(z))] = w·y·softplus(−z) + (1−y)·softplus(z), one value per logit, not averaged.
 */
export function crossEntropies(logits: tf.Tensor, labels: tf.Tensor, positiveWeight = 1): tf.Tensor {
  return tf.tidy(() =>
    tf.add(
      tf.mul(tf.mul(labels, positiveWeight), tf.softplus(tf.neg(logits))),
      tf.mul(tf.sub(1, labels), tf.softplus(logits)),
    ),
  );
}

/** Mean of `crossEntropies`. */
export const binaryCrossEntropy = (logits: tf.Tensor, labels: tf.Tensor, positiveWeight = 1): tf.Scalar =>
  tf.tidy(() => average(crossEntropies(logits, labels, positiveWeight)));

/**
 * Focal loss (Lin et al. 2017, eq. 5): mean of −α_t·(1−p_t)^γ·log p_t, p_t the probability given to the true class,
 * α_t = α for positives and 1−α for negatives. Labels 0 or 1.
 */
export function focalLoss(logits: tf.Tensor, labels: tf.Tensor, { gamma = 2, alpha = 0.25 } = {}): tf.Scalar {
  return tf.tidy(() => {
    const sign = tf.sub(tf.mul(labels, 2), 1);
    const towardsTruth = tf.mul(logits, sign);
    const missing = tf.sigmoid(tf.neg(towardsTruth)); // 1 − p_t
    const balance = tf.add(tf.mul(labels, 2 * alpha - 1), 1 - alpha);
    return average(tf.mul(tf.mul(balance, tf.pow(missing, gamma)), tf.softplus(tf.neg(towardsTruth))));
  });
}

/** Mean squared error, mean of (x̂ − x)² (STADNet, reconstruction). */
export const meanSquaredError = (reconstruction: tf.Tensor, original: tf.Tensor): tf.Scalar =>
  tf.tidy(() => average(tf.squaredDifference(reconstruction, original)));

/**
 * Abnormal samples shall reconstruct worse than normal ones by a margin m (after STADNet's anomaly loss; the paper gives no
 * formula): mean over all pairs of max(0, m + e_normal − e_abnormal). errors and labels (1 = abnormal) [N]; 0 where
 * the batch lacks either kind.
 */
export function anomalyMargin(errors: tf.Tensor1D, labels: tf.Tensor1D, margin: number): tf.Scalar {
  return tf.tidy(() => {
    const gaps = tf.sub(tf.add(tf.expandDims(errors, 1), margin), tf.expandDims(errors, 0)); // [normal, abnormal]
    const pairs = tf.mul(tf.expandDims(tf.sub(1, labels), 1), tf.expandDims(labels, 0));
    return tf.div(tf.sum(tf.mul(tf.relu(gaps), pairs)), tf.maximum(tf.sum(pairs), 1));
  });
}

/** Half the sum of squares of all weights, ½ Σ ‖W‖², biases and gains (rank below 2) left out (STADNet eq. 5). */
export function l2Penalty(params: ParamTree): tf.Scalar {
  return tf.tidy(() => {
    const weights = namedLeaves(params).filter(([, tensor]) => tensor.rank >= 2);
    if (weights.length === 0) return tf.scalar(0);
    return tf.mul(tf.addN(weights.map(([, weight]) => tf.sum(tf.square(weight)))), 0.5);
  });
}

const average = (values: tf.Tensor): tf.Scalar => tf.mean(values) as tf.Scalar;
