/** HybridModel-1's Adaptive Feature Fusion Module: how much each kind of cue counts, per object and moment. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { scaleByMap } from './channel-spread';
import { createDense, type DenseParams, dense } from './dense';

export type AffmParams = {
  /** One projection to the common width per cue, under its name. */
  projections: { readonly [cue: string]: DenseParams };
  /** All projected cues to one logit per cue, in order of their names. */
  gates: DenseParams;
};

export interface AffmConfig {
  /** Features of each cue, such as `{ appearance: 128, motion: 16, context: 8 }`. */
  cues: { readonly [cue: string]: number };
  /** Width of the fused features. */
  width: number;
}

export type AdaptivelyFused = {
  /** [N, width] */
  output: tf.Tensor2D;
  /** Share of each cue, in order of their names; a row sums to 1. [N, cues] */
  gates: tf.Tensor2D;
};

export function createAffm(rng: Rng, { cues, width }: AffmConfig): AffmParams {
  const names = Object.keys(cues).sort();
  const project = (cue: string) => createDense(rng.fork(cue), { inputs: cues[cue], outputs: width });
  return {
    projections: Object.fromEntries(names.map((cue) => [cue, project(cue)])),
    gates: createDense(rng.fork('gates'), { inputs: names.length * width, outputs: names.length }),
  };
}

/** Names of the cues in the order of the gates. */
export const affmCues = ({ projections }: AffmParams) => Object.keys(projections).sort();

/**
 * F = Σᵢ gᵢ·pᵢ with pᵢ = tanh(Pᵢ·xᵢ) and g = softmax(G·[p₁ … pₙ]): for N objects, each cue [N, features]. The paper gives the
 * module's purpose only; this form is chosen here.
 *
 * `present` [N, cues], in order of names: 1 where an object has the cue at this moment, else 0; a cue that is away is gated out
 * and the others share its weight. Each object should have at least one.
 */
export function affm(
  params: AffmParams,
  cues: { readonly [cue: string]: tf.Tensor2D },
  present?: tf.Tensor2D,
): AdaptivelyFused {
  const names = affmCues(params);
  for (const cue of names) {
    if (!cues[cue]) throw new RangeError(`cue ${cue} is missing, got [${Object.keys(cues)}]`);
  }
  return tf.tidy((): AdaptivelyFused => {
    const column = (rows: tf.Tensor, index: number) => tf.slice(rows, [0, index], [-1, 1]); // [N, 1]
    const projected = names.map((cue, index) => {
      const features = tf.tanh(dense(params.projections[cue], cues[cue])); // [N, width]
      return present ? scaleByMap(features, column(present, index)) : features;
    });
    const logits = dense(params.gates, tf.concat(projected, 1)) as tf.Tensor2D; // [N, cues]
    const gates = tf.softmax(present ? tf.add<tf.Tensor2D>(logits, tf.mul(tf.sub(present, 1), 1e9)) : logits);
    const parts = projected.map((features, index) => scaleByMap(features, column(gates, index)));
    return { output: parts.reduce((sum, part) => tf.add(sum, part)) as tf.Tensor2D, gates };
  });
}
