/** Every block at a tiny size, so that one test can try the same property on all of them, on every backend. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng, type Rng } from '../lib/rng';
import { type AffmParams, affm, createAffm } from './affm';
import { type AttentionParams, attention, createAttention } from './attention';
import { type ConvParams, conv, createConv } from './conv';
import { type ConvLstmParams, convLstm, createConvLstm } from './conv-lstm';
import { type Conv3dParams, conv3d, createConv3d } from './conv3d-stacked';
import {
  type CrossAttentionFusionParams,
  createCrossAttentionFusion,
  crossAttentionFusion,
} from './cross-attention-fusion';
import { createDense, type DenseParams, dense } from './dense';
import { createFeatureEnhancement, type FeatureEnhancementParams, featureEnhancement } from './feature-enhancement';
import { createLstm, type LstmParams, lstm } from './lstm';
import { createMlp, type MlpParams, mlp } from './mlp';
import { createMultiScaleConv, type MultiScaleConvParams, multiScaleConv, threeScales } from './multi-scale-conv';
import { createLayerNorm, type LayerNormParams, layerNorm } from './norm';
import { createSpatialAttention, type SpatialAttentionParams, spatialAttention } from './spatial-attention';
import {
  createSpatioTemporalAttention,
  type SpatioTemporalAttentionParams,
  spatioTemporalAttention,
} from './spatio-temporal-attention';
import { createStreamExchange, type StreamExchangeParams, streamExchange } from './stream-exchange';
import { createTemporalAttention, type TemporalAttentionParams, temporalAttention } from './temporal-attention';
import {
  type ConvDecoderParams,
  convDecoder,
  createConvDecoder,
  createTransposedConv,
  transposedConv,
} from './transposed-conv';
import type { ParamTree } from './tree';
import { createVae, type VaeParams, vae } from './vae';
import { windowedAttention } from './windowed-attention';

export interface BlockCase {
  name: string;
  create(rng: Rng): ParamTree;
  /** Shapes of the inputs. */
  inputs: readonly number[][];
  run(params: ParamTree, ...inputs: tf.Tensor[]): BlockResult;
  /** Shape of the output. */
  output: number[];
}

/** The output alone, or beside weights, gates and maps. */
type BlockResult = tf.Tensor | { output: tf.Tensor };

export const outputOf = (result: BlockResult) => ('output' in result ? result.output : result);

/** Ties a block's parameters to what it is run with; the casts live here, once. */
function blockCase<P extends ParamTree>(
  name: string,
  create: (rng: Rng) => P,
  inputs: readonly number[][],
  run: (params: P, ...inputs: never[]) => BlockResult,
  output: number[],
): BlockCase {
  return { name, create, inputs, run: run as BlockCase['run'], output };
}

const withOutput = ({ reconstruction, ...rest }: ReturnType<typeof vae>) => ({ output: reconstruction, ...rest });

export const TINY_HIERARCHY = {
  levels: [
    { heads: 2, channels: 4, window: 3 },
    { heads: 2, channels: 4, window: 2 },
  ],
  fusion: { heads: 1, channels: 6 },
};

export const TINY_RANGES = {
  ranges: {
    short: { slots: 3, rate: 1, region: 1 },
    mid: { slots: 3, rate: 2, region: 2 },
    long: { slots: 2, rate: 3, region: 'global' },
  },
  heads: 2,
  intervalS: 0.1,
} as const;

const TIMES = [0, 0.1, 0.23, 0.3];

export const blockCases: BlockCase[] = [
  blockCase(
    'dense',
    (rng) => createDense(rng, { inputs: 3, outputs: 4 }),
    [[2, 5, 3]],
    (params: DenseParams, x: tf.Tensor) => dense(params, x),
    [2, 5, 4],
  ),
  blockCase(
    'mlp',
    (rng) => createMlp(rng, { sizes: [3, 5, 2] }),
    [[4, 3]],
    (params: MlpParams, x: tf.Tensor) => mlp(params, x),
    [4, 2],
  ),
  blockCase(
    'conv',
    (rng) => createConv(rng, { size: [3, 2], inputs: 2, outputs: 3 }),
    [[2, 5, 4, 2]],
    (params: ConvParams, x: tf.Tensor4D) => conv(params, x, { stride: 2 }),
    [2, 3, 2, 3],
  ),
  blockCase(
    'layerNorm',
    () => createLayerNorm(5),
    [[2, 3, 5]],
    (params: LayerNormParams, x: tf.Tensor) => layerNorm(params, x),
    [2, 3, 5],
  ),
  blockCase(
    'conv3d',
    (rng) => createConv3d(rng, { kernel: [3, 3, 2], inputs: 2, outputs: 3 }),
    [[4, 4, 3, 2]],
    (params: Conv3dParams, x: tf.Tensor4D) => conv3d(params, x),
    [4, 4, 3, 3],
  ),
  blockCase(
    'multiScaleConv',
    (rng) => createMultiScaleConv(rng, threeScales(2, 4)),
    [[3, 5, 4, 2]],
    (params: MultiScaleConvParams, x: tf.Tensor4D) => multiScaleConv(params, x),
    [3, 5, 4, 4],
  ),
  ...(['plain', 'batched'] as const).map((products) =>
    blockCase(
      `attention, ${products} products`,
      (rng) => createAttention(rng, { channels: 4, contextChannels: 3, width: 6 }),
      [
        [2, 3, 4],
        [2, 5, 3],
      ],
      (params: AttentionParams, queries: tf.Tensor3D, context: tf.Tensor3D) =>
        attention(params, queries, context, { heads: 2, products }),
      [2, 3, 4],
    ),
  ),
  blockCase(
    'windowedAttention',
    (rng) => createAttention(rng, { channels: 4 }),
    [[2, 3, 4, 4]],
    (params: AttentionParams, x: tf.Tensor4D) => windowedAttention(params, x, { heads: 2, window: 2 }),
    [2, 3, 4, 4],
  ),
  blockCase(
    'spatialAttention',
    (rng) => createSpatialAttention(rng, { inputs: 3, hierarchy: TINY_HIERARCHY }),
    [[1, 5, 6, 3]],
    (params: SpatialAttentionParams, x: tf.Tensor4D) => spatialAttention(params, x, { hierarchy: TINY_HIERARCHY }),
    [1, 3, 3, 6],
  ),
  blockCase(
    'temporalAttention',
    (rng) => createTemporalAttention(rng, { channels: 4, hierarchy: TINY_RANGES }),
    [[TIMES.length, 3, 4, 4]],
    (params: TemporalAttentionParams, x: tf.Tensor4D) => temporalAttention(params, TINY_RANGES, x, [TIMES]),
    [TIMES.length, 3, 4, 4],
  ),
  blockCase(
    'spatioTemporalAttention',
    (rng) => createSpatioTemporalAttention(rng, { channels: 3 }),
    [
      [4, 3, 2, 3],
      [4, 3, 2, 3],
    ],
    (params: SpatioTemporalAttentionParams, spatial: tf.Tensor4D, temporal: tf.Tensor4D) =>
      spatioTemporalAttention(params, spatial, temporal),
    [4, 3, 2, 3],
  ),
  blockCase(
    'crossAttentionFusion',
    (rng) => createCrossAttentionFusion(rng, { streams: ['colour', 'motion'], channels: 3 }),
    [
      [2, 3, 2, 3],
      [2, 3, 2, 3],
    ],
    (params: CrossAttentionFusionParams, colour: tf.Tensor4D, motion: tf.Tensor4D) =>
      crossAttentionFusion(params, { colour, motion }),
    [2, 3, 2, 3],
  ),
  blockCase(
    'streamExchange',
    (rng) => createStreamExchange(rng, { streams: ['colour', 'motion'], channels: 3 }),
    [
      [2, 3, 2, 3],
      [2, 3, 2, 3],
    ],
    (params: StreamExchangeParams, colour: tf.Tensor4D, motion: tf.Tensor4D) => {
      return tf.tidy(() => {
        const exchanged = streamExchange(params, { colour, motion });
        return tf.concat([exchanged.colour, exchanged.motion], 3);
      });
    },
    [2, 3, 2, 6],
  ),
  blockCase(
    'lstm',
    (rng) => createLstm(rng, { inputs: 3, units: 2 }),
    [[4, 2, 3]],
    (params: LstmParams, x: tf.Tensor3D) => lstm(params, x),
    [4, 2, 2],
  ),
  blockCase(
    'convLstm',
    (rng) => createConvLstm(rng, { inputs: 2, units: 2 }),
    [[3, 4, 3, 2]],
    (params: ConvLstmParams, x: tf.Tensor4D) => convLstm(params, x),
    [3, 4, 3, 2],
  ),
  blockCase(
    'affm',
    (rng) => createAffm(rng, { cues: { appearance: 4, motion: 2, context: 3 }, width: 3 }),
    [
      [5, 4],
      [5, 2],
      [5, 3],
    ],
    (params: AffmParams, appearance: tf.Tensor2D, motion: tf.Tensor2D, context: tf.Tensor2D) =>
      affm(params, { appearance, motion, context }),
    [5, 3],
  ),
  blockCase(
    'featureEnhancement',
    (rng) => createFeatureEnhancement(rng, { channels: 4, squeezed: 3, kernel: [2, 3, 3] }),
    [[3, 4, 3, 4]],
    (params: FeatureEnhancementParams, x: tf.Tensor4D) => featureEnhancement(params, x),
    [3, 4, 3, 4],
  ),
  blockCase(
    'vae',
    (rng) => createVae(rng, { inputs: 4, hidden: [6, 5], latents: 2, condition: 1 }),
    [
      [3, 4],
      [3, 2],
      [3, 1],
    ],
    (params: VaeParams, x: tf.Tensor2D, noise: tf.Tensor2D, condition: tf.Tensor2D) =>
      withOutput(vae(params, x, { noise, condition })),
    [3, 4],
  ),
  blockCase(
    'transposedConv',
    (rng) => createTransposedConv(rng, { inputs: 2, outputs: 3 }),
    [[2, 3, 4, 2]],
    (params: ConvParams, x: tf.Tensor4D) => transposedConv(params, x),
    [2, 6, 8, 3],
  ),
  blockCase(
    'convDecoder',
    (rng) => createConvDecoder(rng, { latents: 3, start: [2, 3, 4], channels: [3, 1] }),
    [[2, 3]],
    (params: ConvDecoderParams, z: tf.Tensor2D) => convDecoder(params, z, [2, 3]),
    [2, 8, 12, 1],
  ),
];

export const seeded = (name: string) => createRng(7).fork(name);
