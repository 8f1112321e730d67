/** What ESTA is trained for: L = λ₁·L_cls + λ₂·L_fc + λ₃·L_tc + λ₄·L_ar (section 3.5). */
import * as tf from '@tensorflow/tfjs-core';
import { attentionRegularisation, featureConsistency, temporalCoherence } from '../../nn/sequence-losses';
import type { ParamTree } from '../../nn/tree';
import { CLASSIFICATION_WEIGHTS, classificationLoss, type NetworkBatch, weightedSum } from '../network-scene/training';
import type { EstaConfig } from './config';
import { type EstaOutput, type EstaParams, esta } from './network';

/** λ₁ … λ₄; the paper's were found by experiments that it does not report. */
export const LAMBDAS = { classification: 1, consistency: 0.1, coherence: 0.3, regularisation: 0.02 };

/** How much each term counts, and those within the classification. */
export const ESTA_WEIGHTS = { ...CLASSIFICATION_WEIGHTS, ...LAMBDAS };

/**
 * Classification of places, frames and segments; the streams' summaries agree in normal frames; errors of neighbouring frames agree, so
 * that the probability changes where the label does and nowhere else; attention is sparse and smooth.
 */
export function estaLoss(
  params: ParamTree,
  config: EstaConfig,
  batch: NetworkBatch,
  weights = ESTA_WEIGHTS,
): { total: tf.Scalar; parts: Record<string, tf.Scalar> } {
  const output = esta(params as unknown as EstaParams, config, batch, batch.clips);
  const classified = classificationLoss(output, batch, weights);
  const { colour, motion } = output.summaries;
  const terms = {
    classification: classified.total,
    consistency: featureConsistency(colour, motion, batch.frameLabels),
    coherence: coherence(output, batch),
    regularisation: regularisation(output),
  };
  const { classification, ...others } = terms;
  return { total: weightedSum(terms, weights), parts: { ...classified.parts, ...others } };
}

/** L_tc of the segment's probability less its label, over the frames of each clip that count. */
function coherence({ segment }: EstaOutput, { frameLabels, frameWeights, clips }: NetworkBatch): tf.Scalar {
  const errors = tf.mul(tf.sub(tf.sigmoid(segment), frameLabels), frameWeights);
  return temporalCoherence(tf.reshape(errors, [clips.length, -1]));
}

/** L_ar, mean over the levels. */
function regularisation({ maps }: EstaOutput): tf.Scalar {
  return tf.div(tf.addN(maps.map((map) => attentionRegularisation(map))), maps.length);
}
