/** A task that any backend learns in a moment: is the second coordinate the larger one? */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { binaryCrossEntropy } from '../nn/losses';
import type { TrainingTask } from './trainer';

export interface Samples {
  [name: string]: tf.Tensor;
  x: tf.Tensor;
  y: tf.Tensor;
}

/** One convolution and a weight. */
export const smallTask: TrainingTask<Samples> = {
  detector: 'esta',
  config: { channels: 2 },
  create: (rng) => ({
    conv: { kernel: normal(rng, [1, 2, 1, 2]), bias: tf.zeros([2]) },
    head: normal(rng, [2, 1]),
  }),
  async batch(rng) {
    const points = Array.from({ length: 16 }, () => [rng.normal(), rng.normal()]);
    return { x: tf.tensor(points, [16, 1, 2, 1]), y: tf.tensor1d(points.map(([a, b]) => (b > a ? 1 : 0))) };
  },
  loss(params, { x, y }) {
    const { kernel, bias } = params.conv as Record<string, tf.Tensor4D>;
    const features = tf.tanh(tf.add(tf.conv2d(x as tf.Tensor4D, kernel, 1, 'valid'), bias));
    const logits = tf.matMul(tf.reshape(features, [16, 2]), params.head as tf.Tensor2D);
    const classification = binaryCrossEntropy(tf.reshape(logits, [16]), y);
    return { total: classification, parts: { classification } };
  },
};

const normal = (rng: Rng, shape: number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape(shape) }, () => rng.normal()),
    shape,
  );
