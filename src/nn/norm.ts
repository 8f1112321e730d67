/** Batch and layer normalisation over the last axis. */
import * as tf from '@tensorflow/tfjs-core';
import { spreadOverChannels } from './channel-spread';
import type { ConvParams } from './conv';

/** Each leaf is [channels]; the running ones are set by training, not by gradients. */
export type BatchNormParams = {
  scale: tf.Tensor;
  offset: tf.Tensor;
  runningMean: tf.Tensor;
  runningVariance: tf.Tensor;
};

export type LayerNormParams = { scale: tf.Tensor; offset: tf.Tensor };

/**
 * Gathers what a training step makes of running statistics: the leaf as it is → the leaf as it should be. The tensors
 * outlive the step's tidy scopes; whoever owns the map disposes them.
 */
export type StatisticsUpdates = Map<tf.Tensor, tf.Tensor>;

export interface NormOptions {
  /** Given in training: normalise with the batch's own statistics and put the moved running ones here. */
  updates?: StatisticsUpdates;
}

/** Share of the old running statistics kept at each training step. */
const MOMENTUM = 0.9;
const EPSILON = 1e-3;

export function createBatchNorm(channels: number): BatchNormParams {
  return {
    scale: tf.ones([channels]),
    offset: tf.zeros([channels]),
    runningMean: tf.zeros([channels]),
    runningVariance: tf.ones([channels]),
  };
}

export function createLayerNorm(channels: number): LayerNormParams {
  return { scale: tf.ones([channels]), offset: tf.zeros([channels]) };
}

/**
 * y = γ·(x − μ)/√(σ² + ε) + β per channel (Ioffe and Szegedy 2015), for `input` [..., C]. μ and σ² are the running statistics, or
 * with `updates` those of this input over all other axes.
 */
export function batchNorm(params: BatchNormParams, input: tf.Tensor, { updates }: NormOptions = {}): tf.Tensor {
  return tf.tidy(() => {
    if (!updates) return normalised(params, input, params.runningMean, params.runningVariance);
    const { mean, variance } = tf.moments(tf.reshape(input, [-1, input.shape.at(-1)!]), 0);
    updates.set(params.runningMean, moved(params.runningMean, mean));
    updates.set(params.runningVariance, moved(params.runningVariance, variance));
    return normalised(params, input, mean, variance);
  });
}

/** As one product and one sum per channel: the fused kernel is many times slower on WebAssembly. */
function normalised(params: BatchNormParams, input: tf.Tensor, mean: tf.Tensor, variance: tf.Tensor): tf.Tensor {
  const scale = tf.mul(params.scale, tf.rsqrt(tf.add(variance, EPSILON))); // [C]
  return tf.add(tf.mul(input, scale), tf.sub(params.offset, tf.mul(mean, scale)));
}

const moved = (running: tf.Tensor, batch: tf.Tensor) =>
  tf.keep(tf.add(tf.mul(running, MOMENTUM), tf.mul(batch, 1 - MOMENTUM)));

/** The one convolution that equals `convParams` followed by this batch norm at inference: W' = W·γ/√(σ² + ε), b' = (b − μ)·γ/√(σ² + ε) + β. */
export function foldBatchNorm(params: BatchNormParams, convParams: ConvParams): ConvParams {
  const fold = (): ConvParams => {
    const scale = tf.mul(params.scale, tf.rsqrt(tf.add(params.runningVariance, EPSILON)));
    return {
      kernel: tf.mul(convParams.kernel, scale),
      bias: tf.add(tf.mul(tf.sub(convParams.bias, params.runningMean), scale), params.offset),
    };
  };
  return tf.tidy(fold);
}

/** y = γ·(x − μ)/√(σ² + ε) + β with μ and σ² over the channels of each place (Ba et al. 2016), for `input` [..., C]. */
export function layerNorm(params: LayerNormParams, input: tf.Tensor): tf.Tensor {
  return tf.tidy(() => {
    const channels = input.shape.at(-1)!;
    const centred = tf.sub(input, spreadOverChannels(tf.mean(input, -1, true), channels));
    const variance = tf.mean(tf.square(centred), -1, true); // [..., 1]
    const inverse = spreadOverChannels(tf.rsqrt(tf.add(variance, EPSILON)), channels);
    return tf.add(tf.mul(tf.mul(centred, inverse), params.scale), params.offset);
  });
}
