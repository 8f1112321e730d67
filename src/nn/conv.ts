/** A 2-D convolution with bias over frames. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { glorotUniform, heNormal } from './initial';

export type ConvParams = {
  /** [height, width, inputs, outputs] */
  kernel: tf.Tensor;
  /** [outputs] */
  bias: tf.Tensor;
};

export interface ConvConfig {
  /** Side of the square kernel, or [height, width]. */
  size: number | readonly [number, number];
  inputs: number;
  outputs: number;
  before?: 'relu' | 'linear';
}

export interface ConvOptions {
  /** Step in both directions; 1 by default. */
  stride?: number;
  activation?: 'relu' | 'linear';
}

export function createConv(rng: Rng, { size, inputs, outputs, before = 'relu' }: ConvConfig): ConvParams {
  const [height, width] = typeof size === 'number' ? [size, size] : size;
  const shape = [height, width, inputs, outputs];
  const fanIn = height * width * inputs;
  return {
    kernel:
      before === 'relu' ? heNormal(rng, shape, fanIn) : glorotUniform(rng, shape, fanIn, height * width * outputs),
    bias: tf.zeros([outputs]),
  };
}

/** Y(y, x) = Σᵢⱼ X(y+i, x+j)·W(i, j) + b (STADNet eq. 6), zeros beyond the border: [T, H, W, inputs] to [T, ⌈H/stride⌉, ⌈W/stride⌉, outputs]. */
export function conv(params: ConvParams, frames: tf.Tensor4D, options: ConvOptions = {}): tf.Tensor4D {
  const { stride = 1, activation = 'linear' } = options;
  const filter = params.kernel as tf.Tensor4D;
  return tf.fused.conv2d({ x: frames, filter, strides: stride, pad: 'same', bias: params.bias, activation });
}
