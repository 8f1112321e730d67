/** STADNet's cross-attention fusion: streams such as colour and motion weigh one another, channel by channel. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';

type StreamParams = {
  /** Picture mean to the stream's attention vector. */
  vector: DenseParams;
  /** Own and shared attention vector to one logit per channel. */
  logits: DenseParams;
};

/** One entry per stream, under its name. */
export type CrossAttentionFusionParams = { readonly [stream: string]: StreamParams };

export interface CrossAttentionFusionConfig {
  /** Names of the streams, at least two. */
  streams: readonly string[];
  /** Channels of every stream. */
  channels: number;
}

export type CrossFused = {
  /** [T, H, W, channels] */
  output: tf.Tensor4D;
  /** α per stream [T, channels]; over the streams they sum to 1. */
  weights: { [stream: string]: tf.Tensor2D };
};

export function createCrossAttentionFusion(rng: Rng, config: CrossAttentionFusionConfig): CrossAttentionFusionParams {
  const { streams, channels } = config;
  if (streams.length < 2) throw new RangeError(`fusion needs at least two streams, got [${streams}]`);
  const create = (random: Rng): StreamParams => ({
    vector: createDense(random.fork('vector'), { inputs: channels, outputs: channels }),
    logits: createDense(random.fork('logits'), { inputs: 2 * channels, outputs: channels }),
  });
  return Object.fromEntries(streams.map((stream) => [stream, create(rng.fork(stream))]));
}

/**
 * X = Σᵢ αᵢ∘Xᵢ (STADNet eq. 3) for streams [T, H, W, channels] of one size. Attention vectors vᵢ = tanh(Vᵢ·mean(Xᵢ)) are multiplied
 * element by element, as the paper says, into a shared s = Πᵢ vᵢ; then α = softmax over the streams of Uᵢ·[vᵢ, s] per channel.
 */
export function crossAttentionFusion(
  params: CrossAttentionFusionParams,
  streams: { readonly [stream: string]: tf.Tensor4D },
): CrossFused {
  const names = Object.keys(params).sort();
  for (const name of names) {
    if (!streams[name]) throw new RangeError(`stream ${name} is missing, got [${Object.keys(streams)}]`);
  }
  return tf.tidy((): CrossFused => {
    const vectors = names.map((name) => tf.tanh(dense(params[name].vector, tf.mean(streams[name], [1, 2])))); // [T, C]
    const shared = vectors.reduce((product, vector) => tf.mul(product, vector));
    const logits = names.map((name, index) => dense(params[name].logits, tf.concat([vectors[index], shared], 1)));
    const weights = softmaxOver(logits) as tf.Tensor2D[];
    const parts = names.map((name, index) => tf.mul(streams[name], overPicture(weights[index])));
    const output = parts.reduce((sum, part) => tf.add(sum, part)) as tf.Tensor4D;
    return { output, weights: Object.fromEntries(names.map((name, index) => [name, weights[index]])) };
  });
}

/** Softmax across tensors of one shape: at each entry the results sum to 1. */
function softmaxOver(logits: readonly tf.Tensor[]): tf.Tensor[] {
  return tf.unstack(tf.softmax(tf.stack([...logits], -1)), -1);
}

/** [T, C] to [T, 1, 1, C]. */
const overPicture = (weights: tf.Tensor2D) => tf.reshape(weights, [weights.shape[0], 1, 1, weights.shape[1]]);
