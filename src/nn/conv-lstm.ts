/** Long short-term memory over feature maps: the cell's products are convolutions. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { type ConvParams, conv, createConv } from './conv';
import { gatedMemory, rememberingBias } from './lstm';
import type { Streamed } from './stream-state';

/** The convolution of the input has the bias; each gives 4·units channels: input, forget, candidate, output. */
export type ConvLstmParams = { input: ConvParams; recurrent: tf.Tensor };

/** Each [1, H, W, units]. */
export type ConvLstmState = { hidden: tf.Tensor4D; cell: tf.Tensor4D };

export interface ConvLstmConfig {
  inputs: number;
  units: number;
  /** Side of the square kernels; 3 by default. */
  size?: number;
}

export function createConvLstm(rng: Rng, { inputs, units, size = 3 }: ConvLstmConfig): ConvLstmParams {
  const outputs = 4 * units;
  const input = createConv(rng.fork('input'), { size, inputs, outputs, before: 'linear' });
  const recurrent = createConv(rng.fork('recurrent'), { size, inputs: units, outputs, before: 'linear' });
  tf.dispose([input.bias, recurrent.bias]);
  return { input: { kernel: input.kernel, bias: rememberingBias(units) }, recurrent: recurrent.kernel };
}

/** The start of a clip of frames [height, width]. */
export function convLstmState(
  { recurrent }: ConvLstmParams,
  [height, width]: readonly [number, number],
): ConvLstmState {
  const shape = [1, height, width, recurrent.shape[2]!] as const;
  return { hidden: tf.zeros([...shape]), cell: tf.zeros([...shape]) };
}

/** One step for a frame [1, H, W, inputs]; the output is the new hidden state [1, H, W, units]. The caller runs it inside `advance`. */
export function convLstmStep(
  params: ConvLstmParams,
  state: ConvLstmState,
  frame: tf.Tensor4D,
): Streamed<tf.Tensor4D, ConvLstmState> {
  return cellStep(params, state, conv(params.input, frame));
}

/** All steps of a clip [T, H, W, inputs] from a fresh start: hidden states [T, H, W, units] (Shi et al. 2015, eq. 3, without peepholes). */
export function convLstm(params: ConvLstmParams, clip: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    let state = convLstmState(params, [clip.shape[1], clip.shape[2]]);
    const outputs = tf.split<tf.Tensor4D>(conv(params.input, clip), clip.shape[0], 0).map((drive) => {
      const step = cellStep(params, state, drive);
      state = step.state;
      return step.output;
    });
    return tf.concat(outputs, 0);
  });
}

function cellStep({ recurrent }: ConvLstmParams, { hidden, cell }: ConvLstmState, drive: tf.Tensor4D) {
  const gates = tf.add<tf.Tensor4D>(drive, tf.conv2d(hidden, recurrent as tf.Tensor4D, 1, 'same'));
  const state = gatedMemory(tf.split<tf.Tensor4D>(gates, 4, -1), cell);
  return { output: tf.clone(state.hidden), state };
}
