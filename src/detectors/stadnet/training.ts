/** What STADNet is trained for: classification of places and segments, and a VAE of the fused features with a margin. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { stopGradient } from '../../nn/gradients';
import { anomalyMargin } from '../../nn/losses';
import type { StatisticsUpdates } from '../../nn/norm';
import type { ParamTree } from '../../nn/tree';
import { klDivergence, vae } from '../../nn/vae';
import {
  CLASSIFICATION_WEIGHTS,
  classificationLoss,
  type NetworkBatch,
  networkBatch,
  weightedMean,
  weightedSum,
} from '../network-scene/training';
import type { StretchBatch } from '../streams/training-stretches';
import { type StadnetOutput, type StadnetParams, stadnet } from './network';

export interface StadnetBatch extends NetworkBatch {
  /** For the VAE [h·w, latents]. */
  noise: tf.Tensor2D;
}

/** How much each term of the loss counts, by the names of its parts. */
export const STADNET_WEIGHTS = { ...CLASSIFICATION_WEIGHTS, vae: 0.1, margin: 0.1 };
/** Abnormal places shall have at least so many nats more divergence than normal ones. */
const MARGIN = 2;
const RECONSTRUCTION_VARIANCE = 0.25;

export function stadnetBatch(stretches: StretchBatch, latents: number, rng: Rng): StadnetBatch {
  const places = Math.ceil(stretches.height / 2) * Math.ceil(stretches.width / 2);
  const noise = Float32Array.from({ length: places * latents }, () => rng.normal());
  return { ...networkBatch(stretches), noise: tf.tensor2d(noise, [places, latents]) };
}

/** Classification of places, frames and segments; the VAE learns the fused features as they are. */
export function stadnetLoss(
  params: ParamTree,
  batch: StadnetBatch,
  updates?: StatisticsUpdates,
  weights = STADNET_WEIGHTS,
): { total: tf.Scalar; parts: Record<string, tf.Scalar> } {
  const network = params as unknown as StadnetParams;
  const output = stadnet(network, batch, { clips: batch.clips.length, updates });
  const classified = classificationLoss(output, batch, weights);
  const latent = latentLosses(network, output, batch);
  return {
    total: tf.add(classified.total, weightedSum(latent, weights)),
    parts: { ...classified.parts, ...latent },
  };
}

/** Reconstruction and divergence of the fused features of the last frame, and the margin between its abnormal and normal places (eqs. 9–11). */
function latentLosses(network: StadnetParams, { fused }: StadnetOutput, batch: StadnetBatch) {
  const [frames, height, width, channels] = fused.shape;
  const last = (tensor: tf.Tensor4D) =>
    tf.reshape(tf.slice(tensor, [frames - 1, 0, 0, 0], [1, height, width, tensor.shape[3]]), [height * width, -1]);
  const features = stopGradient(last(fused)) as tf.Tensor2D;
  const rows = tf.tile(tf.reshape(tf.linspace(0, 1, height), [height, 1, 1]), [1, width, 1]);
  const condition = tf.reshape(rows, [height * width, 1]) as tf.Tensor2D;
  const encoded = vae(network.vae, features, { noise: batch.noise, condition });
  const labels = tf.squeeze(last(batch.labels), [1]) as tf.Tensor1D;
  const normal = tf.sub(1, labels);
  const divergence = klDivergence(encoded);
  const errors = tf.mul(
    tf.sum(tf.squaredDifference(encoded.reconstruction, features), 1),
    0.5 / RECONSTRUCTION_VARIANCE,
  );
  const bound = tf.add(tf.div(errors, channels / 8), divergence);
  return {
    vae: weightedMean(bound, normal),
    margin: anomalyMargin(divergence, labels, MARGIN),
  };
}
