import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { scaleByMap, spreadOverChannels } from './channel-spread';
import { expectClose } from './close.fixture';
import { conv, createConv } from './conv';
import { createDense, dense } from './dense';
import { glorotUniform, heNormal } from './initial';
import { mlp } from './mlp';
import { createMultiScaleConv, multiScaleConv, threeScales } from './multi-scale-conv';

const rng = createRng(1);

describe('starting weights', () => {
  const spread = async (weights: tf.Tensor) => Math.sqrt((await tf.moments(weights).variance.data())[0]);

  it('have the variance that keeps signals alive', () =>
    onBackend('cpu', async () => {
      expect(await spread(heNormal(rng, [100, 100], 50))).toBeCloseTo(0.2, 2);
      expect(await spread(glorotUniform(rng, [100, 100], 30, 20))).toBeCloseTo(0.2, 2);
    }));

  it('come from the fan-in of the layer', () =>
    onBackend('cpu', async () => {
      expect(await spread(createConv(rng, { size: 3, inputs: 50, outputs: 40 }).kernel)).toBeCloseTo(
        Math.sqrt(2 / 450),
        2,
      );
      expect(await spread(createDense(rng, { inputs: 200, outputs: 40, before: 'relu' }).kernel)).toBeCloseTo(0.1, 2);
    }));
});

it('dense works on the last axis of any rank', () =>
  onEachBackend(async () => {
    const params = {
      kernel: tf.tensor2d([
        [1, 2],
        [3, 4],
      ]),
      bias: tf.tensor1d([0.5, -0.5]),
    };
    const output = dense(params, tf.tensor4d([1, 0, 1, 1], [1, 2, 1, 2]));
    expect(output.shape).toEqual([1, 2, 1, 2]);
    await expectClose(output, [1.5, 1.5, 4.5, 5.5]);
  }));

it('conv sums its neighbours, steps and cuts at zero', () =>
  onEachBackend(async () => {
    const params = { kernel: tf.ones([1, 3, 1, 1]), bias: tf.tensor1d([-4]) };
    const row = tf.tensor4d([1, 2, 3, 4], [1, 1, 4, 1]);
    await expectClose(conv(params, row), [-1, 2, 5, 3]);
    await expectClose(conv(params, row, { activation: 'relu' }), [0, 2, 5, 3]);
    await expectClose(conv(params, row, { stride: 2 }), [2, 3]);
  }));

it('mlp cuts at zero between layers, and after the last where asked', () =>
  onEachBackend(async () => {
    const layer = (weights: number[][]) => ({ kernel: tf.tensor2d(weights), bias: tf.zeros([weights[0].length]) });
    const params = { layer0: layer([[1, -1]]), layer1: layer([[-2], [1]]) };
    await expectClose(mlp(params, tf.tensor2d([[3], [-3]])), [-6, 3]);
    await expectClose(mlp(params, tf.tensor2d([[3], [-3]]), { last: 'relu' }), [0, 3]);
  }));

it('a map is spread over channels, and scales features', () =>
  onEachBackend(async () => {
    const map = tf.tensor3d([2, -1], [1, 2, 1]);
    await expectClose(spreadOverChannels(map, 3), tf.tensor3d([2, 2, 2, -1, -1, -1], [1, 2, 3]), 0);
    await expectClose(scaleByMap(tf.tensor3d([1, 2, 3, 4], [1, 2, 2]), map), [2, 4, -3, -4], 0);
    expect(() => spreadOverChannels(tf.zeros([2, 2]), 3)).toThrow(/got shape \[2,2\]/);
  }));

describe('multiScaleConv', () => {
  it('puts the scales side by side: channels of one do not depend on another', () =>
    onEachBackend(async () => {
      const params = createMultiScaleConv(rng, threeScales(2, 8));
      const clip = randomTensor(rng.fork('clip'), [4, 5, 6, 2]) as tf.Tensor4D;
      const outputs = [0, 1, 2].map((index) => multiScaleConv({ branch0: params[`branch${index}`] }, clip));
      expect(outputs.map(({ shape }) => shape[3])).toEqual([2, 4, 2]);
      await expectClose(multiScaleConv(params, clip), tf.concat(outputs, 3), 1e-6);
    }));

  it('sees 1, 3 and 5 cells across, and 1 or 3 frames', () =>
    onBackend('cpu', async () => {
      const params = createMultiScaleConv(rng, threeScales(1, 4));
      const lone = tf.buffer([5, 7, 7, 1]);
      lone.set(1, 1, 3, 3, 0);
      const reach = async (index: number) => {
        const change = await multiScaleConv(
          {
            branch0: {
              ...params[`branch${index}`],
              norm: { ...params[`branch${index}`].norm, offset: tf.fill([index === 1 ? 2 : 1], 9) },
            },
          },
          lone.toTensor() as tf.Tensor4D,
        ).array();
        const touched = change.map((frame) => frame[3].filter((cell) => Math.abs(cell[0] - 9) > 1e-6).length);
        return touched;
      };
      expect(await reach(0)).toEqual([0, 1, 0, 0, 0]);
      expect(await reach(1)).toEqual([0, 3, 3, 3, 0]);
      expect(await reach(2)).toEqual([0, 5, 5, 5, 0]);
    }));
});
