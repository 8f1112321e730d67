/** ESTA's feature enhancement: learned gates that weigh channels, places and moments by how much they matter. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { scaleByMap } from './channel-spread';
import { type Conv3dParams, conv3d, conv3dStep, createConv3d, emptyHistory, type FrameHistory } from './conv3d-stacked';
import { createDense, type DenseParams, dense } from './dense';
import type { Streamed } from './stream-state';

export type FeatureEnhancementParams = { squeeze: DenseParams; excite: DenseParams; places: Conv3dParams };

export interface FeatureEnhancementConfig {
  channels: number;
  /** Channels between the two layers of the channel gate; a quarter by default. */
  squeezed?: number;
  /** Extent of the space–time gate as [time, height, width]; [3, 5, 5] by default. */
  kernel?: readonly [number, number, number];
}

export type Enhanced = {
  /** [T, H, W, channels] */
  output: tf.Tensor4D;
  /** 0 … 1 [T, channels] */
  channelGates: tf.Tensor2D;
  /** 0 … 1 [T, H, W, 1] */
  placeGates: tf.Tensor4D;
};

export function createFeatureEnhancement(rng: Rng, config: FeatureEnhancementConfig): FeatureEnhancementParams {
  const { channels, squeezed = Math.max(1, Math.round(channels / 4)), kernel = [3, 5, 5] } = config;
  return {
    squeeze: createDense(rng.fork('squeeze'), { inputs: channels, outputs: squeezed, before: 'relu' }),
    excite: createDense(rng.fork('excite'), { inputs: squeezed, outputs: channels }),
    places: createConv3d(rng.fork('places'), { kernel, inputs: 2, outputs: 1 }),
  };
}

/**
 * X' = X∘σ(E·ReLU(S·mean(X))) per channel, then X'' = X'∘σ(conv3d([mean_c X', max_c X'])) per place and moment, causal, for a clip
 * [T, H, W, channels]. ESTA names the gates without a formula; these are Hu et al. 2018 and Woo et al. 2018 (eqs. 2–3), in time too.
 */
export function featureEnhancement(params: FeatureEnhancementParams, clip: tf.Tensor4D): Enhanced {
  return tf.tidy((): Enhanced => {
    const { weighed, channelGates } = weighChannels(params, clip);
    return placeGated(weighed, channelGates, conv3d(params.places, channelSummary(weighed)));
  });
}

/** The same for one new frame [1, H, W, channels]; the caller runs it inside `advance`. */
export function featureEnhancementStep(
  params: FeatureEnhancementParams,
  history: FrameHistory,
  frame: tf.Tensor4D,
): Streamed<Enhanced, FrameHistory> {
  const { weighed, channelGates } = weighChannels(params, frame);
  const { output: logits, state } = conv3dStep(params.places, history, channelSummary(weighed));
  return { output: placeGated(weighed, channelGates, logits), state };
}

/** The start of a clip of frames [height, width]. */
export function featureEnhancementState(
  { places }: FeatureEnhancementParams,
  [height, width]: readonly [number, number],
): FrameHistory {
  return emptyHistory(Object.keys(places.taps).length - 1, [height, width, 2]);
}

function weighChannels(params: FeatureEnhancementParams, frames: tf.Tensor4D) {
  const squeezed = tf.relu(dense(params.squeeze, tf.mean(frames, [1, 2]))); // [T, squeezed]
  const channelGates = tf.sigmoid(dense(params.excite, squeezed)) as tf.Tensor2D;
  const [count, channels] = channelGates.shape;
  return { weighed: tf.mul<tf.Tensor4D>(frames, tf.reshape(channelGates, [count, 1, 1, channels])), channelGates };
}

/** Mean and maximum over channels: [T, H, W, 2]. */
const channelSummary = (frames: tf.Tensor4D) =>
  tf.concat([tf.mean(frames, 3, true), tf.max(frames, 3, true)], 3) as tf.Tensor4D;

function placeGated(weighed: tf.Tensor4D, channelGates: tf.Tensor2D, logits: tf.Tensor4D): Enhanced {
  const placeGates = tf.sigmoid(logits);
  return { output: scaleByMap(weighed, placeGates) as tf.Tensor4D, channelGates, placeGates };
}
