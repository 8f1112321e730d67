import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { expectNoLeak, onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { seeded, TINY_HIERARCHY } from './blocks.fixture';
import { expectClose } from './close.fixture';
import {
  createSpatialAttention,
  dividedHierarchy,
  PAPER_HIERARCHY,
  parallelSpatialAttention,
  spatialAttention,
} from './spatial-attention';
import { disposeTree, parameterCount } from './tree';

const rng = seeded('spatial');
const frames = (...shape: number[]) => randomTensor(rng.fork('frames'), shape) as tf.Tensor4D;
const create = () => createSpatialAttention(rng, { inputs: 3, hierarchy: TINY_HIERARCHY });

it('halves the picture from level to level and gives one map for each and for the fusion', () =>
  onEachBackend(async () => {
    const params = create();
    const x = frames(2, 7, 6, 3);
    const { output, levels, maps } = spatialAttention(params, x, { hierarchy: TINY_HIERARCHY });
    expect(levels.map(({ shape }) => shape)).toEqual([
      [2, 7, 6, 4],
      [2, 4, 3, 4],
    ]);
    expect(maps.map(({ shape }) => shape)).toEqual([
      [2, 7, 6],
      [2, 4, 3],
      [2, 4, 3],
    ]);
    expect(output.shape).toEqual([2, 4, 3, 6]);
    await expectClose(tf.mean(maps[2]), [1], 1e-5);
    await expectNoLeak(() => spatialAttention(params, x, { hierarchy: TINY_HIERARCHY }));
  }));

it('treats each frame by itself', () =>
  onEachBackend(async () => {
    const params = create();
    const x = frames(2, 5, 6, 3);
    const second = tf.slice(x, 1, 1);
    const together = spatialAttention(params, x, { hierarchy: TINY_HIERARCHY }).output;
    await expectClose(spatialAttention(params, second, { hierarchy: TINY_HIERARCHY }).output, tf.slice(together, 1, 1));
  }));

it('lets streams interact after every level, before the next one reads them', () =>
  onEachBackend(async () => {
    const params = { first: create(), second: create() };
    const x = { first: frames(1, 5, 6, 3), second: tf.zeros([1, 5, 6, 3]) as tf.Tensor4D };
    const seen: number[][] = [];
    const joined = parallelSpatialAttention(params, x, {
      hierarchy: TINY_HIERARCHY,
      interact: ({ first, second }, level) => {
        seen.push([level, first.shape[1], second.shape[1]]);
        return level === 0 ? { first, second: first } : { first, second };
      },
    });
    expect(seen).toEqual([
      [0, 5, 5],
      [1, 3, 3],
    ]);
    await expectClose(joined.second.levels[0], joined.first.levels[0], 0);
    const alone = spatialAttention(params.second, x.second, { hierarchy: TINY_HIERARCHY }).levels[1];
    expect((await tf.max(tf.abs(tf.sub(joined.second.levels[1], alone))).data())[0]).toBeGreaterThan(1e-3);
    await expectClose(
      joined.first.output,
      spatialAttention(params.first, x.first, { hierarchy: TINY_HIERARCHY }).output,
    );
  }));

it('is built to the sizes of table 3, and divided', () =>
  onBackend('cpu', () => {
    const eighth = dividedHierarchy(PAPER_HIERARCHY, 8);
    expect(eighth).toEqual({
      levels: [
        { heads: 1, channels: 32, window: 7 },
        { heads: 2, channels: 64, window: 5 },
        { heads: 4, channels: 128, window: 3 },
      ],
      fusion: { heads: 1, channels: 256 },
    });
    const params = createSpatialAttention(rng, { inputs: 16, hierarchy: eighth });
    expect(parameterCount(params)).toBeLessThan(600_000);
    expect(params.levels.level1.position.shape).toEqual([25, 64]);
    disposeTree(params);
  }));
