/** STADNet's multi-scale 3-D convolution: kernels of several extents side by side, each with batch norm and ReLU. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import {
  type Conv3dOptions,
  type Conv3dParams,
  conv3d,
  conv3dStep,
  createConv3d,
  emptyHistory,
  type FrameHistory,
  type KernelSize,
  pushFrame,
  tapsOf,
} from './conv3d-stacked';
import { type BatchNormParams, batchNorm, createBatchNorm, type NormOptions } from './norm';
import type { Streamed } from './stream-state';

type BranchParams = { conv: Conv3dParams; norm: BatchNormParams };

/** Branches are named `branch0`, `branch1` … in the order of the config. */
export type MultiScaleConvParams = { readonly [branch: string]: BranchParams };

export interface MultiScaleConvConfig {
  inputs: number;
  branches: readonly { kernel: KernelSize; outputs: number }[];
}

/** The paper's mix of local detail and wider context, sharing `outputs` channels: 1×1×1, 3×3×3, 5×5×3 (width × height × time). */
export function threeScales(inputs: number, outputs: number): MultiScaleConvConfig {
  const quarter = Math.floor(outputs / 4);
  return {
    inputs,
    branches: [
      { kernel: [1, 1, 1], outputs: quarter },
      { kernel: [3, 3, 3], outputs: outputs - 2 * quarter },
      { kernel: [3, 5, 5], outputs: quarter },
    ],
  };
}

export function createMultiScaleConv(rng: Rng, { inputs, branches }: MultiScaleConvConfig): MultiScaleConvParams {
  return Object.fromEntries(
    branches.map(({ kernel, outputs }, index) => [
      `branch${index}`,
      { conv: createConv3d(rng.fork(index), { kernel, inputs, outputs }), norm: createBatchNorm(outputs) },
    ]),
  );
}

/** Y = concatₛ ReLU(BN(Wₛ ∗ X)) (STADNet eqs. 1 and 7): clip [T, H, W, inputs] to [T, H', W', Σ outputs]. */
export function multiScaleConv(
  params: MultiScaleConvParams,
  clip: tf.Tensor4D,
  options: Conv3dOptions & NormOptions = {},
): tf.Tensor4D {
  return tf.tidy(() =>
    joined(branchesOf(params).map(({ conv, norm }) => tf.relu(batchNorm(norm, conv3d(conv, clip, options), options)))),
  );
}

/** The causal block for one new frame [1, H, W, inputs]; the caller runs it inside `advance`. */
export function multiScaleConvStep(
  params: MultiScaleConvParams,
  history: FrameHistory,
  frame: tf.Tensor4D,
  options: Pick<Conv3dOptions, 'stride'> = {},
): Streamed<tf.Tensor4D, FrameHistory> {
  const outputs = branchesOf(params).map(({ conv, norm }) => {
    const { output } = conv3dStep(conv, history, frame, options);
    return tf.relu(batchNorm(norm, output));
  });
  return { output: joined(outputs), state: pushFrame(history, frame) };
}

/** The start of a clip of frames [height, width, inputs]: one history serves all branches. */
export function multiScaleConvState(params: MultiScaleConvParams, frameShape: readonly number[]): FrameHistory {
  const longest = Math.max(...branchesOf(params).map(({ conv }) => tapsOf(conv).length));
  return emptyHistory(longest - 1, frameShape);
}

const branchesOf = (params: MultiScaleConvParams) => Object.keys(params).map((_, index) => params[`branch${index}`]);

const joined = (outputs: tf.Tensor[]) => tf.concat(outputs, 3) as tf.Tensor4D;
