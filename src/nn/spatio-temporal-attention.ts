/** STADNet's spatio-temporal attention: where to look, and when, weighed from the features themselves. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { scaleByMap } from './channel-spread';
import { type ConvParams, conv, createConv } from './conv';
import { type Conv3dParams, conv3d, conv3dStep, createConv3d, emptyHistory, type FrameHistory } from './conv3d-stacked';
import type { Streamed } from './stream-state';

export type SpatioTemporalAttentionParams = { spatial: ConvParams; temporal: Conv3dParams };

export interface SpatioTemporalAttentionConfig {
  /** Channels of both feature maps. */
  channels: number;
  /** Frames that decide how much a moment counts; 3 by default. */
  moments?: number;
}

export type SpatioTemporalAttended = {
  /** X̃ [T, H, W, channels] */
  output: tf.Tensor4D;
  /** α_s in 0 … 1: where the network looked. [T, H, W, 1] */
  spatialWeights: tf.Tensor4D;
  /** α_t in 0 … 1: how much the moment counted. [T, 1, 1, 1] */
  temporalWeights: tf.Tensor4D;
};

export function createSpatioTemporalAttention(
  rng: Rng,
  { channels, moments = 3 }: SpatioTemporalAttentionConfig,
): SpatioTemporalAttentionParams {
  return {
    spatial: createConv(rng.fork('spatial'), { size: 3, inputs: channels, outputs: 1, before: 'linear' }),
    temporal: createConv3d(rng.fork('temporal'), { kernel: [moments, 1, 1], inputs: channels, outputs: 1 }),
  };
}

/**
 * X̃ = α_s·X_s + α_t·X_t (STADNet eqs. 2 and 8) for feature maps [T, H, W, channels] of the spatial and the temporal path. The paper
 * leaves α open: here α_s = σ(conv₃ₓ₃(X_s)) at each place, and α_t = σ(conv over the last moments of X_t's picture mean).
 */
export function spatioTemporalAttention(
  params: SpatioTemporalAttentionParams,
  spatial: tf.Tensor4D,
  temporal: tf.Tensor4D,
): SpatioTemporalAttended {
  return tf.tidy(() => weighted(params, spatial, temporal, conv3d(params.temporal, pictureMean(temporal))));
}

/** The same for one new frame of each path [1, H, W, channels]; the caller runs it inside `advance`. */
export function spatioTemporalAttentionStep(
  params: SpatioTemporalAttentionParams,
  history: FrameHistory,
  spatial: tf.Tensor4D,
  temporal: tf.Tensor4D,
): Streamed<SpatioTemporalAttended, FrameHistory> {
  const { output: logits, state } = conv3dStep(params.temporal, history, pictureMean(temporal));
  return { output: weighted(params, spatial, temporal, logits), state };
}

/** The start of a clip. */
export function spatioTemporalAttentionState({ temporal }: SpatioTemporalAttentionParams): FrameHistory {
  const channels = temporal.taps.tap0.shape[2]!;
  return emptyHistory(Object.keys(temporal.taps).length - 1, [1, 1, channels]);
}

function weighted(
  params: SpatioTemporalAttentionParams,
  spatial: tf.Tensor4D,
  temporal: tf.Tensor4D,
  temporalLogits: tf.Tensor4D,
): SpatioTemporalAttended {
  const spatialWeights = tf.sigmoid(conv(params.spatial, spatial)); // [T, H, W, 1]
  const temporalWeights = tf.sigmoid(temporalLogits); // [T, 1, 1, 1]
  const output: tf.Tensor4D = tf.add(scaleByMap(spatial, spatialWeights), tf.mul(temporal, temporalWeights));
  return { output, spatialWeights, temporalWeights };
}

/** [T, H, W, C] to [T, 1, 1, C]. */
const pictureMean = (frames: tf.Tensor4D) => tf.mean<tf.Tensor4D>(frames, [1, 2], true);
