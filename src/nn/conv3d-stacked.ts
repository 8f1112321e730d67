/** 3-D convolution as a sum of 2-D ones over shifted frames: exact, and many times faster than `conv3d` on WebAssembly. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { heNormal } from './initial';
import type { Streamed } from './stream-state';

export type Conv3dParams = {
  /** One 2-D kernel [height, width, inputs, outputs] per time step, `tap0` the oldest frame's. */
  taps: { readonly [tap: string]: tf.Tensor };
  /** [outputs] */
  bias: tf.Tensor;
};

/** Extent of a kernel as [time, height, width]. */
export type KernelSize = readonly [time: number, height: number, width: number];

export interface Conv3dConfig {
  kernel: KernelSize;
  inputs: number;
  outputs: number;
}

export interface Conv3dOptions {
  /** 'causal': the output at t reads frames ≤ t; 'same': centred on t. Zeros stand for frames beyond the clip. */
  time?: 'causal' | 'same';
  /** Step in both directions of the picture; 1 by default. */
  stride?: number;
}

/** The last (taps − 1) inputs, oldest first, each [1, H, W, inputs]. */
export type FrameHistory = readonly tf.Tensor4D[];

export function createConv3d(rng: Rng, { kernel, inputs, outputs }: Conv3dConfig): Conv3dParams {
  const [time, height, width] = kernel;
  const shape = [height, width, inputs, outputs];
  const taps = Array.from({ length: time }, () => heNormal(rng, shape, time * height * width * inputs));
  return { taps: namedTaps(taps), bias: tf.zeros([outputs]) };
}

export const namedTaps = (taps: readonly tf.Tensor[]) =>
  Object.fromEntries(taps.map((tap, index) => [`tap${index}`, tap]));

/** The kernels of a convolution, oldest frame's first. */
export const tapsOf = ({ taps }: Conv3dParams) =>
  Object.keys(taps).map((_, index) => taps[`tap${index}`] as tf.Tensor4D);

/** Y(t) = Σₖ conv2d(X(t + k − before), Wₖ) + b (STADNet eqs. 1 and 7): clip [T, H, W, inputs] to [T, H', W', outputs]. */
export function conv3d(params: Conv3dParams, clip: tf.Tensor4D, options: Conv3dOptions = {}): tf.Tensor4D {
  const { time = 'causal', stride = 1 } = options;
  const taps = tapsOf(params);
  return tf.tidy(() => {
    const before = time === 'causal' ? taps.length - 1 : Math.floor((taps.length - 1) / 2);
    const padded = paddedInTime(clip, before, taps.length - 1 - before);
    const shifted = taps.map((_, k) => tf.slice(padded, [k, 0, 0, 0], clip.shape));
    return summed(params, shifted, stride);
  });
}

/** The same convolution, causal, for one new frame [1, H, W, inputs]; the caller runs it inside `advance`. */
export function conv3dStep(
  params: Conv3dParams,
  history: FrameHistory,
  frame: tf.Tensor4D,
  { stride = 1 }: Pick<Conv3dOptions, 'stride'> = {},
): Streamed<tf.Tensor4D, FrameHistory> {
  const taps = tapsOf(params);
  if (history.length < taps.length - 1) {
    throw new RangeError(
      `a kernel over ${taps.length} frames needs ${taps.length - 1} past ones, got ${history.length}`,
    );
  }
  const window = [...history, frame].slice(-taps.length);
  return { output: summed(params, window, stride), state: pushFrame(history, frame) };
}

/** A history of `length` black frames [1, H, W, channels]: the start of a clip. */
export const emptyHistory = (length: number, [height, width, channels]: readonly number[]): FrameHistory =>
  Array.from({ length }, () => tf.zeros([1, height, width, channels]) as tf.Tensor4D);

/** The history one frame later, with a copy of `frame` of its own. */
export const pushFrame = (history: FrameHistory, frame: tf.Tensor4D): FrameHistory =>
  history.length === 0 ? [] : [...history.slice(1), tf.clone(frame)];

function summed(params: Conv3dParams, inputs: readonly tf.Tensor4D[], stride: number): tf.Tensor4D {
  const products = tapsOf(params).map((tap, k) => tf.conv2d(inputs[k], tap, stride, 'same'));
  return tf.add(
    products.reduce((sum, product) => tf.add(sum, product)),
    params.bias,
  );
}

function paddedInTime(clip: tf.Tensor4D, before: number, after: number): tf.Tensor4D {
  const black = (count: number) => tf.zeros<tf.Rank.R4>([count, clip.shape[1], clip.shape[2], clip.shape[3]]);
  const parts = [before > 0 ? [black(before)] : [], [clip], after > 0 ? [black(after)] : []].flat();
  return parts.length === 1 ? clip : tf.concat(parts, 0);
}
