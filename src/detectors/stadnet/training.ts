/** What STADNet is trained on and for: stretches of planted and pseudo-anomalies, a label per place and frame. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { stopGradient } from '../../nn/gradients';
import { anomalyMargin, crossEntropies } from '../../nn/losses';
import type { StatisticsUpdates } from '../../nn/norm';
import type { ParamTree } from '../../nn/tree';
import { klDivergence, vae } from '../../nn/vae';
import type { StreamInputs } from '../streams/stream-inputs';
import type { StretchBatch } from '../streams/training-stretches';
import type { StadnetConfig } from './config';
import { createStadnet, type StadnetOutput, type StadnetParams, stadnet } from './network';

/** Tensors of one step: clips one after the other along T, each after `lead` black frames. */
export interface StadnetBatch {
  [name: string]: tf.Tensor;
  motion: tf.Tensor4D;
  colour: tf.Tensor4D;
  /** 1 = abnormal [T, h, w, 1], and how much each place counts (0 = unknown or black frame). */
  labels: tf.Tensor4D;
  weights: tf.Tensor4D;
  /** Per frame [T]. */
  frameLabels: tf.Tensor1D;
  frameWeights: tf.Tensor1D;
  /** For the VAE [h·w, latents]. */
  noise: tf.Tensor2D;
}

/** Positives are few: each counts this often (MODELS of feature-space training use 4). */
const POSITIVE_WEIGHT = 4;
const WEIGHTS = { frame: 0.3, segment: 0.3, vae: 0.1, margin: 0.1 };
/** Abnormal places shall have at least so many nats more divergence than normal ones. */
const MARGIN = 2;
const RECONSTRUCTION_VARIANCE = 0.25;

export function stadnetBatch(stretches: StretchBatch, latents: number, rng: Rng): StadnetBatch {
  const { frames, height, width } = stretches;
  const [h, w] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  return {
    motion: tf.tensor4d(stretches.motion, [frames, height, width, stretches.motion.length / (frames * height * width)]),
    colour: tf.tensor4d(stretches.colour, [frames, height, width, stretches.colour.length / (frames * height * width)]),
    labels: tf.tensor4d(stretches.labels, [frames, h, w, 1]),
    weights: tf.tensor4d(stretches.weights, [frames, h, w, 1]),
    frameLabels: tf.tensor1d(stretches.frameLabels),
    frameWeights: tf.tensor1d(stretches.frameWeights),
    noise: tf.tensor2d(
      Float32Array.from({ length: h * w * latents }, () => rng.normal()),
      [h * w, latents],
    ),
  };
}

export const createParams = (config: StadnetConfig) => (rng: Rng) => createStadnet(rng, config) as ParamTree;

/** Cross-entropy per place, of the highest place of each frame, and of the segment; the VAE learns the fused features as they are. */
export function stadnetLoss(
  params: ParamTree,
  batch: StadnetBatch,
  clips: number,
  updates?: StatisticsUpdates,
): { total: tf.Scalar; parts: Record<string, tf.Scalar> } {
  const network = params as unknown as StadnetParams;
  const output = stadnet(network, batch, { clips, updates });
  const parts: Record<string, tf.Scalar> = {
    places: weighted(crossEntropies(output.logits, batch.labels, POSITIVE_WEIGHT), batch.weights),
    frame: weighted(crossEntropies(highest(output.logits, batch.weights), batch.frameLabels), batch.frameWeights),
    segment: weighted(crossEntropies(output.segment, batch.frameLabels), batch.frameWeights),
    ...latentLosses(network, output, batch),
  };
  const total = tf.addN([
    tf.mul(parts.places, 4),
    tf.mul(parts.frame, WEIGHTS.frame),
    tf.mul(parts.segment, WEIGHTS.segment),
    tf.mul(parts.vae, WEIGHTS.vae),
    tf.mul(parts.margin, WEIGHTS.margin),
  ]) as tf.Scalar;
  return { total, parts };
}

const weighted = (losses: tf.Tensor, weights: tf.Tensor): tf.Scalar =>
  tf.div(tf.sum(tf.mul(losses, weights)), tf.maximum(tf.sum(weights), 1));

/** The highest logit among the places that count, per frame [T]. */
function highest(logits: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor1D {
  const frames = logits.shape[0];
  const counted = tf.sub(logits, tf.mul(tf.cast(tf.equal(weights, 0), 'float32'), 50));
  return tf.max(tf.reshape(counted, [frames, -1]), 1) as tf.Tensor1D;
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
    vae: weighted(bound, normal),
    margin: anomalyMargin(divergence, labels, MARGIN),
  };
}

/** The highest logit of each frame of a whole clip, to validate on. */
export async function highestLogits(params: StadnetParams, clip: readonly StreamInputs[]): Promise<Float32Array> {
  const highestOfClip = tf.tidy(() => {
    const [motion, colour] = (['motion', 'colour'] as const).map((stream) =>
      tf.stack(
        clip.map(({ height, width, [stream]: values }) =>
          tf.tensor3d(values, [height, width, values.length / (height * width)]),
        ),
      ),
    ) as tf.Tensor4D[];
    const { logits } = stadnet(params, { motion, colour });
    return tf.max(tf.reshape(logits, [clip.length, -1]), 1);
  });
  const values = Float32Array.from(await highestOfClip.data<'float32'>());
  highestOfClip.dispose();
  return values;
}
