import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { expectNoLeak, onEachBackend } from './backends.fixture';
import { countOperations } from './flops';

const picture = () => tf.ones([2, 8, 6, 3]) as tf.Tensor4D;
const kernel = (...shape: [number, number, number, number]) => tf.ones(shape) as tf.Tensor4D;

const cases: Record<string, [() => tf.Tensor, number]> = {
  'convolution, 3×3, 3 → 5': [() => tf.conv2d(picture(), kernel(3, 3, 3, 5), 1, 'same'), 2 * 2 * 8 * 6 * 5 * 27],
  'convolution, stride 2': [() => tf.conv2d(picture(), kernel(3, 3, 3, 5), 2, 'same'), 2 * 2 * 4 * 3 * 5 * 27],
  'fused convolution': [
    () => tf.fused.conv2d({ x: picture(), filter: kernel(1, 1, 3, 4), strides: 1, pad: 'same', activation: 'relu' }),
    2 * 2 * 8 * 6 * 4 * 3,
  ],
  'depthwise convolution': [() => tf.depthwiseConv2d(picture(), kernel(3, 3, 3, 2), 1, 'same'), 2 * 2 * 8 * 6 * 6 * 9],
  'transposed convolution': [
    () => tf.conv2dTranspose(picture(), kernel(3, 3, 4, 3), [2, 16, 12, 4], 2, 'same'),
    2 * 2 * 8 * 6 * 3 * 9 * 4,
  ],
  'matrix product': [() => tf.matMul(tf.ones([4, 5]), tf.ones([5, 7])), 2 * 4 * 5 * 7],
  'large batch of matrix products, transposed': [
    () => tf.matMul(tf.ones([3, 40, 50]), tf.ones([3, 60, 50]), false, true),
    2 * 3 * 40 * 50 * 60,
  ],
  'fused matrix product': [
    () => tf.fused.matMul({ a: tf.ones([4, 5]), b: tf.ones([5, 7]), bias: tf.ones([7]) }),
    2 * 4 * 5 * 7,
  ],
  'element by element': [() => tf.relu(tf.mul(picture(), 2)), 2 * 2 * 8 * 6 * 3],
  'a sum reads all': [() => tf.sum(picture()), 2 * 8 * 6 * 3],
  'moving data is free': [() => tf.transpose(tf.concat([picture(), picture()])), 0],
};

it.each(Object.entries(cases))('%s', (_, [compute, expected]) =>
  onEachBackend(async () => {
    await expectNoLeak(async () => {
      expect((await countOperations(compute)).total).toBe(expected);
      return [];
    });
  }),
);

it('names the kernels', () =>
  onEachBackend(async () => {
    const { kernels } = await countOperations(() => tf.relu(tf.conv2d(picture(), kernel(1, 1, 3, 1), 1, 'same')));
    expect(kernels).toEqual({ Conv2D: 2 * 2 * 8 * 6 * 3, Relu: 2 * 8 * 6 });
  }));
