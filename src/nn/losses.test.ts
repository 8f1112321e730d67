import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';
import { anomalyMargin, binaryCrossEntropy, crossEntropies, focalLoss, l2Penalty, meanSquaredError } from './losses';

const value = async (loss: tf.Tensor) => (await loss.data())[0];
const labels = () => tf.tensor1d([1, 0, 1, 0, 1, 0]);
const logits = () => randomTensor(createRng(2), [6]) as tf.Tensor1D;

/** Gradient against finite differences, and no tensor left. */
async function check(f: (...inputs: tf.Tensor[]) => tf.Scalar, ...inputs: tf.Tensor[]): Promise<void> {
  await checkGradient(f, inputs);
  await expectNoLeak(() => f(...inputs));
}

it('binary cross-entropy', () =>
  onEachBackend(async () => {
    // σ(0) = ½, so each costs log 2, the positive twice.
    expect(await value(binaryCrossEntropy(tf.tensor1d([0, 0]), tf.tensor1d([1, 0]), 2))).toBeCloseTo(
      1.5 * Math.log(2),
      5,
    );
    const sure = [...(await crossEntropies(tf.tensor1d([50, -50, 50]), tf.tensor1d([1, 0, 0])).data())];
    for (const [index, expected] of [0, 0, 50].entries()) expect(sure[index]).toBeCloseTo(expected, 4);
    const truth = labels();
    await check((z) => binaryCrossEntropy(z, truth, 4), logits());
  }));

it('focal loss', () =>
  onEachBackend(async () => {
    // p_t = ½: α_t·¼·log 2, α_t 0.25 for the positive and 0.75 for the negative.
    expect(await value(focalLoss(tf.tensor1d([0, 0]), tf.tensor1d([1, 0])))).toBeCloseTo(0.125 * Math.log(2), 5);
    const [plain, half] = [
      await value(binaryCrossEntropy(logits(), labels())),
      await value(focalLoss(logits(), labels(), { gamma: 0, alpha: 0.5 })),
    ];
    expect(half).toBeCloseTo(plain / 2, 5);
    await check((z) => tf.tidy(() => focalLoss(z, labels())), logits());
  }));

it('mean squared error', () =>
  onEachBackend(async () => {
    expect(await value(meanSquaredError(tf.tensor1d([1, 2]), tf.tensor1d([0, 4])))).toBeCloseTo(2.5);
    await check((a, b) => meanSquaredError(a, b), logits(), labels());
  }));

it('anomaly margin', () =>
  onEachBackend(async () => {
    // Pairs (normal, abnormal): 1 + 0.5 − 2 < 0 → 0; 1 + 1.5 − 2 = 0.5. Mean 0.25.
    const errors = tf.tensor1d([0.5, 2, 1.5]);
    expect(await value(anomalyMargin(errors, tf.tensor1d([0, 1, 0]), 1))).toBeCloseTo(0.25);
    expect(await value(anomalyMargin(errors, tf.zeros([3]), 1))).toBe(0);
    await check((e) => tf.tidy(() => anomalyMargin(e as tf.Tensor1D, labels(), 2)), logits());
  }));

it('L2 of weights, without biases', () =>
  onEachBackend(async () => {
    const params = { kernel: tf.tensor2d([[1, 2]]), bias: tf.tensor1d([7]) };
    expect(await value(l2Penalty(params))).toBeCloseTo(2.5);
    expect(await value(l2Penalty({ bias: tf.tensor1d([7]) }))).toBe(0);
    await check((kernel) => l2Penalty({ kernel }), randomTensor(createRng(5), [2, 2]));
  }));
