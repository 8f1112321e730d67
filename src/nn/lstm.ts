/** Long short-term memory over vectors. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';
import { glorotUniform } from './initial';
import type { Streamed } from './stream-state';

export type LstmParams = {
  /** Input to the four gates [inputs, 4·units]: input, forget, candidate, output. */
  input: DenseParams;
  /** [units, 4·units] */
  recurrent: tf.Tensor;
};

/** Each [N, units]. */
export type LstmState = { hidden: tf.Tensor2D; cell: tf.Tensor2D };

export function createLstm(rng: Rng, { inputs, units }: { inputs: number; units: number }): LstmParams {
  const input = createDense(rng.fork('input'), { inputs, outputs: 4 * units });
  input.bias.dispose();
  return {
    input: { kernel: input.kernel, bias: rememberingBias(units) },
    recurrent: glorotUniform(rng.fork('recurrent'), [units, 4 * units], units, units),
  };
}

/** Gate biases of 0, but 1 for the forget gate: an untrained cell keeps its memory (Jozefowicz et al. 2015). */
export const rememberingBias = (units: number) =>
  tf.tidy(() => tf.concat([tf.zeros([units]), tf.ones([units]), tf.zeros([2 * units])]));

/** The start of `count` sequences. */
export function lstmState({ recurrent }: LstmParams, count = 1): LstmState {
  const units = recurrent.shape[0];
  return { hidden: tf.zeros([count, units]), cell: tf.zeros([count, units]) };
}

/** One step for inputs [N, inputs]; the output is the new hidden state [N, units]. The caller runs it inside `advance`. */
export function lstmStep(params: LstmParams, state: LstmState, input: tf.Tensor2D): Streamed<tf.Tensor2D, LstmState> {
  return cellStep(params, state, dense(params.input, input) as tf.Tensor2D);
}

/** All steps of N sequences [T, N, inputs] from a fresh start, or from `from`: hidden states [T, N, units]. */
export function lstm(params: LstmParams, sequence: tf.Tensor3D, from?: LstmState): tf.Tensor3D {
  return tf.tidy(() => {
    let state = from ?? lstmState(params, sequence.shape[1]);
    const outputs = tf.unstack(dense(params.input, sequence)).map((drive) => {
      const step = cellStep(params, state, drive as tf.Tensor2D);
      state = step.state;
      return step.output;
    });
    return tf.stack(outputs) as tf.Tensor3D;
  });
}

/** `drive`: what the input says to the four gates [N, 4·units]. */
function cellStep({ recurrent }: LstmParams, { hidden, cell }: LstmState, drive: tf.Tensor2D) {
  const gates = tf.add(drive, tf.matMul(hidden, recurrent as tf.Tensor2D));
  const state = gatedMemory(tf.split(gates, 4, -1), cell);
  return { output: tf.clone(state.hidden), state };
}

/** c' = σ(f)∘c + σ(i)∘tanh(g), h' = σ(o)∘tanh(c') (Hochreiter and Schmidhuber 1997, with the forget gate of Gers et al. 2000). */
export function gatedMemory<T extends tf.Tensor>(gates: tf.Tensor[], cell: T): { hidden: T; cell: T } {
  const [input, forget, candidate, output] = gates;
  const kept = tf.mul(tf.sigmoid(forget), cell);
  const next = tf.add<T>(kept, tf.mul(tf.sigmoid(input), tf.tanh(candidate)));
  return { hidden: tf.mul<T>(tf.sigmoid(output), tf.tanh(next)), cell: next };
}
