/** The learned half of HybridModel-1: per object, AFFM weighs appearance, motion and context; an LSTM follows each track. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../../lib/rng';
import { type AffmParams, affm, createAffm } from '../../../nn/affm';
import { createDense, type DenseParams, dense } from '../../../nn/dense';
import { createLstm, type LstmParams, lstmState, lstmStep } from '../../../nn/lstm';
import { TOKEN_CUES } from './tokens';

export interface LearnedConfig {
  /** Features after the fusion. */
  width: number;
  /** Memory of a track. */
  units: number;
}

export const learnedConfig: LearnedConfig = { width: 24, units: 24 };

export type LearnedParams = { fusion: AffmParams; memory: LstmParams; score: DenseParams };

/** Tokens of T frames with N places for tracks; `present` [T, N] is 1 where the track is there. */
export interface TokenTensors {
  appearance: tf.Tensor3D;
  context: tf.Tensor3D;
  motion: tf.Tensor3D;
  present: tf.Tensor2D;
  /** 1 for the places of pictures, which have a context only [T, N]. */
  picture: tf.Tensor2D;
}

export function createLearned(rng: Rng, { width, units }: LearnedConfig): LearnedParams {
  return {
    fusion: createAffm(rng.fork('fusion'), { cues: TOKEN_CUES, width }),
    memory: createLstm(rng.fork('memory'), { inputs: width, units }),
    score: createDense(rng.fork('score'), { inputs: width + units, outputs: 1 }),
  };
}

/** Logits per track and frame [T, N] and the gates of AFFM [T, N, 3]; a track that is away begins anew. */
export function learned(params: LearnedParams, tokens: TokenTensors): { logits: tf.Tensor2D; gates: tf.Tensor3D } {
  return tf.tidy(() => {
    const [frames, places] = tokens.present.shape;
    const rows = (values: tf.Tensor3D) => tf.reshape(values, [frames * places, values.shape[2]]) as tf.Tensor2D;
    const ofObjects = tf.reshape(tf.sub(1, tokens.picture), [-1, 1]);
    const has = tf.concat([ofObjects, tf.onesLike(ofObjects), ofObjects], 1) as tf.Tensor2D; // appearance, context, motion
    const { output, gates } = affm(
      params.fusion,
      { appearance: rows(tokens.appearance), context: rows(tokens.context), motion: rows(tokens.motion) },
      has,
    );
    const here = tf.reshape(tokens.present, [frames, places, 1]);
    const fused = tf.mul(tf.reshape(output, [frames, places, -1]), here) as tf.Tensor3D;
    const hidden = remembered(params.memory, fused, here);
    const logits = tf.squeeze(dense(params.score, tf.concat([fused, hidden], 2)), [2]) as tf.Tensor2D;
    return { logits, gates: tf.reshape(gates, [frames, places, 3]) as tf.Tensor3D };
  });
}

/** Hidden states [T, N, units]; `here` [T, N, 1]: where a track is away its memory is empty. */
function remembered(params: LstmParams, fused: tf.Tensor3D, here: tf.Tensor): tf.Tensor3D {
  let state = lstmState(params, fused.shape[1]);
  const presence = tf.unstack(here);
  const outputs = tf.unstack(fused).map((input, t) => {
    const step = lstmStep(params, state, input as tf.Tensor2D);
    state = { hidden: tf.mul(step.state.hidden, presence[t]), cell: tf.mul(step.state.cell, presence[t]) };
    return state.hidden;
  });
  return tf.stack(outputs) as tf.Tensor3D;
}
