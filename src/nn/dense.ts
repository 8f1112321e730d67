/** A fully connected layer over the last axis. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { glorotUniform, heNormal } from './initial';

export type DenseParams = {
  /** [inputs, outputs] */
  kernel: tf.Tensor;
  /** [outputs] */
  bias: tf.Tensor;
};

export interface DenseConfig {
  inputs: number;
  outputs: number;
  /** What follows: ReLU asks for larger starting weights than a linear or saturating layer. */
  before?: 'relu' | 'linear';
}

export function createDense(rng: Rng, { inputs, outputs, before = 'linear' }: DenseConfig): DenseParams {
  const shape = [inputs, outputs];
  return {
    kernel: before === 'relu' ? heNormal(rng, shape, inputs) : glorotUniform(rng, shape, inputs, outputs),
    bias: tf.zeros([outputs]),
  };
}

/** y = x·W + b for `input` [..., inputs]; gives [..., outputs]. One plain 2-D product, the form that is fast on every backend. */
export function dense(params: DenseParams, input: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const [inputs, outputs] = params.kernel.shape;
    const rows = tf.reshape(input, [-1, inputs]); // [N, inputs]
    const product = tf.add(tf.matMul(rows, params.kernel as tf.Tensor2D), params.bias);
    return tf.reshape(product, [...input.shape.slice(0, -1), outputs]);
  });
}
