import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';
import { differentiate } from './differentiate';
import {
  attentionRegularisation,
  featureConsistency,
  multipleInstanceRanking,
  temporalCoherence,
  temporalConfidenceLoss,
} from './sequence-losses';

const value = async (loss: tf.Tensor) => (await loss.data())[0];
const random = (seed: number, ...shape: number[]) => randomTensor(createRng(seed), shape);

it('feature consistency counts normal clips only', () =>
  onEachBackend(async () => {
    const first = tf.tensor2d([
      [1, 0],
      [2, 0],
      [1, 0],
    ]);
    const second = tf.tensor2d([
      [0, 3],
      [5, 0],
      [-1, 0],
    ]);
    // Right angle 1, same direction 0; the third is abnormal.
    expect(await value(featureConsistency(first, second, tf.tensor1d([0, 0, 1])))).toBeCloseTo(0.5);
    expect(await value(featureConsistency(first, second, tf.ones([3])))).toBe(0);
    const labels = tf.tensor1d([0, 1, 0]);
    const loss = (a: tf.Tensor, b: tf.Tensor) => featureConsistency(a as tf.Tensor2D, b as tf.Tensor2D, labels);
    const [a, b] = [random(1, 3, 4), random(2, 3, 4)];
    await checkGradient(loss, [a, b]);
    await expectNoLeak(() => loss(a, b));
  }));

it('temporal coherence', () =>
  onEachBackend(async () => {
    expect(await value(temporalCoherence(tf.tensor2d([[0, 1, 3]])))).toBeCloseTo(2.5);
    const scores = random(3, 2, 5) as tf.Tensor2D;
    await checkGradient((s) => temporalCoherence(s as tf.Tensor2D), [scores]);
    await expectNoLeak(() => temporalCoherence(scores));
  }));

it('attention regularisation', () =>
  onEachBackend(async () => {
    const only = { entropy: 1, smoothness: 0 };
    expect(await value(attentionRegularisation(tf.ones([2, 3, 4]), only))).toBeCloseTo(1, 4);
    const peak = tf.tensor3d([[[0, 5], [0, 0]]]); // biome-ignore format: one map
    expect(await value(attentionRegularisation(peak, only))).toBeCloseTo(0, 4);
    // p·4 = [[0, 4], [0, 0]]: |steps| down 0, 4 → 2; along 4, 0 → 2.
    expect(await value(attentionRegularisation(peak, { entropy: 0, smoothness: 1 }))).toBeCloseTo(4, 4);
    const maps = tf.add(tf.square(random(4, 2, 3, 3)), 0.5) as tf.Tensor3D;
    await checkGradient((m) => attentionRegularisation(m as tf.Tensor3D), [maps], { step: 1e-3 });
    await expectNoLeak(() => attentionRegularisation(maps));
  }));

const sigmoid = (z: number) => 1 / (1 + Math.exp(-z));
const softplus = (z: number) => Math.log1p(Math.exp(z));

it('temporal confidence reweighting', () =>
  onEachBackend(async () => {
    const z = [2, -1, 2];
    const p = z.map(sigmoid);
    const neighbours = [p[1], (p[0] + p[2]) / 2, p[1]];
    const weights = p.map((chance, t) => 1 + 4 * Math.abs(2 * chance - 1) * Math.abs(chance - neighbours[t]));
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const expected = weights.reduce((sum, weight, t) => sum + (weight / total) * softplus(-z[t]), 0);
    expect(await value(temporalConfidenceLoss(tf.tensor2d([z]), tf.ones([1, 3])))).toBeCloseTo(expected, 5);

    // Weights without a gradient: ∂/∂z_t = w_t·(p_t − y_t)/Σ w.
    const { gradients } = differentiate((q) => temporalConfidenceLoss(q.z as tf.Tensor2D, tf.ones([1, 3])), {
      z: tf.tensor2d([z]),
    });
    const slopes = [...(await (gradients.z as tf.Tensor).data())];
    for (const [t, slope] of slopes.entries()) expect(slope).toBeCloseTo((weights[t] * (p[t] - 1)) / total, 5);
    const logits = random(5, 2, 4) as tf.Tensor2D;
    const labels = tf.ones([2, 4]) as tf.Tensor2D;
    await checkGradient((x) => temporalConfidenceLoss(x as tf.Tensor2D, labels, { gamma: 0 }), [logits]);
    await expectNoLeak(() => temporalConfidenceLoss(logits, labels));
  }));

it('multiple-instance ranking', () =>
  onEachBackend(async () => {
    const abnormal = tf.tensor2d([[0.1, 0.8, 0.4]]);
    const normal = tf.tensor2d([
      [0.2, 0.1, 0],
      [0.1, 0.1, 0.9],
    ]);
    const bare = { sparsity: 0, smoothness: 0 };
    // Maxima: 1 − 0.8 + 0.2 and 1 − 0.8 + 0.9.
    expect(await value(multipleInstanceRanking(abnormal, normal, bare))).toBeCloseTo(0.75);
    // Two highest: 0.6 against 0.15 and 0.5.
    expect(await value(multipleInstanceRanking(abnormal, normal, { ...bare, top: 2 }))).toBeCloseTo(0.725);
    // Equal scores: the bag's two highest are 0.8 and 0.4, whichever of the 0.4 it is.
    const equal = tf.tensor2d([[0.4, 0.8, 0.4]]);
    expect(await value(multipleInstanceRanking(equal, normal, { ...bare, top: 2 }))).toBeCloseTo(0.725);
    const extra = (await value(multipleInstanceRanking(abnormal, normal, { sparsity: 1, smoothness: 1 }))) - 0.75;
    expect(extra).toBeCloseTo(1.3 + 0.49 + 0.16, 5);
    expect(() => multipleInstanceRanking(abnormal, normal, { top: 4 })).toThrow('3 scores has no 4 highest');
    const loss = (a: tf.Tensor, b: tf.Tensor) =>
      multipleInstanceRanking(a as tf.Tensor2D, b as tf.Tensor2D, { top: 2, sparsity: 0.1, smoothness: 0.1 });
    const bags = [random(6, 2, 5), random(7, 3, 5)];
    await checkGradient(loss, bags, { step: 1e-3, tolerance: 2e-2 });
    await expectNoLeak(() => loss(bags[0], bags[1]));
  }));
