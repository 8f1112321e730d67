/** A stack of fully connected layers. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';

/** Layers are named `layer0`, `layer1` … from the input on. */
export type MlpParams = { readonly [layer: string]: DenseParams };

export interface MlpConfig {
  /** Features at the input, after each hidden layer, and at the output. */
  sizes: readonly number[];
  /** What stands after the last layer; between layers there is always ReLU. */
  last?: 'relu' | 'linear';
}

export function createMlp(rng: Rng, { sizes, last = 'linear' }: MlpConfig): MlpParams {
  const layers = sizes.slice(1).map((outputs, index): [string, DenseParams] => {
    const before = index < sizes.length - 2 ? 'relu' : last;
    return [`layer${index}`, createDense(rng.fork(index), { inputs: sizes[index], outputs, before })];
  });
  return Object.fromEntries(layers);
}

/** xₗ₊₁ = ReLU(Wₗ·xₗ + bₗ), the last layer as `last` says: [..., inputs] to [..., outputs]. */
export function mlp(params: MlpParams, input: tf.Tensor, { last = 'linear' }: Pick<MlpConfig, 'last'> = {}): tf.Tensor {
  return tf.tidy(() => {
    const depth = Object.keys(params).length;
    let features = input;
    for (let layer = 0; layer < depth; layer++) {
      features = dense(params[`layer${layer}`], features);
      if (layer < depth - 1 || last === 'relu') features = tf.relu(features);
    }
    return features;
  });
}
