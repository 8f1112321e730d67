/** Attention along time: each place reads its own past at a few sampled moments. */
import * as tf from '@tensorflow/tfjs-core';

export interface TimeAttentionInputs {
  /** Asked by the places of the frame now: [N, C]. */
  query: tf.Tensor2D;
  /** What the sampled moments offer, newest first, each [N, C]. */
  keys: readonly tf.Tensor2D[];
  values: readonly tf.Tensor2D[];
  /** Added to the keys of a moment for its age: [S, C]. */
  ageKeys: tf.Tensor2D;
  /** Whether there is a frame at the moment; at least one. What stands in the place of the others is not read. */
  present: readonly boolean[];
  heads: number;
}

export type TimeAttended = {
  /** [N, C] */
  read: tf.Tensor2D;
  /** Mean over heads; over the moments they sum to 1 at each place. [S, N] */
  weights: tf.Tensor2D;
};

/**
 * softmaxₛ(qₙ·(kₛₙ + aₛ)/√d)·vₛₙ per place n and head. The short products of single places are written as one element-wise product
 * and one plain matrix product over all places and moments.
 */
export function timeAttention(inputs: TimeAttentionInputs): TimeAttended {
  return tf.tidy((): TimeAttended => {
    const { query, keys, values, heads } = inputs;
    const [places, channels] = query.shape;
    const moments = keys.length;
    const summed = headSum(channels, heads); // [C, heads]
    const aged = tf.add(
      tf.reshape(tf.concat([...keys], 0), [moments, places, channels]),
      tf.expandDims(inputs.ageKeys, 1),
    );
    const products = tf.reshape(tf.mul(aged, tf.expandDims(query, 0)), [moments * places, channels]);
    const scores = tf.mul(tf.matMul(products as tf.Tensor2D, summed), Math.sqrt(heads / channels)); // [S·N, heads]
    const weights = softmaxOverMoments(tf.reshape(scores, [moments, places * heads]), inputs.present);
    const perHead = tf.reshape(weights, [moments * places, heads]) as tf.Tensor2D;
    const spread = tf.matMul(perHead, tf.transpose(summed)); // [S·N, C]
    const read = tf.sum(tf.reshape(tf.mul(spread, tf.concat([...values], 0)), [moments, places, channels]), 0);
    return { read: read as tf.Tensor2D, weights: tf.reshape(tf.mean(perHead, 1), [moments, places]) };
  });
}

/** Softmax down each column [S, …], absent moments left out. */
function softmaxOverMoments(scores: tf.Tensor, present: readonly boolean[]): tf.Tensor {
  const bias = tf.tensor1d(present.map((here) => (here ? 0 : -1e9)));
  return tf.transpose(tf.softmax(tf.add(tf.transpose(scores), bias)));
}

/** Sums the channels of each head: [C, heads], 1 where the channel belongs to the head. */
function headSum(channels: number, heads: number): tf.Tensor2D {
  if (channels % heads !== 0) throw new RangeError(`${heads} heads do not divide ${channels} channels`);
  const depth = channels / heads;
  const values = Float32Array.from({ length: channels * heads }, (_, at) =>
    Math.floor(Math.floor(at / heads) / depth) === at % heads ? 1 : 0,
  );
  return tf.tensor2d(values, [channels, heads]);
}
