import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';
import { seeded, TINY_RANGES } from './blocks.fixture';
import { expectClose } from './close.fixture';
import { type ConvLstmParams, convLstm, convLstmState, convLstmStep, createConvLstm } from './conv-lstm';
import {
  createFeatureEnhancement,
  type FeatureEnhancementParams,
  featureEnhancement,
  featureEnhancementState,
  featureEnhancementStep,
} from './feature-enhancement';
import { createLstm, type LstmParams, lstm, lstmState, lstmStep } from './lstm';
import {
  createMultiScaleConv,
  type MultiScaleConvParams,
  multiScaleConv,
  multiScaleConvState,
  multiScaleConvStep,
  threeScales,
} from './multi-scale-conv';
import {
  createSpatioTemporalAttention,
  type SpatioTemporalAttentionParams,
  spatioTemporalAttention,
  spatioTemporalAttentionState,
  spatioTemporalAttentionStep,
} from './spatio-temporal-attention';
import { advance, disposeState, type Streamed } from './stream-state';
import {
  createTemporalAttention,
  type TemporalAttentionParams,
  type TemporalState,
  temporalAttention,
  temporalAttentionStep,
  temporalState,
} from './temporal-attention';
import type { ParamTree } from './tree';

/** A block that can be run both ways over a clip. */
interface StreamingCase {
  name: string;
  clip: number[];
  create(): ParamTree;
  whole(params: ParamTree, clip: tf.Tensor): tf.Tensor;
  start(params: ParamTree): unknown;
  step(params: ParamTree, state: unknown, frame: tf.Tensor, index: number): Streamed<tf.Tensor, unknown>;
}

/** Ties parameters and state of a block together; the casts live here, once. */
const streamingCase = <P extends ParamTree, S>(
  name: string,
  clip: number[],
  create: () => P,
  whole: (params: P, clip: never) => tf.Tensor,
  start: (params: P) => S,
  step: (params: P, state: S, frame: never, index: number) => Streamed<tf.Tensor, S>,
) => ({ name, clip, create, whole, start, step }) as unknown as StreamingCase;

const rng = seeded('streaming');

/** Uneven on purpose: some frames close together, then a gap wider than every range. */
const TIMES = [0, 0.1, 0.2, 0.23, 0.42, 0.5, 0.61, 3, 3.1, 3.22, 3.29, 3.5, 3.6, 3.72, 3.8];

const cases = [
  streamingCase(
    'multiScaleConv',
    [6, 5, 4, 2],
    () => createMultiScaleConv(rng, threeScales(2, 4)),
    (params: MultiScaleConvParams, clip: tf.Tensor4D) => multiScaleConv(params, clip, { stride: 2 }),
    (params) => multiScaleConvState(params, [5, 4, 2]),
    (params, state, frame: tf.Tensor4D) => multiScaleConvStep(params, state, frame, { stride: 2 }),
  ),
  streamingCase(
    'spatioTemporalAttention',
    [6, 3, 4, 2],
    () => createSpatioTemporalAttention(rng, { channels: 2, moments: 3 }),
    (params: SpatioTemporalAttentionParams, clip: tf.Tensor4D) =>
      spatioTemporalAttention(params, clip, tf.square(clip)).output,
    spatioTemporalAttentionState,
    (params, state, frame: tf.Tensor4D) => {
      const { output, state: next } = spatioTemporalAttentionStep(params, state, frame, tf.square(frame));
      return { output: output.output, state: next };
    },
  ),
  streamingCase(
    'featureEnhancement',
    [6, 3, 4, 4],
    () => createFeatureEnhancement(rng, { channels: 4 }),
    (params: FeatureEnhancementParams, clip: tf.Tensor4D) => featureEnhancement(params, clip).output,
    (params) => featureEnhancementState(params, [3, 4]),
    (params, state, frame: tf.Tensor4D) => {
      const { output, state: next } = featureEnhancementStep(params, state, frame);
      return { output: output.output, state: next };
    },
  ),
  streamingCase(
    'lstm',
    [6, 2, 3],
    () => createLstm(rng, { inputs: 3, units: 4 }),
    (params: LstmParams, clip: tf.Tensor3D) => lstm(params, clip),
    (params) => lstmState(params, 2),
    (params, state, frame: tf.Tensor3D) => {
      const { output, state: next } = lstmStep(params, state, tf.squeeze(frame, [0]));
      return { output: tf.expandDims(output), state: next };
    },
  ),
  streamingCase(
    'convLstm',
    [5, 3, 4, 2],
    () => createConvLstm(rng, { inputs: 2, units: 3 }),
    (params: ConvLstmParams, clip: tf.Tensor4D) => convLstm(params, clip),
    (params) => convLstmState(params, [3, 4]),
    convLstmStep,
  ),
  streamingCase(
    'temporalAttention',
    [TIMES.length, 3, 5, 4],
    () => createTemporalAttention(rng, { channels: 4, hierarchy: TINY_RANGES }),
    (params: TemporalAttentionParams, clip: tf.Tensor4D) => temporalAttention(params, TINY_RANGES, clip, [TIMES]),
    (): TemporalState => temporalState(),
    (params, state, frame: tf.Tensor4D, index) => {
      const { output, state: next } = temporalAttentionStep(params, TINY_RANGES, state, frame, TIMES[index]);
      return { output: output.output, state: next };
    },
  ),
];

describe.each(cases)('$name', ({ clip: shape, create, whole, start, step }) => {
  it('gives frame by frame what it gives for the whole clip, and leaves nothing behind', () =>
    onEachBackend(async () => {
      const params = create();
      const clip = randomTensor(rng.fork('clip'), shape);
      const run = () => {
        let state = start(params);
        const outputs = tf.split(clip, shape[0]).map((frame, index) => {
          const next = advance(state, (held) => step(params, held, frame, index));
          frame.dispose();
          state = next.state;
          return next.output;
        });
        disposeState(state);
        return outputs;
      };
      await expectClose(tf.concat(run()), whole(params, clip), 1e-5);
      await expectNoLeak(run);
    }));

  it('depends on the past and not on the future', () =>
    onEachBackend(async () => {
      const params = create();
      const clip = randomTensor(rng.fork('clip'), shape);
      const parts = tf.split(clip, shape[0]);
      const at = 1;
      const changed = tf.concat([...parts.slice(0, at), tf.zerosLike(parts[at]), ...parts.slice(at + 1)]);
      const difference = tf.abs(tf.sub(whole(params, changed), whole(params, clip)));
      const perFrame = await tf.max(tf.reshape(difference, [shape[0], -1]), 1).data();
      expect(perFrame[at - 1]).toBe(0);
      expect(perFrame[at]).toBeGreaterThan(1e-4);
      expect(perFrame[at + 1]).toBeGreaterThan(1e-6);
    }));
});
