import * as tf from '@tensorflow/tfjs-core';
import { describe, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';

type Resample = (x: tf.Tensor4D) => tf.Tensor;

/** Pictures that are not square, in batches, below zero too: where TensorFlow.js's own gradients go wrong. */
const cases: Record<string, [Resample, number[]]> = {
  'bilinear, up': [(x) => tf.image.resizeBilinear(x, [8, 6]), [2, 4, 3, 2]],
  'bilinear, down, corners aligned': [(x) => tf.image.resizeBilinear(x, [3, 5], true), [2, 4, 7, 2]],
  'bilinear, half-pixel centres': [(x) => tf.image.resizeBilinear(x, [8, 5], false, true), [2, 4, 3, 2]],
  'nearest, up': [(x) => tf.image.resizeNearestNeighbor(x, [8, 6]), [2, 4, 3, 2]],
  'nearest, half-pixel centres': [(x) => tf.image.resizeNearestNeighbor(x, [9, 5], false, true), [2, 4, 3, 2]],
  'average pool, valid': [(x) => tf.avgPool(x, 2, 2, 'valid'), [2, 7, 6, 2]],
  'average pool, uneven padding': [(x) => tf.avgPool(x, 3, 2, 'same'), [2, 7, 6, 2]],
  'average pool, oblong': [(x) => tf.avgPool(x, [2, 3], [1, 2], 'same'), [2, 5, 8, 2]],
  'maximum pool, valid': [(x) => tf.maxPool(x, 2, 2, 'valid'), [2, 6, 4, 1]],
  'maximum pool, overlapping': [(x) => tf.maxPool(x, 3, 1, 'same'), [2, 5, 4, 2]],
};

describe('gradients of resampling agree with finite differences', () => {
  it.each(Object.entries(cases))('%s', (_, [f, shape]) =>
    onEachBackend(async () => {
      const x = randomTensor(createRng(5), shape);
      await checkGradient((value) => f(value as tf.Tensor4D), [x], { step: 1e-3, entries: 64 });
      await expectNoLeak(() => tf.grad((value) => f(value as tf.Tensor4D))(x));
    }),
  );
});
