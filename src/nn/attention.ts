/** Multi-head attention over rows of tokens. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';

export type AttentionParams = { query: DenseParams; key: DenseParams; value: DenseParams; output: DenseParams };

export interface AttentionConfig {
  /** Channels of the tokens that ask, and of the result. */
  channels: number;
  /** Channels of the tokens that are read; those that ask by default. */
  contextChannels?: number;
  /** Channels of the attention itself, over all heads; `channels` by default. */
  width?: number;
}

export interface AttentionOptions {
  heads: number;
  /** [B, Nk]: 1 where a token may be read, 0 where it is padding. At least one token of a row should be 1. */
  mask?: tf.Tensor2D;
  /** How the products of heads are made: one plain 2-D product each, or all in one batch; the faster one by default. */
  products?: 'plain' | 'batched';
}

export type Attended = {
  /** [B, Nq, channels] */
  output: tf.Tensor3D;
  /** [B, heads, Nq, Nk]; each row sums to 1. */
  weights: tf.Tensor4D;
};

export function createAttention(rng: Rng, config: AttentionConfig): AttentionParams {
  const { channels, contextChannels = channels, width = channels } = config;
  return {
    query: createDense(rng.fork('query'), { inputs: channels, outputs: width }),
    key: createDense(rng.fork('key'), { inputs: contextChannels, outputs: width }),
    value: createDense(rng.fork('value'), { inputs: contextChannels, outputs: width }),
    output: createDense(rng.fork('output'), { inputs: width, outputs: channels }),
  };
}

/**
 * Attention(Q, K, V) = softmax(Q·Kᵀ/√d)·V per head, heads joined and projected (Vaswani et al. 2017, eq. 1): `queries`
 * [B, Nq, channels] read `context` [B, Nk, contextChannels]. Self attention where both are the same tensor.
 */
export function attention(
  params: AttentionParams,
  queries: tf.Tensor3D,
  context: tf.Tensor3D,
  options: AttentionOptions,
): Attended {
  const width = params.query.bias.size;
  if (width % options.heads !== 0) throw new RangeError(`${options.heads} heads do not divide ${width} channels`);
  const { products = fasterProducts(queries.shape[1] * context.shape[1] * (width / options.heads)) } = options;
  return tf.tidy((): Attended => {
    const projected: Projected = {
      query: tf.mul(dense(params.query, queries), Math.sqrt(options.heads / width)),
      key: dense(params.key, context) as tf.Tensor3D,
      value: dense(params.value, context) as tf.Tensor3D,
    };
    const { joined, weights } = (products === 'plain' ? plainHeads : batchedHeads)(projected, options);
    return { output: dense(params.output, joined) as tf.Tensor3D, weights };
  });
}

/** WebAssembly multiplies plain matrices ten times faster than a batch, once they are large enough to pay for a call each. */
const fasterProducts = (multiplicationsPerHead: number) =>
  tf.getBackend() === 'wasm' && multiplicationsPerHead > 250_000 ? 'plain' : 'batched';

/** Each [B, N, width]; the query already divided by √d. */
interface Projected {
  query: tf.Tensor3D;
  key: tf.Tensor3D;
  value: tf.Tensor3D;
}

interface Heads {
  /** [B, Nq, width] */
  joined: tf.Tensor3D;
  weights: tf.Tensor4D;
}

function batchedHeads({ query, key, value }: Projected, { heads, mask }: AttentionOptions): Heads {
  const [batch, , width] = query.shape;
  const split = (tokens: tf.Tensor3D) =>
    tf.transpose(tf.reshape(tokens, [batch, -1, heads, width / heads]), [0, 2, 1, 3]); // [B, heads, N, d]
  const scores = tf.matMul(split(query), split(key), false, true); // [B, heads, Nq, Nk]
  const bias = mask && tf.reshape(maskBias(mask), [batch, 1, 1, -1]);
  const weights = tf.softmax(bias ? tf.add(scores, bias) : scores) as tf.Tensor4D;
  const read = tf.transpose(tf.matMul(weights, split(value)), [0, 2, 1, 3]); // [B, Nq, heads, d]
  return { joined: tf.reshape(read, query.shape), weights };
}

function plainHeads(projected: Projected, { heads, mask }: AttentionOptions): Heads {
  const [batch, , width] = projected.query.shape;
  const depth = width / heads;
  const bias = mask && tf.unstack(maskBias(mask)); // [Nk] each
  const rows: tf.Tensor2D[] = [];
  const weights: tf.Tensor3D[] = [];
  for (let b = 0; b < batch; b++) {
    const part = (tokens: tf.Tensor3D, head: number) =>
      tf.squeeze<tf.Tensor2D>(tf.slice(tokens, [b, 0, head * depth], [1, -1, depth]), [0]); // [N, d]
    const reads: tf.Tensor2D[] = [];
    const perHead: tf.Tensor2D[] = [];
    for (let head = 0; head < heads; head++) {
      const { query, key, value } = projected;
      const scores = tf.matMul<tf.Tensor2D>(part(query, head), tf.transpose(part(key, head))); // [Nq, Nk]
      const share = tf.softmax(bias ? tf.add<tf.Tensor2D>(scores, bias[b]) : scores);
      perHead.push(share);
      reads.push(tf.matMul(share, part(value, head)));
    }
    rows.push(tf.concat(reads, 1)); // [Nq, width]
    weights.push(tf.stack(perHead) as tf.Tensor3D);
  }
  return { joined: tf.stack(rows) as tf.Tensor3D, weights: tf.stack(weights) as tf.Tensor4D };
}

/** Added to scores: 0 where the mask is 1, so low where it is 0 that softmax gives nothing. */
const maskBias = (mask: tf.Tensor2D) => tf.mul(tf.sub(mask, 1), 1e9);
