/** STADNet: two streams of multi-scale convolutions, attended, fused, remembered; a logit per place and one for the segment. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { type ConvParams, conv, createConv } from '../../nn/conv';
import type { FrameHistory } from '../../nn/conv3d-stacked';
import {
  type CrossAttentionFusionParams,
  createCrossAttentionFusion,
  crossAttentionFusion,
} from '../../nn/cross-attention-fusion';
import { createDense, type DenseParams, dense } from '../../nn/dense';
import { createLstm, type LstmParams, type LstmState, lstm, lstmState, lstmStep } from '../../nn/lstm';
import {
  createMultiScaleConv,
  type MultiScaleConvParams,
  multiScaleConv,
  multiScaleConvState,
  multiScaleConvStep,
} from '../../nn/multi-scale-conv';
import type { NormOptions } from '../../nn/norm';
import {
  createSpatioTemporalAttention,
  type SpatioTemporalAttended,
  type SpatioTemporalAttentionParams,
  spatioTemporalAttention,
  spatioTemporalAttentionState,
  spatioTemporalAttentionStep,
} from '../../nn/spatio-temporal-attention';
import type { Streamed } from '../../nn/stream-state';
import { createVae, type VaeParams } from '../../nn/vae';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../streams/stream-inputs';
import type { StadnetConfig } from './config';

type StreamParams = {
  near: MultiScaleConvParams;
  wide: MultiScaleConvParams;
  /** The path without time beside `wide`. */
  spatial: ConvParams;
  attention: SpatioTemporalAttentionParams;
};

export type StadnetParams = {
  motion: StreamParams;
  colour: StreamParams;
  fusion: CrossAttentionFusionParams;
  lstm: LstmParams;
  head: { places: ConvParams; context: DenseParams; logits: ConvParams; segment: DenseParams };
  vae: VaeParams;
};

/** Streams of a clip, each [T, H, W, channels]. */
export type StadnetInput = { motion: tf.Tensor4D; colour: tf.Tensor4D };

export type StadnetOutput = {
  /** Logit of an anomaly at each place [T, h, w, 1]; h and w are half of H and W, rounded up. */
  logits: tf.Tensor4D;
  /** Logit that something is abnormal in the segment up to the frame [T]. */
  segment: tf.Tensor1D;
  /** [T, h, w, channels] */
  fused: tf.Tensor4D;
  /** Where the network looked, both streams averaged as they were fused [T, h, w, 1], 0…1. */
  attention: tf.Tensor4D;
  /** How much the moment counted, per stream [T, 2], 0…1. */
  moments: tf.Tensor2D;
};

/** The streams in the order of `moments`. */
export const STREAMS = ['colour', 'motion'] as const;
type StreamName = (typeof STREAMS)[number];

/** A cell starts out as abnormal once in e⁴: what is rare need not be learned first. */
const RARE = -4;
/** Sharpness of the soft maximum over places. */
const SHARPNESS = 1;

export function createStadnet(rng: Rng, config: StadnetConfig): StadnetParams {
  const { channels, memory } = config;
  const width = (branches: readonly { outputs: number }[]) => branches.reduce((sum, { outputs }) => sum + outputs, 0);
  const stream = (name: StreamName, inputs: number): StreamParams => {
    const random = rng.fork(name);
    const middle = width(config.near[name]);
    return {
      near: createMultiScaleConv(random.fork('near'), { inputs, branches: config.near[name] }),
      wide: createMultiScaleConv(random.fork('wide'), { inputs: middle, branches: config.wide[name] }),
      spatial: createConv(random.fork('spatial'), { size: 3, inputs: middle, outputs: channels }),
      attention: createSpatioTemporalAttention(random.fork('attention'), { channels, moments: config.moments }),
    };
  };
  const logits = createConv(rng.fork('logits'), { size: 1, inputs: channels, outputs: 1, before: 'linear' });
  logits.bias.dispose();
  return {
    motion: stream('motion', MOTION_CHANNELS),
    colour: stream('colour', COLOUR_CHANNELS),
    fusion: createCrossAttentionFusion(rng.fork('fusion'), { streams: [...STREAMS], channels }),
    lstm: createLstm(rng.fork('lstm'), { inputs: channels, units: memory }),
    head: {
      places: createConv(rng.fork('places'), { size: 3, inputs: channels, outputs: channels }),
      context: createDense(rng.fork('context'), { inputs: memory, outputs: channels }),
      logits: { kernel: logits.kernel, bias: tf.fill([1], RARE) },
      segment: createDense(rng.fork('segment'), { inputs: memory + 1, outputs: 1 }),
    },
    vae: createVae(rng.fork('vae'), { inputs: channels, condition: 1, ...config.vae }),
  };
}

/**
 * Whole clips: `clips` of equal length one after the other along T. What the convolutions carry over from one clip's end to the next
 * one's beginning is the caller's to keep apart (black frames); the LSTM begins anew with each.
 */
export function stadnet(
  params: StadnetParams,
  input: StadnetInput,
  { clips = 1, ...norm }: NormOptions & { clips?: number } = {},
): StadnetOutput {
  return tf.tidy((): StadnetOutput => {
    const attended = (name: StreamName) => {
      const near = multiScaleConv(params[name].near, input[name], norm);
      const wide = multiScaleConv(params[name].wide, near, { ...norm, stride: 2 });
      return spatioTemporalAttention(params[name].attention, spatialPath(params[name], near), wide);
    };
    const streams = { colour: attended('colour'), motion: attended('motion') };
    return judged(params, streams, (pooled) => {
      const [frames, channels] = pooled.shape;
      const sequences = tf.transpose(tf.reshape(pooled, [clips, frames / clips, channels]), [1, 0, 2]);
      const hidden = tf.transpose(lstm(params.lstm, sequences as tf.Tensor3D), [1, 0, 2]);
      return tf.reshape(hidden, [frames, -1]);
    });
  });
}

export interface StadnetState {
  motion: { near: FrameHistory; wide: FrameHistory; attention: FrameHistory };
  colour: { near: FrameHistory; wide: FrameHistory; attention: FrameHistory };
  lstm: LstmState;
}

/** The start of a clip of frames of height × width cells. */
export function stadnetState(params: StadnetParams, [height, width]: readonly [number, number]): StadnetState {
  const stream = (name: StreamName, inputs: number) => ({
    near: multiScaleConvState(params[name].near, [height, width, inputs]),
    wide: multiScaleConvState(params[name].wide, [height, width, params[name].spatial.kernel.shape[2]!]),
    attention: spatioTemporalAttentionState(params[name].attention),
  });
  return {
    motion: stream('motion', MOTION_CHANNELS),
    colour: stream('colour', COLOUR_CHANNELS),
    lstm: lstmState(params.lstm),
  };
}

/** One new frame [1, H, W, channels] of both streams; the caller runs it inside `advance`. */
export function stadnetStep(
  params: StadnetParams,
  state: StadnetState,
  input: StadnetInput,
): Streamed<StadnetOutput, StadnetState> {
  const next: StadnetState = { ...state };
  const attended = (name: StreamName) => {
    const near = multiScaleConvStep(params[name].near, state[name].near, input[name]);
    const wide = multiScaleConvStep(params[name].wide, state[name].wide, near.output, { stride: 2 });
    const spatial = spatialPath(params[name], near.output);
    const { output, state: attention } = spatioTemporalAttentionStep(
      params[name].attention,
      state[name].attention,
      spatial,
      wide.output,
    );
    next[name] = { near: near.state, wide: wide.state, attention };
    return output;
  };
  const streams = { colour: attended('colour'), motion: attended('motion') };
  const output = judged(params, streams, (pooled) => {
    const step = lstmStep(params.lstm, state.lstm, pooled);
    next.lstm = step.state;
    return step.output;
  });
  return { output, state: next };
}

const spatialPath = ({ spatial }: StreamParams, near: tf.Tensor4D) =>
  conv(spatial, near, { stride: 2, activation: 'relu' });

/** Fusion, memory and head; `remember` runs the LSTM over the picture means [T, channels]. */
function judged(
  { fusion, head }: StadnetParams,
  streams: Record<StreamName, SpatioTemporalAttended>,
  remember: (pooled: tf.Tensor2D) => tf.Tensor2D,
): StadnetOutput {
  const { output: fused, weights } = crossAttentionFusion(fusion, {
    colour: streams.colour.output,
    motion: streams.motion.output,
  });
  const hidden = remember(tf.mean(fused, [1, 2])); // [T, memory]
  const context = tf.expandDims(tf.expandDims(dense(head.context, hidden), 1), 1); // [T, 1, 1, channels]
  const features = tf.relu(tf.add(conv(head.places, fused), context)) as tf.Tensor4D;
  const logits = conv(head.logits, features); // [T, h, w, 1]
  const segment = dense(head.segment, tf.concat([hidden, softMaximum(logits)], 1)); // [T, 1]
  const share = (name: StreamName) => tf.reshape(tf.mean(weights[name], 1), [-1, 1, 1, 1]);
  const attention = STREAMS.map((name) => tf.mul(streams[name].spatialWeights, share(name)));
  return {
    logits,
    segment: tf.squeeze(segment, [1]),
    fused,
    attention: tf.add(attention[0], attention[1]),
    moments: tf.concat(
      STREAMS.map((name) => tf.reshape(streams[name].temporalWeights, [-1, 1])),
      1,
    ) as tf.Tensor2D,
  };
}

/** log Σ exp over the places of each frame: about the highest logit, with a slope everywhere. [T, 1]. */
function softMaximum(logits: tf.Tensor4D): tf.Tensor2D {
  const flat = tf.mul(tf.reshape(logits, [logits.shape[0], -1]), SHARPNESS);
  return tf.div(tf.logSumExp(flat, 1, true), SHARPNESS) as tf.Tensor2D;
}
