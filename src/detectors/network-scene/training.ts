/** What the network detectors are trained on alike: batches of stretches, classification of places, frames and segments, logits to validate on. */
import * as tf from '@tensorflow/tfjs-core';
import { crossEntropies } from '../../nn/losses';
import { COLOUR_CHANNELS, MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import type { StretchBatch } from '../streams/training-stretches';

/** Tensors of one step: clips one after the other along T, each after black frames. */
export interface NetworkBatch {
  [name: string]: tf.TensorContainer;
  /** Timestamps of each clip's frames, in seconds; those of black frames lie beyond any reach before. */
  clips: number[][];
  motion: tf.Tensor4D;
  colour: tf.Tensor4D;
  /** 1 = abnormal [T, h, w, 1], and how much each place counts (0 = unknown or black frame). */
  labels: tf.Tensor4D;
  weights: tf.Tensor4D;
  /** Per frame [T]. */
  frameLabels: tf.Tensor1D;
  frameWeights: tf.Tensor1D;
}

/** What a network says of the frames of a batch. */
export interface ClassifiedFrames {
  /** Logit of an anomaly at each place [T, h, w, 1]. */
  logits: tf.Tensor4D;
  /** Logit of the segment up to each frame [T]. */
  segment: tf.Tensor1D;
}

/** Positives are few: each counts this often. */
const POSITIVE_WEIGHT = 4;
export const CLASSIFICATION_WEIGHTS = { places: 4, frame: 0.3, segment: 0.3 };
export type ClassificationWeights = typeof CLASSIFICATION_WEIGHTS;

export function networkBatch({ frames, height, width, clips, ...stretches }: StretchBatch): NetworkBatch {
  const [h, w] = [Math.ceil(height / 2), Math.ceil(width / 2)];
  return {
    clips,
    motion: tf.tensor4d(stretches.motion, [frames, height, width, MOTION_CHANNELS]),
    colour: tf.tensor4d(stretches.colour, [frames, height, width, COLOUR_CHANNELS]),
    labels: tf.tensor4d(stretches.labels, [frames, h, w, 1]),
    weights: tf.tensor4d(stretches.weights, [frames, h, w, 1]),
    frameLabels: tf.tensor1d(stretches.frameLabels),
    frameWeights: tf.tensor1d(stretches.frameWeights),
  };
}

/** Cross-entropy per place, of the highest place of each frame, and of the segment (L_cls); `parts` by name, and what they add up to. */
export function classificationLoss(
  { logits, segment }: ClassifiedFrames,
  batch: NetworkBatch,
  weights: ClassificationWeights,
) {
  const parts = {
    places: weightedMean(crossEntropies(logits, batch.labels, POSITIVE_WEIGHT), batch.weights),
    frame: weightedMean(crossEntropies(highest(logits, batch.weights), batch.frameLabels), batch.frameWeights),
    segment: weightedMean(crossEntropies(segment, batch.frameLabels), batch.frameWeights),
  };
  return { parts, total: weightedSum(parts, weights) };
}

/** Σ wᵢ·lossᵢ over named losses. */
export function weightedSum<Name extends string>(
  losses: Record<Name, tf.Scalar>,
  weights: Record<NoInfer<Name>, number>,
): tf.Scalar {
  const names = Object.keys(losses) as Name[];
  return tf.addN(names.map((name) => tf.mul(losses[name], weights[name]))) as tf.Scalar;
}

/** Σ w·x / max(1, Σ w). */
export const weightedMean = (losses: tf.Tensor, weights: tf.Tensor): tf.Scalar =>
  tf.div(tf.sum(tf.mul(losses, weights)), tf.maximum(tf.sum(weights), 1));

/** The highest logit among the places that count, per frame [T]. */
function highest(logits: tf.Tensor4D, weights: tf.Tensor4D): tf.Tensor1D {
  const counted = tf.sub(logits, tf.mul(tf.cast(tf.equal(weights, 0), 'float32'), 50));
  return tf.max(tf.reshape(counted, [logits.shape[0], -1]), 1) as tf.Tensor1D;
}

/** The highest logit of each frame of a whole clip, to validate on; `classify` runs the network. */
export async function highestLogits(
  clip: readonly StreamInputs[],
  classify: (streams: { motion: tf.Tensor4D; colour: tf.Tensor4D }) => { logits: tf.Tensor4D },
): Promise<Float32Array> {
  const { height, width } = clip[0];
  const highestOfClip = tf.tidy(() => {
    const stacked = (stream: 'motion' | 'colour', channels: number) =>
      tf.stack(clip.map((frame) => tf.tensor3d(frame[stream], [height, width, channels]))) as tf.Tensor4D;
    const { logits } = classify({
      motion: stacked('motion', MOTION_CHANNELS),
      colour: stacked('colour', COLOUR_CHANNELS),
    });
    return tf.max(tf.reshape(logits, [clip.length, -1]), 1);
  });
  const values = Float32Array.from(await highestOfClip.data<'float32'>());
  highestOfClip.dispose();
  return values;
}
