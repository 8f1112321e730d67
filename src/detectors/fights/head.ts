/** The head that judges moments of a clip: standardised statistics to one logit each, several networks averaged. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { createMlp, type MlpParams, mlp } from '../../nn/mlp';
import type { PlainDense } from '../../nn/plain-dense';

export interface HeadConfig {
  /** Values of a moment. */
  inputs: number;
  /** Hidden layers; none for logistic regression. */
  hidden: readonly number[];
}

/** Where training starts: layers towards one logit, the last one at zero so that all moments begin at even chances. */
export function createHead(rng: Rng, { inputs, hidden }: HeadConfig): MlpParams {
  const layers = createMlp(rng, { sizes: [inputs, ...hidden, 1] });
  const last = `layer${hidden.length}`;
  const { kernel, bias } = layers[last];
  kernel.dispose();
  return { ...layers, [last]: { kernel: tf.zeros(kernel.shape), bias } };
}

/** Moments [N, T, inputs] to logits [N, T]. */
export const headLogits = (params: MlpParams, moments: tf.Tensor3D): tf.Tensor2D =>
  tf.tidy(() => tf.squeeze(mlp(params, moments), [2]));

/** The layers as plain arrays, from the input on. */
export async function plainLayers(params: MlpParams): Promise<PlainDense[]> {
  const read = async (tensor: tf.Tensor) => Float32Array.from(await tensor.data<'float32'>());
  const layers = Object.keys(params).map((_, depth) => params[`layer${depth}`]);
  return Promise.all(layers.map(async ({ kernel, bias }) => ({ kernel: await read(kernel), bias: await read(bias) })));
}
