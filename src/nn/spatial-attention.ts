/** ESTA's spatial attention: three levels of windows over ever coarser maps, and one attention over all of it. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { type AttentionParams, createAttention } from './attention';
import { type ConvParams, conv, createConv } from './conv';
import { createDense, type DenseParams, dense } from './dense';
import { createLayerNorm, type LayerNormParams, layerNorm } from './norm';
import { sinusoids } from './sinusoids';
import { windowedAttention } from './windowed-attention';

export interface SpatialHierarchy {
  /** SA-1 … SA-n, each at half the resolution of the one before. */
  levels: readonly { heads: number; channels: number; window: number }[];
  /** SA-Fusion, global, at the last level's resolution. */
  fusion: { heads: number; channels: number };
}

/** ESTA table 3. */
export const PAPER_HIERARCHY: SpatialHierarchy = {
  levels: [
    { heads: 8, channels: 256, window: 7 },
    { heads: 16, channels: 512, window: 5 },
    { heads: 32, channels: 1024, window: 3 },
  ],
  fusion: { heads: 4, channels: 2048 },
};

/** The same hierarchy with channels and heads divided by `divisor`, at least one head each. */
export function dividedHierarchy({ levels, fusion }: SpatialHierarchy, divisor: number): SpatialHierarchy {
  const divided = <T extends { heads: number; channels: number }>(part: T): T => ({
    ...part,
    heads: Math.max(1, Math.round(part.heads / divisor)),
    channels: Math.round(part.channels / divisor),
  });
  return { levels: levels.map(divided), fusion: divided(fusion) };
}

type LevelParams = {
  /** 1×1 into the first level; 2×2 with stride 2 into the next ones. */
  enter: ConvParams;
  norm: LayerNormParams;
  /** [window², channels] */
  position: tf.Tensor;
  attention: AttentionParams;
};

export type SpatialAttentionParams = {
  /** `level0` is SA-1. */
  levels: { readonly [level: string]: LevelParams };
  fusion: {
    /** Each level's features into the fusion's channels. */
    enter: { readonly [level: string]: DenseParams };
    place: DenseParams;
    norm: LayerNormParams;
    attention: AttentionParams;
  };
};

export type SpatiallyAttended = {
  /** Fused features [T, ⌈H/4⌉, ⌈W/4⌉, fusion.channels] for three levels. */
  output: tf.Tensor4D;
  /** Features of each level, finest first: [T, ⌈H/2ˡ⌉, ⌈W/2ˡ⌉, channels]. */
  levels: tf.Tensor4D[];
  /** Attention received per level and then in the fusion: [T, h, w], 1 is neutral. */
  maps: tf.Tensor3D[];
};

export interface SpatialAttentionOptions {
  hierarchy: SpatialHierarchy;
  products?: 'plain' | 'batched';
}

/** Waves that tell a place in the picture, whose height and width count as 1 each. */
const PLACE_WAVES = { count: 4, shortest: 0.25, longest: 2 };

export function createSpatialAttention(
  rng: Rng,
  { inputs, hierarchy }: { inputs: number; hierarchy: SpatialHierarchy },
): SpatialAttentionParams {
  const { levels, fusion } = hierarchy;
  const createLevel = (index: number): LevelParams => {
    const { channels, window } = levels[index];
    const from = index === 0 ? inputs : levels[index - 1].channels;
    const random = rng.fork(index);
    return {
      enter: createConv(random.fork('enter'), { size: index === 0 ? 1 : 2, inputs: from, outputs: channels }),
      norm: createLayerNorm(channels),
      position: tf.zeros([window ** 2, channels]),
      attention: createAttention(random.fork('attention'), { channels }),
    };
  };
  const enter = (index: number) =>
    createDense(rng.fork(`fusion${index}`), { inputs: levels[index].channels, outputs: fusion.channels });
  const named = <T>(create: (index: number) => T) =>
    Object.fromEntries(levels.map((_, index) => [`level${index}`, create(index)]));
  return {
    levels: named(createLevel),
    fusion: {
      enter: named(enter),
      place: createDense(rng.fork('place'), { inputs: 4 * PLACE_WAVES.count, outputs: fusion.channels }),
      norm: createLayerNorm(fusion.channels),
      attention: createAttention(rng.fork('fusion'), { channels: fusion.channels }),
    },
  };
}

/** One stream by itself; see `parallelSpatialAttention`. */
export function spatialAttention(
  params: SpatialAttentionParams,
  frames: tf.Tensor4D,
  options: SpatialAttentionOptions,
): SpatiallyAttended {
  return parallelSpatialAttention({ only: params }, { only: frames }, options).only;
}

type ByStream<T> = { [stream: string]: T };

/**
 * Per level, X = ReLU(enter(X)), X = X + Attention(LN(X)) within windows; then F = Σₗ Eₗ·pool(Xₗ), F = F + Attention(LN(F) + place) over
 * the whole picture (ESTA section 3.2, table 3; pre-norm residuals are chosen here). Streams of `frames` [T, H, W, inputs] go through the
 * levels side by side; after each level (0 is SA-1) they may `interact`: the features that come back, of the same shapes, go on.
 */
export function parallelSpatialAttention(
  params: ByStream<SpatialAttentionParams>,
  frames: ByStream<tf.Tensor4D>,
  options: SpatialAttentionOptions & {
    interact?: (features: ByStream<tf.Tensor4D>, level: number) => ByStream<tf.Tensor4D>;
  },
): ByStream<SpatiallyAttended> {
  const { hierarchy, products, interact = (features) => features } = options;
  return tf.tidy((): ByStream<SpatiallyAttended> => {
    const streams = Object.keys(frames);
    const each = <T>(value: (stream: string) => T): ByStream<T> =>
      Object.fromEntries(streams.map((stream) => [stream, value(stream)]));
    const levels = each((): tf.Tensor4D[] => []);
    const maps = each((): tf.Tensor3D[] => []);
    let features = frames;
    hierarchy.levels.forEach((_, level) => {
      const attended = each((stream) => attendLevel(params[stream], features[stream], level, options));
      features = interact(
        each((stream) => attended[stream].output),
        level,
      );
      for (const stream of streams) {
        levels[stream].push(features[stream]);
        maps[stream].push(attended[stream].received);
      }
    });
    return each((stream) => {
      const fused = fuse(params[stream].fusion, levels[stream], { heads: hierarchy.fusion.heads, products });
      return { output: fused.output, levels: levels[stream], maps: [...maps[stream], fused.received] };
    });
  });
}

function attendLevel(
  params: SpatialAttentionParams,
  features: tf.Tensor4D,
  level: number,
  { hierarchy, products }: SpatialAttentionOptions,
) {
  const { enter, norm, position, attention } = params.levels[`level${level}`];
  const { heads, window } = hierarchy.levels[level];
  const entered = conv(enter, features, { stride: level === 0 ? 1 : 2, activation: 'relu' });
  const normed = layerNorm(norm, entered) as tf.Tensor4D;
  const { output, received } = windowedAttention(attention, normed, { heads, window, position, products });
  return { output: tf.add<tf.Tensor4D>(entered, output), received };
}

function fuse(
  { enter, place, norm, attention }: SpatialAttentionParams['fusion'],
  levels: tf.Tensor4D[],
  { heads, products }: { heads: number; products?: 'plain' | 'batched' },
) {
  const entered = levels.map((features, index) => {
    const side = 2 ** (levels.length - 1 - index);
    const pooled = side === 1 ? features : tf.avgPool(features, side, side, 'same');
    return dense(enter[`level${index}`], pooled) as tf.Tensor4D;
  });
  const sum = entered.reduce((total, part) => tf.add(total, part));
  const position = dense(place, placeWaves(sum.shape[1], sum.shape[2])); // [H·W, C]
  const normed = layerNorm(norm, sum) as tf.Tensor4D;
  const { output, received } = windowedAttention(attention, normed, { heads, window: 'global', position, products });
  return { output: tf.add<tf.Tensor4D>(sum, output), received };
}

/** Row and column of each cell as waves: [height·width, 4·count]. */
function placeWaves(height: number, width: number): tf.Tensor2D {
  const cells = Array.from({ length: height * width }, (_, cell) => cell);
  const rows = cells.map((cell) => (Math.floor(cell / width) + 0.5) / height);
  const columns = cells.map((cell) => ((cell % width) + 0.5) / width);
  return tf.concat([sinusoids(rows, PLACE_WAVES), sinusoids(columns, PLACE_WAVES)], 1);
}
