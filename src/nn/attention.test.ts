import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { type AttentionParams, attention, createAttention } from './attention';
import { onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';

const rng = createRng(5);
const tokens = (name: string, ...shape: number[]) => randomTensor(rng.fork(name), shape) as tf.Tensor3D;
const identity = (channels: number) => ({ kernel: tf.eye(channels), bias: tf.zeros([channels]) });
const plainParams = (channels: number): AttentionParams => ({
  query: identity(channels),
  key: identity(channels),
  value: identity(channels),
  output: identity(channels),
});

describe.each(['plain', 'batched'] as const)('attention with %s products', (products) => {
  it('gives values that can be checked by hand', () =>
    onEachBackend(async () => {
      const queries = tf.tensor3d([[[1, 2]]]);
      const context = tf.tensor3d([
        [
          [1, 0],
          [0, 1],
        ],
      ]);
      const { output, weights } = attention(plainParams(2), queries, context, { heads: 1, products });
      const first = 1 / (1 + Math.exp(1 / Math.sqrt(2))); // softmax of 1/√2 and 2/√2
      await expectClose(weights, [first, 1 - first], 1e-6);
      await expectClose(output, [first, 1 - first], 1e-6);
    }));

  it('lets each head attend by its own channels', () =>
    onEachBackend(async () => {
      const queries = tf.tensor3d([[[9, 9]]]);
      const context = tf.tensor3d([
        [
          [1, 0],
          [0, 1],
        ],
      ]);
      const { weights } = attention(plainParams(2), queries, context, { heads: 2, products });
      const most = 1 / (1 + Math.exp(-9));
      await expectClose(weights, [most, 1 - most, 1 - most, most], 1e-6);
    }));

  it('does not read what is masked', () =>
    onEachBackend(async () => {
      const params = createAttention(rng, { channels: 4 });
      const queries = tokens('queries', 2, 3, 4);
      const context = tokens('context', 2, 5, 4);
      const mask = tf.tensor2d([
        [1, 1, 1, 0, 0],
        [1, 1, 1, 0, 0],
      ]);
      const masked = attention(params, queries, context, { heads: 2, mask, products });
      const short = attention(params, queries, tf.slice(context, 0, [2, 3, 4]), { heads: 2, products });
      await expectClose(masked.output, short.output, 1e-6);
      await expectClose(tf.max(tf.slice(masked.weights, [0, 0, 0, 3])), [0], 0);
    }));

  it('has weights that sum to 1, one row per query and head', () =>
    onEachBackend(async () => {
      const params = createAttention(rng, { channels: 4, contextChannels: 3, width: 6 });
      const { weights } = attention(params, tokens('q', 2, 3, 4), tokens('c', 2, 5, 3), { heads: 3, products });
      expect(weights.shape).toEqual([2, 3, 3, 5]);
      await expectClose(tf.sum(weights, 3), tf.ones([2, 3, 3]), 1e-6);
    }));
});

it('gives the same either way', () =>
  onEachBackend(async () => {
    const params = createAttention(rng, { channels: 8 });
    const x = tokens('x', 3, 7, 8);
    const plain = attention(params, x, x, { heads: 4, products: 'plain' });
    const batched = attention(params, x, x, { heads: 4, products: 'batched' });
    await expectClose(plain.output, batched.output, 1e-5);
    await expectClose(plain.weights, batched.weights, 1e-5);
  }));

it('refuses heads that do not divide the channels', () =>
  onBackend('cpu', () => {
    const x = tokens('x', 1, 2, 4);
    expect(() => attention(createAttention(rng, { channels: 4 }), x, x, { heads: 3 })).toThrow(
      /3 heads do not divide 4/,
    );
  }));
