/** ESTA: two streams of hierarchical spatial attention that interact at every scale, looks back over three ranges of time, gates; a logit per place and one for the segment. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { type ConvParams, conv, createConv } from '../../nn/conv';
import type { FrameHistory } from '../../nn/conv3d-stacked';
import { createDense, type DenseParams, dense } from '../../nn/dense';
import {
  createFeatureEnhancement,
  type Enhanced,
  type FeatureEnhancementParams,
  featureEnhancement,
  featureEnhancementState,
  featureEnhancementStep,
} from '../../nn/feature-enhancement';
import { createLayerNorm, type LayerNormParams, layerNorm } from '../../nn/norm';
import {
  createSpatialAttention,
  parallelSpatialAttention,
  type SpatialAttentionParams,
  type SpatiallyAttended,
} from '../../nn/spatial-attention';
import { createStreamExchange, type StreamExchangeParams, streamExchange } from '../../nn/stream-exchange';
import type { Streamed } from '../../nn/stream-state';
import {
  createTemporalAttention,
  type TemporalAttentionParams,
  type TemporallyAttended,
  type TemporalState,
  temporalAttention,
  temporalAttentionStep,
  temporalState,
} from '../../nn/temporal-attention';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../streams/stream-inputs';
import type { EstaConfig } from './config';

export const STREAMS = ['colour', 'motion'] as const;
type StreamName = (typeof STREAMS)[number];
type ByStream<T> = { [stream in StreamName]: T };

type StemParams = { cells: ConvParams; places: ConvParams };

export type EstaParams = {
  stem: ByStream<StemParams>;
  spatial: ByStream<SpatialAttentionParams>;
  /** `level0` is after SA-1. */
  exchange: { readonly [level: string]: StreamExchangeParams };
  /** From both streams to the places: SA-1 at every place, and the fused picture around it. */
  join: { near: DenseParams; around: DenseParams; norm: LayerNormParams };
  temporal: TemporalAttentionParams;
  enhancement: FeatureEnhancementParams;
  head: { norm: LayerNormParams; places: ConvParams; logits: DenseParams; segment: DenseParams };
};

/** Streams of a clip, each [T, H, W, channels]. */
export type EstaInput = { motion: tf.Tensor4D; colour: tf.Tensor4D };

/** h and w are half of H and W, rounded up. */
export type EstaOutput = {
  /** Logit of an anomaly at each place [T, h, w, 1]. */
  logits: tf.Tensor4D;
  /** Logit that something is abnormal in the segment up to the frame [T]. */
  segment: tf.Tensor1D;
  /** [T, h, w, places] */
  fused: tf.Tensor4D;
  /** Mean of each stream's fused features over the picture [T, channels]. */
  summaries: ByStream<tf.Tensor2D>;
  /** Attention received, per level and in the fusion, mean of both streams: 1 is neutral. Each [T, h', w'] */
  maps: tf.Tensor3D[];
};

/** A place starts out as abnormal once in e⁴: what is rare need not be learned first. */
const RARE = -4;

export function createEsta(rng: Rng, { stem, spatial, temporal, places }: EstaConfig): EstaParams {
  const { levels, fusion } = spatial;
  const each = <T>(create: (stream: StreamName, random: Rng) => T) =>
    Object.fromEntries(STREAMS.map((stream) => [stream, create(stream, rng.fork(stream))])) as ByStream<T>;
  const logits = createDense(rng.fork('logits'), { inputs: 2 * places, outputs: 1 });
  logits.bias.dispose();
  return {
    stem: each((stream, random) => ({
      cells: createConv(random.fork('cells'), { size: 3, inputs: CHANNELS[stream], outputs: stem }),
      places: createConv(random.fork('places'), { size: 3, inputs: stem, outputs: levels[0].channels }),
    })),
    spatial: each((_, random) => createSpatialAttention(random, { inputs: levels[0].channels, hierarchy: spatial })),
    exchange: Object.fromEntries(
      levels.map(({ channels }, level) => [
        `level${level}`,
        createStreamExchange(rng.fork(`exchange${level}`), { streams: STREAMS, channels }),
      ]),
    ),
    join: {
      near: createDense(rng.fork('near'), { inputs: 2 * levels[0].channels, outputs: places, before: 'relu' }),
      around: createDense(rng.fork('around'), { inputs: 2 * fusion.channels, outputs: places }),
      norm: createLayerNorm(places),
    },
    temporal: createTemporalAttention(rng.fork('temporal'), { channels: places, hierarchy: temporal }),
    enhancement: createFeatureEnhancement(rng.fork('enhancement'), { channels: places }),
    head: {
      norm: createLayerNorm(places),
      places: createConv(rng.fork('places'), { size: 3, inputs: places, outputs: places }),
      logits: { kernel: logits.kernel, bias: tf.fill([1], RARE) },
      segment: createDense(rng.fork('segment'), { inputs: places + 1, outputs: 1 }),
    },
  };
}

const CHANNELS: ByStream<number> = { colour: COLOUR_CHANNELS, motion: MOTION_CHANNELS };

/**
 * Whole clips one after the other along T, with the timestamps of the frames of each. What the space–time gate carries over from one
 * clip's end to the next one's beginning is the caller's to keep apart (two black frames).
 */
export function esta(
  params: EstaParams,
  { spatial, temporal }: EstaConfig,
  input: EstaInput,
  clips: readonly (readonly number[])[],
): EstaOutput {
  return tf.tidy((): EstaOutput => {
    const seen = look(params, spatial, input);
    const remembered = temporalAttention(params.temporal, temporal, seen.places, clips);
    return judged(params, seen, featureEnhancement(params.enhancement, remembered));
  });
}

export interface EstaState {
  temporal: TemporalState;
  enhancement: FrameHistory;
}

/** The start of a clip of frames of height × width cells. */
export const estaState = ({ enhancement }: EstaParams, [height, width]: readonly [number, number]): EstaState => ({
  temporal: temporalState(),
  enhancement: featureEnhancementState(enhancement, [Math.ceil(height / 2), Math.ceil(width / 2)]),
});

/** What a step tells beside the output: where each range of time looked, and how much of it was let in. */
export type EstaStepOutput = EstaOutput & Pick<TemporallyAttended, 'weights' | 'gates'>;

/** One new frame [1, H, W, channels] of both streams at `timeS`, later than those before; the caller runs it inside `advance`. */
export function estaStep(
  params: EstaParams,
  { spatial, temporal }: EstaConfig,
  state: EstaState,
  input: EstaInput,
  timeS: number,
): Streamed<EstaStepOutput, EstaState> {
  const seen = look(params, spatial, input);
  const remembered = temporalAttentionStep(params.temporal, temporal, state.temporal, seen.places, timeS);
  const { weights, gates } = remembered.output;
  const enhanced = featureEnhancementStep(params.enhancement, state.enhancement, remembered.output.output);
  return {
    output: { ...judged(params, seen, enhanced.output), weights, gates },
    state: { temporal: remembered.state, enhancement: enhanced.state },
  };
}

type Seen = Pick<EstaOutput, 'summaries' | 'maps'> & { places: tf.Tensor4D };

/** All that is seen in each frame by itself: both streams' hierarchies, and the places they are joined at. */
function look({ stem, spatial, exchange, join }: EstaParams, hierarchy: EstaConfig['spatial'], input: EstaInput): Seen {
  const begin = (stream: StreamName) => {
    const cells = conv(stem[stream].cells, input[stream], { activation: 'relu' });
    return conv(stem[stream].places, cells, { stride: 2, activation: 'relu' });
  };
  const interact = (features: { [stream: string]: tf.Tensor4D }, level: number) =>
    streamExchange(exchange[`level${level}`], features);
  const frames = { colour: begin('colour'), motion: begin('motion') };
  const { colour, motion } = parallelSpatialAttention(spatial, frames, {
    hierarchy,
    interact,
  }) as ByStream<SpatiallyAttended>;
  const near = dense(join.near, tf.concat([colour.levels[0], motion.levels[0]], 3)) as tf.Tensor4D;
  const around = dense(join.around, tf.concat([colour.output, motion.output], 3)) as tf.Tensor4D;
  const joined = tf.add(near, enlarged(around, near, 2 ** (hierarchy.levels.length - 1)));
  const places = tf.relu(layerNorm(join.norm, joined)) as tf.Tensor4D;
  const summary = ({ output }: SpatiallyAttended) => tf.mean(output, [1, 2]) as tf.Tensor2D;
  return {
    places,
    summaries: { colour: summary(colour), motion: summary(motion) },
    maps: colour.maps.map((map, level) => tf.mul(tf.add(map, motion.maps[level]), 0.5) as tf.Tensor3D),
  };
}

/** Coarse features at the resolution of fine ones: each coarse cell covers side × side fine ones, at the far border less. */
function enlarged(coarse: tf.Tensor4D, { shape: [count, height, width] }: tf.Tensor4D, side: number): tf.Tensor4D {
  const large = tf.image.resizeNearestNeighbor(coarse, [coarse.shape[1] * side, coarse.shape[2] * side]);
  return tf.slice(large, [0, 0, 0, 0], [count, height, width, coarse.shape[3]]);
}

function judged({ head }: EstaParams, { summaries, maps }: Seen, { output: fused }: Enhanced): EstaOutput {
  const normed = layerNorm(head.norm, fused) as tf.Tensor4D;
  const features = conv(head.places, normed, { activation: 'relu' });
  // The normed features join in beside those of the convolution: where its units fall silent, the logit still has a slope.
  const logits = dense(head.logits, tf.concat([features, normed], 3)) as tf.Tensor4D; // [T, h, w, 1]
  const highest = tf.logSumExp(tf.reshape(logits, [logits.shape[0], -1]), 1, true); // [T, 1]
  const segment = dense(head.segment, tf.concat([tf.mean(features, [1, 2]), highest], 1)); // [T, 1]
  return { logits, segment: tf.squeeze(segment, [1]), fused, summaries, maps };
}
