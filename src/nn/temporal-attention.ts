/** ESTA's temporal attention: short, mid and long looks back, fused from the nearest to the farthest. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { clipSamples, clipTimeAttention } from './clip-time-attention';
import { createDense, type DenseParams, dense } from './dense';
import { poolRegions, type Region, spreadRegions } from './regions';
import { sinusoids } from './sinusoids';
import type { Streamed } from './stream-state';
import {
  ESTA_RANGES,
  outdatedCount,
  reachS,
  type SampledFrame,
  sampleRange,
  type TemporalRange,
} from './temporal-sampling';
import { timeAttention } from './time-attention';

/** A look back and how wide each place looks around itself. */
export interface RangeConfig extends TemporalRange {
  region: Region;
}

export interface TemporalHierarchy {
  /** From the nearest range to the farthest; the order of fusion. */
  ranges: { readonly [range: string]: RangeConfig };
  heads: number;
  /** Seconds that rate 1 stands for. */
  intervalS: number;
}

/** ESTA table 4: short and local, mid and regional (4×4 cells here), long and global. */
export const PAPER_RANGES = {
  short: { ...ESTA_RANGES.short, region: 1 },
  mid: { ...ESTA_RANGES.mid, region: 4 },
  long: { ...ESTA_RANGES.long, region: 'global' },
} as const satisfies TemporalHierarchy['ranges'];

type RangeParams = {
  query: DenseParams;
  key: DenseParams;
  value: DenseParams;
  /** Waves of a frame's age to an addition to its keys. */
  age: DenseParams;
  output: DenseParams;
  /** Gate of this range in the fusion: from what is fused so far, and from what the range read. */
  gateFused: DenseParams;
  gateRead: DenseParams;
};

export type TemporalAttentionParams = { readonly [range: string]: RangeParams };

export type TemporallyAttended = {
  /** [1, H, W, channels] */
  output: tf.Tensor4D;
  /** Per range: weight of each sampled moment, newest first, at each of its regions; over the moments they sum to 1. [slots, h, w] */
  weights: { [range: string]: tf.Tensor3D };
  /** Per range: how much of what it read was let into the features, mean over the picture, 0…1. [1] */
  gates: { [range: string]: tf.Tensor1D };
  /** Per range: which frames stood for its moments. Indices count from the oldest frame remembered. */
  samples: { [range: string]: SampledFrame[] };
};

/** What is remembered of one frame: per range its keys and values, each [h·w, channels]. */
type Remembered = { [range: string]: { key: tf.Tensor2D; value: tf.Tensor2D } };

export type TemporalState = { timestampsS: readonly number[]; frames: readonly Remembered[] };

/** Waves that tell the age of a frame, from a tenth of a second to half a minute. */
const AGE_WAVES = { count: 8, shortest: 0.2, longest: 60 };

export function createTemporalAttention(
  rng: Rng,
  { channels, hierarchy }: { channels: number; hierarchy: TemporalHierarchy },
): TemporalAttentionParams {
  const square = { inputs: channels, outputs: channels };
  const create = (random: Rng): RangeParams => ({
    query: createDense(random.fork('query'), square),
    key: createDense(random.fork('key'), square),
    value: createDense(random.fork('value'), square),
    age: createDense(random.fork('age'), { inputs: 2 * AGE_WAVES.count, outputs: channels }),
    output: createDense(random.fork('output'), square),
    gateFused: createDense(random.fork('gateFused'), square),
    gateRead: createDense(random.fork('gateRead'), square),
  });
  return Object.fromEntries(Object.keys(hierarchy.ranges).map((range) => [range, create(rng.fork(range))]));
}

/** Nothing seen yet. */
export const temporalState = (): TemporalState => ({ timestampsS: [], frames: [] });

/**
 * One new frame [1, H, W, channels] at `timestampS`, later than those before. Per range r: Aᵣ = attention over its sampled moments,
 * then F ← F + σ(gate(F, Aᵣ))∘Aᵣ from the nearest range to the farthest, with F = the frame to begin with (ESTA section 3.3, table 4; the
 * gates are chosen here). What it costs does not depend on how far it looks back. The caller runs it inside `advance`.
 */
export function temporalAttentionStep(
  params: TemporalAttentionParams,
  hierarchy: TemporalHierarchy,
  state: TemporalState,
  frame: tf.Tensor4D,
  timestampS: number,
): Streamed<TemporallyAttended, TemporalState> {
  const newest = state.timestampsS.at(-1);
  if (newest !== undefined && !(timestampS > newest)) {
    throw new RangeError(`frames must come in order of time, got ${timestampS} s after ${newest} s`);
  }
  const all: TemporalState = {
    timestampsS: [...state.timestampsS, timestampS],
    frames: [...state.frames, remember(params, hierarchy, frame)],
  };
  const kept = withoutOutdated(all, hierarchy);
  return { output: attendNow(params, hierarchy, kept, frame), state: kept };
}

/**
 * Whole clips [B·T, H, W, channels], one after the other, with the timestamps of each: the output of each step, same shape. One
 * product over all frames instead of a step for each, so that training is not made of thousands of small operations.
 */
export function temporalAttention(
  params: TemporalAttentionParams,
  { ranges, heads, intervalS }: TemporalHierarchy,
  frames: tf.Tensor4D,
  clips: readonly (readonly number[])[],
): tf.Tensor4D {
  return tf.tidy(() => {
    let output = frames;
    for (const [range, config] of Object.entries(ranges)) {
      const { query, key, value, age, output: leave } = params[range];
      const pooled = poolRegions(frames, config.region);
      const [, height, width, channels] = pooled.shape;
      const [count, length] = [clips.length, clips[0].length];
      const split = (layer: DenseParams) =>
        tf.reshape(dense(layer, pooled), [count, length, height * width, channels]) as tf.Tensor4D;
      const { reads, agesS } = clipSamples(clips, config, intervalS);
      const read = clipTimeAttention({
        query: split(query),
        key: split(key),
        value: split(value),
        ageKeys: tf.reshape(dense(age, sinusoids(agesS, AGE_WAVES)), [count, length, length, channels]),
        reads: tf.tensor4d(reads, [count, 1, length, length]),
        heads,
      });
      output = fuse(params[range], config.region, output, tf.reshape(dense(leave, read), pooled.shape)).output;
    }
    return output;
  });
}

/** Keys and values of a frame, per range at the resolution of its regions. */
function remember(params: TemporalAttentionParams, { ranges }: TemporalHierarchy, frame: tf.Tensor4D): Remembered {
  const remembered: Remembered = {};
  for (const [range, { region }] of Object.entries(ranges)) {
    const pooled = poolRegions(frame, region);
    const rows = (layer: DenseParams) => tf.reshape(dense(layer, pooled), [-1, frame.shape[3]]) as tf.Tensor2D;
    remembered[range] = { key: rows(params[range].key), value: rows(params[range].value) };
  }
  return remembered;
}

function withoutOutdated({ timestampsS, frames }: TemporalState, hierarchy: TemporalHierarchy): TemporalState {
  const reach = reachS(Object.values(hierarchy.ranges), hierarchy.intervalS);
  const outdated = outdatedCount(timestampsS, reach);
  return { timestampsS: timestampsS.slice(outdated), frames: frames.slice(outdated) };
}

/** Attention and fusion for the newest frame of what is remembered. */
function attendNow(
  params: TemporalAttentionParams,
  hierarchy: TemporalHierarchy,
  { timestampsS, frames }: TemporalState,
  frame: tf.Tensor4D,
): TemporallyAttended {
  const weights: TemporallyAttended['weights'] = {};
  const samples: TemporallyAttended['samples'] = {};
  const gates: TemporallyAttended['gates'] = {};
  let output = frame;
  for (const [range, config] of Object.entries(hierarchy.ranges)) {
    samples[range] = sampleRange(timestampsS, config, hierarchy.intervalS);
    const sampled = samples[range].map(({ index }) => frames.at(index)![range]);
    const attended = attendRange(params[range], config.region, hierarchy.heads, frame, sampled, samples[range]);
    const fused = fuse(params[range], config.region, output, attended.read);
    output = fused.output;
    gates[range] = tf.reshape(tf.mean(fused.gate), [1]);
    weights[range] = attended.weights;
  }
  return { output, weights, gates, samples };
}

/** Missing moments (index −1) hold the newest frame, masked: shapes stay the same from the first frame on. */
function attendRange(
  params: RangeParams,
  region: Region,
  heads: number,
  frame: tf.Tensor4D,
  sampled: readonly { key: tf.Tensor2D; value: tf.Tensor2D }[],
  samples: readonly SampledFrame[],
): { read: tf.Tensor4D; weights: tf.Tensor3D } {
  const pooled = poolRegions(frame, region);
  const [, height, width, channels] = pooled.shape;
  const ages = sinusoids(
    samples.map(({ ageS }) => ageS),
    AGE_WAVES,
  ); // [S, waves]
  const { read, weights } = timeAttention({
    query: tf.reshape(dense(params.query, pooled), [height * width, channels]),
    keys: sampled.map(({ key }) => key),
    values: sampled.map(({ value }) => value),
    ageKeys: dense(params.age, ages) as tf.Tensor2D,
    present: samples.map(({ index }) => index >= 0),
    heads,
  });
  return {
    read: tf.reshape(dense(params.output, read), pooled.shape),
    weights: tf.reshape(weights, [samples.length, height, width]),
  };
}

/** F + σ(gate(F, A))∘A, where A is at the resolution of its regions. */
function fuse(params: RangeParams, region: Region, fused: tf.Tensor4D, read: tf.Tensor4D) {
  const size: [number, number] = [fused.shape[1], fused.shape[2]];
  const fromRead = spreadRegions(dense(params.gateRead, read) as tf.Tensor4D, region, size);
  const gate = tf.sigmoid(tf.add(dense(params.gateFused, fused), fromRead));
  return { output: tf.add<tf.Tensor4D>(fused, tf.mul(gate, spreadRegions(read, region, size))), gate };
}
