import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { stopGradient } from './gradients';

type Op = (...inputs: tf.Tensor[]) => tf.Tensor;

/** Gradients of Σ w·f on WebAssembly and on cpu, whose kernels are TensorFlow.js's own. */
async function compareBackends(f: Op, shapes: number[][]): Promise<void> {
  const gradients: number[][][] = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    await onBackend(backend, async () => {
      const rng = createRng(7);
      const inputs = shapes.map((shape) => randomTensor(rng, shape));
      const weighted: Op = (...values) => {
        const y = f(...values);
        return tf.sum(tf.mul(y, randomTensor(createRng(8), y.shape)));
      };
      const found = tf.grads(weighted)(inputs);
      expect(found.map((gradient) => gradient.shape)).toEqual(shapes);
      gradients.push(await Promise.all(found.map(async (gradient) => [...(await gradient.data())])));
    });
  }
  const [expected, actual] = gradients;
  for (const [index, values] of expected.entries()) {
    const scale = Math.max(...values.map(Math.abs));
    expect(scale).toBeGreaterThan(0.01);
    const worst = values.reduce((most, value, at) => Math.max(most, Math.abs(value - actual[index][at])), 0);
    expect(worst / scale, `input ${index}`).toBeLessThan(1e-4);
  }
}

const conv =
  (stride: number | [number, number], pad: 'same' | 'valid' | tf.backend_util.ExplicitPadding): Op =>
  (x, filter) =>
    tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad);

describe('gradients of conv2d on WebAssembly', () => {
  const cases = [1, 2, 3].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) => [1, 3, 5].map((size) => ({ stride, pad, size }))),
  );
  it.each(cases)('$size×$size, stride $stride, $pad', ({ stride, pad, size }) =>
    compareBackends(conv(stride, pad), [
      [2, 8, 7, 3],
      [size, size, 3, 4],
    ]),
  );

  it('oblong filter, unequal strides', () =>
    compareBackends(conv([2, 1], 'same'), [
      [1, 9, 6, 2],
      [3, 2, 2, 3],
    ]));

  it('explicit padding', () =>
    compareBackends(
      conv(2, [
        [0, 0],
        [2, 0],
        [1, 1],
        [0, 0],
      ]),
      [
        [2, 7, 8, 2],
        [3, 3, 2, 3],
      ],
    ));

  it('fused with bias and ReLU', () =>
    compareBackends(
      (x, filter, bias) =>
        tf.fused.conv2d({
          x: x as tf.Tensor4D,
          filter: filter as tf.Tensor4D,
          strides: 1,
          pad: 'same',
          bias,
          activation: 'relu',
        }),
      [[2, 6, 6, 3], [3, 3, 3, 4], [4]],
    ));

  it.each([1, 2])('transposed, stride %d', (stride) =>
    compareBackends(
      (x, filter) =>
        tf.conv2dTranspose(x as tf.Tensor4D, filter as tf.Tensor4D, [2, 5 * stride, 4 * stride, 2], stride, 'same'),
      [
        [2, 5, 4, 3],
        [3, 3, 2, 3],
      ],
    ),
  );
});

describe('gradients of depthwiseConv2d on WebAssembly', () => {
  const cases = [1, 2].flatMap((stride) =>
    (['same', 'valid'] as const).flatMap((pad) => [1, 2].map((filters) => ({ stride, pad, filters }))),
  );
  it.each(cases)('stride $stride, $pad, $filters filters a channel', ({ stride, pad, filters }) =>
    compareBackends(
      (x, filter) => tf.depthwiseConv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
      [
        [2, 7, 8, 3],
        [3, 3, 3, filters],
      ],
    ),
  );
});

describe('gradients of matMul on WebAssembly', () => {
  const flips = [false, true].flatMap((a) => [false, true].map((b) => [a, b]));
  it.each(flips)('small batch, transposed %s %s', (transposeA, transposeB) =>
    compareBackends(
      (a, b) => tf.matMul(a, b, transposeA, transposeB),
      [
        [3, ...(transposeA ? [4, 5] : [5, 4])],
        [3, ...(transposeB ? [6, 4] : [4, 6])],
      ],
    ),
  );
  it.each(flips)('large enough to be split, transposed %s %s', (transposeA, transposeB) =>
    compareBackends(
      (a, b) => tf.matMul(a, b, transposeA, transposeB),
      [
        [2, 1, ...(transposeA ? [36, 40] : [40, 36])],
        [2, 1, ...(transposeB ? [44, 36] : [36, 44])],
      ],
    ),
  );
});

const ops: Record<string, [Op, number[][]]> = {
  softmax: [(x) => tf.softmax(x), [[4, 5]]],
  logSoftmax: [(x) => tf.logSoftmax(x), [[4, 5]]],
  'gather with repeats': [(x) => tf.gather(x, tf.tensor1d([2, 0, 2, 3], 'int32')), [[4, 3]]],
  'gather along axis 1': [(x) => tf.gather(x, tf.tensor1d([1, 1, 0], 'int32'), 1), [[2, 3, 2]]],
  'mean over space': [(x) => tf.mean(x, [1, 2]), [[2, 4, 5, 3]]],
  max: [(x) => tf.max(x, 1), [[3, 7]]],
  'layer norm': [normalised(-1), [[3, 4, 8]]],
  'batch norm': [normalised([0, 1, 2]), [[3, 4, 4, 2]]],
  'fixed batch norm': [
    (x, mean, scale, offset) =>
      tf.batchNorm(x, mean as tf.Tensor1D, tf.tensor1d([1, 2, 3]), offset as tf.Tensor1D, scale as tf.Tensor1D, 1e-3),
    [[2, 3, 3, 3], [3], [3], [3]],
  ],
  elu: [(x) => tf.elu(x), [[20]]],
  'leaky relu': [(x) => tf.leakyRelu(x, 0.1), [[20]]],
  gelu: [(x) => tf.mul(x, tf.erf(x)), [[20]]],
  'sigmoid, tanh': [(x) => tf.mul(tf.sigmoid(x), tf.tanh(x)), [[20]]],
  softplus: [(x) => tf.softplus(x), [[20]]],
  'slice, concat, pad': [
    (x, y) =>
      tf.pad(tf.concat([tf.slice(x, [1, 0], [2, 3]), y], 0), [
        [1, 0],
        [0, 2],
      ]),
    [
      [4, 3],
      [2, 3],
    ],
  ],
  'stack of parts': [(x) => tf.stack(tf.unstack(x, 1)), [[3, 4]]],
  split: [(x) => tf.mul(...(tf.split(x, 2, 1) as [tf.Tensor, tf.Tensor])), [[3, 4]]],
  tile: [(x) => tf.tile(x, [2, 3]), [[3, 2]]],
  'broadcast sum': [(x, bias) => tf.add(x, bias), [[2, 3, 4], [4]]],
  where: [(x, y) => tf.where(tf.greater(x, 0), x, y), [[12], [12]]],
  clip: [(x) => tf.clipByValue(x, -1, 1), [[20]]],
  'divide, root': [(x, y) => tf.div(x, tf.sqrt(tf.add(tf.square(y), 1))), [[12], [12]]],
  cumsum: [(x) => tf.cumsum(x, 1), [[3, 4]]],
};

function normalised(axes: number | number[]): Op {
  return (x) => {
    const { mean, variance } = tf.moments(x, axes, true);
    return tf.div(tf.sub(x, mean), tf.sqrt(tf.add(variance, 1e-3)));
  };
}

describe('gradients on WebAssembly agree with cpu', () => {
  it.each(Object.entries(ops))('%s', (_, [f, shapes]) => compareBackends(f, shapes));
});

it('gradients agree with finite differences on both backends', () =>
  onEachBackend(async () => {
    const rng = createRng(3);
    const x = randomTensor(rng, [1, 6, 5, 2]);
    await checkGradient(conv(2, 'same'), [x, randomTensor(rng, [3, 3, 2, 3])]);
    await checkGradient(
      (a, b) => tf.softmax(tf.matMul(a, b, false, true)),
      [randomTensor(rng, [2, 4, 3]), randomTensor(rng, [2, 5, 3])],
    );
  }));

it('a stopped gradient is zero, and the value passes', () =>
  onEachBackend(async () => {
    const { value, grad } = tf.valueAndGrad((x) => tf.sum(tf.mul(x, stopGradient(tf.square(x)))))(tf.tensor1d([2, 3]));
    expect([...(await value.data())]).toEqual([35]);
    expect([...(await grad.data())]).toEqual([4, 9]);
  }));

it('a dilated convolution says that it has no gradient', () =>
  onBackend('wasm', () => {
    const filter = tf.ones([3, 3, 1, 1]) as tf.Tensor4D;
    const f = tf.grad((x) => tf.sum(tf.conv2d(x as tf.Tensor4D, filter, 1, 'same', 'NHWC', 2)));
    expect(() => f(tf.ones([1, 5, 5, 1]))).toThrow(/dilation/);
  }));

it('leaves no tensor behind', () =>
  onEachBackend(async () => {
    const rng = createRng(1);
    const x = randomTensor(rng, [2, 6, 6, 4]);
    const filter = randomTensor(rng, [3, 3, 4, 2]);
    const matrix = randomTensor(rng, [2, 40, 40]);
    await expectNoLeak(() => tf.grads(conv(2, 'same'))([x, filter]));
    await expectNoLeak(() =>
      tf.grads((a, b) => tf.depthwiseConv2d(a as tf.Tensor4D, b as tf.Tensor4D, 1, 'same'))([x, filter]),
    );
    await expectNoLeak(() => tf.grad((a) => tf.matMul(a, a, false, true))(matrix));
    await expectNoLeak(() => tf.grad((a) => tf.gather(a, tf.tensor1d([0, 0], 'int32')))(matrix));
  }));
