/** Gradients on WebGPU agree with those on the processor. Shapes are tiny: without a graphics card the adapter is slow. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { registerGradients, stopGradient } from './gradients';
import { binaryCrossEntropy } from './losses';
import { multipleInstanceRanking } from './sequence-losses';

const adapter = await navigator.gpu?.requestAdapter().catch(() => null);

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

const ops: Record<string, [Op, number[][]]> = {
  convolution: [
    (x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, 'same'),
    [
      [1, 4, 5, 2],
      [3, 3, 2, 3],
    ],
  ],
  'convolution, stride 2': [
    (x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 2, 'valid'),
    [
      [1, 5, 6, 2],
      [3, 3, 2, 2],
    ],
  ],
  'transposed convolution': [
    (x, f) => tf.conv2dTranspose(x as tf.Tensor4D, f as tf.Tensor4D, [1, 6, 4, 2], 2, 'same'),
    [
      [1, 3, 2, 2],
      [3, 3, 2, 2],
    ],
  ],
  'depthwise convolution': [
    (x, f) => tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, 'same'),
    [
      [1, 4, 5, 2],
      [3, 3, 2, 1],
    ],
  ],
  attention: [
    (q, k, v) => tf.matMul(tf.softmax(tf.matMul(q, k, false, true)), v),
    [
      [2, 3, 4],
      [2, 5, 4],
      [2, 5, 3],
    ],
  ],
  gather: [(x) => tf.gather(x, tf.tensor1d([2, 0, 2], 'int32')), [[3, 2]]],
  'maximum pool': [(x) => tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid'), [[1, 4, 6, 2]]],
  'average pool': [(x) => tf.avgPool(x as tf.Tensor4D, 3, 2, 'same'), [[1, 6, 4, 2]]],
  'bilinear, half-pixel centres': [
    (x) => tf.image.resizeBilinear(x as tf.Tensor4D, [6, 5], false, true),
    [[1, 3, 4, 2]],
  ],
  'layer norm': [
    (x) => {
      const { mean, variance } = tf.moments(x, -1, true);
      return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
    },
    [[3, 6]],
  ],
  'stopped gradient': [(x) => tf.mul(x, stopGradient(tf.sigmoid(x))), [[6]]],
  'cross-entropy': [(z) => binaryCrossEntropy(z, tf.tensor1d([1, 0, 1, 0]), 3), [[4]]],
  ranking: [
    (a, b) => multipleInstanceRanking(a as tf.Tensor2D, b as tf.Tensor2D, { top: 2 }),
    [
      [2, 4],
      [2, 4],
    ],
  ],
};

/** Gradients of Σ w·f by every input. */
async function gradients(f: Op, shapes: number[][]): Promise<number[][]> {
  const rng = createRng(3);
  const normal = (shape: number[]) =>
    tf.tensor(
      Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => rng.normal()),
      shape,
    );
  const inputs = shapes.map(normal);
  const found = tf.grads((...values: tf.Tensor[]) => {
    const y = f(...values);
    const weights = Float32Array.from({ length: y.size }, (_, index) => 0.5 + index / y.size);
    return tf.sum(tf.mul(y, tf.tensor(weights, y.shape)));
  })(inputs);
  const numbers = await Promise.all(found.map(async (gradient) => [...(await gradient.data<'float32'>())]));
  tf.dispose([inputs, found]);
  return numbers;
}

describe.skipIf(!adapter)(`WebGPU${adapter ? '' : ' (skipped: this browser has no adapter)'}`, () => {
  beforeAll(async () => {
    await tf.setBackend('webgpu');
    await registerGradients();
  });

  it.each(Object.entries(ops))('%s', async (_, [f, shapes]) => {
    await tf.setBackend('cpu');
    const expected = await gradients(f, shapes);
    await tf.setBackend('webgpu');
    const actual = await gradients(f, shapes);
    for (const [index, values] of expected.entries()) {
      const scale = Math.max(...values.map(Math.abs));
      expect(scale).toBeGreaterThan(0.01);
      for (const [at, value] of values.entries()) {
        expect(Math.abs(actual[index][at] - value) / scale, `input ${index}, entry ${at}`).toBeLessThan(1e-3);
      }
    }
  });
});
