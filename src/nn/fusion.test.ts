import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { affm, affmCues, createAffm } from './affm';
import { onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { namedTaps } from './conv3d-stacked';
import { createCrossAttentionFusion, crossAttentionFusion } from './cross-attention-fusion';
import { createFeatureEnhancement, featureEnhancement } from './feature-enhancement';
import { spatioTemporalAttention } from './spatio-temporal-attention';

const rng = createRng(6);
const frames = (name: string, ...shape: number[]) => randomTensor(rng.fork(name), shape) as tf.Tensor4D;
const rows = (name: string, count: number, width: number) =>
  randomTensor(rng.fork(name), [count, width]) as tf.Tensor2D;

describe('crossAttentionFusion', () => {
  const create = () => createCrossAttentionFusion(rng, { streams: ['motion', 'colour'], channels: 3 });

  it('gives values that can be checked by hand', () =>
    onEachBackend(async () => {
      const layer = (kernel: number[], bias: number) => ({
        kernel: tf.tensor2d(kernel, [kernel.length, 1]),
        bias: tf.tensor1d([bias]),
      });
      const stream = (bias: number) => ({ vector: layer([1], 0), logits: layer([0, 2], bias) });
      const params = { colour: stream(0.5), motion: stream(-0.5) };
      const { output, weights } = crossAttentionFusion(params, {
        colour: tf.tensor4d([4, 8], [1, 1, 2, 1]),
        motion: tf.tensor4d([1, -1], [1, 1, 2, 1]),
      });
      const colour = 1 / (1 + Math.exp(-1)); // the shared vector is the same for both: logits differ by the biases
      await expectClose(weights.colour, [colour], 1e-6);
      await expectClose(output, [4 * colour + (1 - colour), 8 * colour - (1 - colour)], 1e-5);
    }));

  it('weighs the streams so that they sum to 1 per channel, each by what the other shows', () =>
    onEachBackend(async () => {
      const params = create();
      const [colour, motion, other] = ['a', 'b', 'c'].map((name) => frames(name, 2, 3, 4, 3));
      const { weights } = crossAttentionFusion(params, { colour, motion });
      await expectClose(tf.add(weights.colour, weights.motion), tf.ones([2, 3]), 1e-6);
      const changed = crossAttentionFusion(params, { colour, motion: other }).weights;
      expect((await tf.max(tf.abs(tf.sub(changed.colour, weights.colour))).data())[0]).toBeGreaterThan(1e-3);
    }));

  it('refuses one stream, and a stream that is missing', () =>
    onBackend('cpu', () => {
      expect(() => createCrossAttentionFusion(rng, { streams: ['colour'], channels: 3 })).toThrow(/at least two/);
      expect(() => crossAttentionFusion(create(), { colour: frames('a', 1, 2, 2, 3) })).toThrow(/motion is missing/);
    }));
});

describe('affm', () => {
  const create = () => createAffm(rng, { cues: { motion: 2, appearance: 4, context: 3 }, width: 3 });
  const cues = () => ({ appearance: rows('a', 5, 4), motion: rows('m', 5, 2), context: rows('c', 5, 3) });

  it('mixes the projected cues by its gates', () =>
    onEachBackend(async () => {
      const layer = (kernel: number[][], bias: number[]) => ({ kernel: tf.tensor2d(kernel), bias: tf.tensor1d(bias) });
      const one = layer([[1]], [0]);
      const params = {
        projections: { appearance: one, motion: one },
        gates: layer(
          [
            [0, 1],
            [0, 0],
          ],
          [0, 0],
        ), // the logit of motion is what appearance shows
      };
      const fused = affm(params, { appearance: tf.tensor2d([[0], [50]]), motion: tf.tensor2d([[-50], [-50]]) });
      const moved = 1 / (1 + Math.exp(-1)); // both cues saturate at ±1
      await expectClose(fused.gates, [0.5, 0.5, 1 - moved, moved], 1e-5);
      await expectClose(fused.output, [-0.5, 1 - 2 * moved], 1e-5);
    }));

  it('has gates per object that sum to 1, in order of the names', () =>
    onEachBackend(async () => {
      const params = create();
      const { gates } = affm(params, cues());
      expect(affmCues(params)).toEqual(['appearance', 'context', 'motion']);
      await expectClose(tf.sum(gates, 1), tf.ones([5]), 1e-6);
      const { variance } = tf.moments(gates, 0);
      expect((await tf.max(variance).data())[0]).toBeGreaterThan(1e-4);
    }));

  it('leaves out a cue that is away, whatever it holds', () =>
    onEachBackend(async () => {
      const params = create();
      const present = tf.tensor2d([
        [1, 1, 1],
        [0, 1, 1],
        [1, 0, 0],
        [1, 1, 1],
        [0, 1, 1],
      ]);
      const given = cues();
      const { output, gates } = affm(params, given, present);
      const other = affm(params, { ...given, appearance: tf.mul(given.appearance, -3) as tf.Tensor2D }, present);
      await expectClose(tf.mul(gates, tf.sub(1, present)), tf.zeros([5, 3]), 0);
      await expectClose(tf.slice(other.output, 1, 1), tf.slice(output, 1, 1), 0);
      await expectClose(tf.slice(gates, 2, 1), [1, 0, 0], 1e-6);
    }));

  it('refuses a cue that is missing', () =>
    onBackend('cpu', () => {
      const { motion, context } = cues();
      expect(() => affm(create(), { motion, context })).toThrow(/appearance is missing/);
    }));
});

describe('featureEnhancement', () => {
  it('halves everything twice where its gates know nothing', () =>
    onEachBackend(async () => {
      const params = createFeatureEnhancement(rng, { channels: 4 });
      const silent = {
        ...params,
        excite: { kernel: tf.zerosLike(params.excite.kernel), bias: params.excite.bias },
        places: { taps: namedTaps([tf.zeros([1, 1, 2, 1])]), bias: tf.zeros([1]) },
      };
      const clip = frames('x', 2, 3, 3, 4);
      await expectClose(featureEnhancement(silent, clip).output, tf.mul(clip, 0.25), 1e-6);
    }));

  it('opens a place by the mean and maximum over its channels', () =>
    onEachBackend(async () => {
      const params = createFeatureEnhancement(rng, { channels: 2 });
      const open = {
        ...params,
        excite: { kernel: tf.zerosLike(params.excite.kernel), bias: tf.tensor1d([50, 50]) },
        places: { taps: namedTaps([tf.tensor4d([1, 10], [1, 1, 2, 1])]), bias: tf.zeros([1]) },
      };
      const { placeGates, channelGates } = featureEnhancement(open, tf.tensor4d([0.1, 0.3, -0.2, 0], [1, 1, 2, 2]));
      const gate = (logit: number) => 1 / (1 + Math.exp(-logit));
      await expectClose(channelGates, [1, 1], 1e-6);
      await expectClose(placeGates, [gate(0.2 + 3), gate(-0.1 + 0)], 1e-5);
    }));
});

it('spatioTemporalAttention weighs places by one path and moments by the other', () =>
  onEachBackend(async () => {
    const tap = (weight: number) => tf.tensor4d([weight], [1, 1, 1, 1]);
    const params = {
      spatial: { kernel: tap(1), bias: tf.zeros([1]) },
      temporal: { taps: namedTaps([tap(2), tap(0)]), bias: tf.zeros([1]) }, // reads the frame before
    };
    const spatial = tf.tensor4d([1, -1, 0, 3], [2, 1, 2, 1]);
    const temporal = tf.tensor4d([4, 2, 1, 1], [2, 1, 2, 1]);
    const { output, spatialWeights, temporalWeights } = spatioTemporalAttention(params, spatial, temporal);
    const gate = (logit: number) => 1 / (1 + Math.exp(-logit));
    await expectClose(spatialWeights, [1, -1, 0, 3].map(gate), 1e-5);
    await expectClose(temporalWeights, [0.5, gate(6)], 1e-5);
    await expectClose(output, [gate(1) + 2, -gate(-1) + 1, gate(6), 3 * gate(3) + gate(6)], 1e-5);
  }));
