import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkTreeGradient, expectNoLeak, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { conv, createConv } from './conv';
import {
  type BatchNormParams,
  batchNorm,
  createBatchNorm,
  createLayerNorm,
  foldBatchNorm,
  layerNorm,
  type StatisticsUpdates,
} from './norm';
import type { ParamTree } from './tree';

const rng = createRng(11);

const trained = (): BatchNormParams => ({
  scale: tf.tensor1d([2, 0.5]),
  offset: tf.tensor1d([1, -1]),
  runningMean: tf.tensor1d([3, 0]),
  runningVariance: tf.tensor1d([4, 0.25]),
});

describe('batchNorm', () => {
  it('uses the running statistics at inference', () =>
    onEachBackend(async () => {
      const params = trained();
      const x = tf.tensor2d([[5, 1]]);
      await expectClose(batchNorm(params, x), [3, 0], 3e-3); // (5 − 3)/2·2 + 1, 1/0.5·0.5 − 1
      await expectNoLeak(() => batchNorm(params, x));
    }));

  it('uses the statistics of the input in training and moves the running ones a tenth of the way', () =>
    onEachBackend(async () => {
      const params = createBatchNorm(1);
      const updates: StatisticsUpdates = new Map();
      const before = tf.memory().numTensors;
      const output = batchNorm(params, tf.tensor([1, 3, 5, 7], [2, 2, 1]), { updates }); // mean 4, variance 5
      await expectClose(
        output,
        [-3, -1, 1, 3].map((value) => value / Math.sqrt(5)),
        1e-3,
      );
      await expectClose(updates.get(params.runningMean)!, [0.4]);
      await expectClose(updates.get(params.runningVariance)!, [0.9 + 0.5]);
      expect(updates.size).toBe(2);
      expect(tf.memory().numTensors - before).toBe(4); // input, output, two statistics
    }));

  it('has the gradient of training, through the statistics too', () =>
    onEachBackend(async () => {
      const { scale, offset } = trained();
      const x = randomTensor(rng.fork('x'), [3, 4, 2]);
      const frozen = createBatchNorm(2);
      const run = (tree: ParamTree) => {
        const updates: StatisticsUpdates = new Map();
        const output = batchNorm({ ...frozen, ...tree.norm } as BatchNormParams, tree.x as tf.Tensor, { updates });
        tf.dispose([...updates.values()]);
        return output;
      };
      await checkTreeGradient(run, { norm: { scale, offset }, x });
    }));

  it('hands out the new statistics from inside a gradient', () =>
    onEachBackend(async () => {
      const params = createBatchNorm(2);
      const updates: StatisticsUpdates = new Map();
      const x = tf.variable(randomTensor(rng.fork('x'), [5, 2]));
      const { value, grads } = tf.variableGrads(() => tf.sum(tf.square(batchNorm(params, x, { updates }))));
      expect(await updates.get(params.runningMean)!.data()).toHaveLength(2);
      tf.dispose([value, ...Object.values(grads)]);
      x.dispose();
    }));

  it('can be folded into the convolution before it', () =>
    onEachBackend(async () => {
      const frames = randomTensor(rng.fork('frames'), [2, 4, 4, 3]) as tf.Tensor4D;
      const first = createConv(rng.fork('conv'), { size: 3, inputs: 3, outputs: 2 });
      const params = trained();
      const separate = batchNorm(params, conv(first, frames));
      await expectClose(conv(foldBatchNorm(params, first), frames), separate);
      await expectNoLeak(() => foldBatchNorm(params, first));
    }));
});

describe('layerNorm', () => {
  it('makes each place have mean 0 and variance 1 over its channels', () =>
    onEachBackend(async () => {
      const params = { ...createLayerNorm(3), offset: tf.tensor1d([0, 0, 10]) };
      const output = layerNorm(
        params,
        tf.tensor2d([
          [1, 2, 3],
          [40, 0, 20],
        ]),
      ); // deviations √(2/3) and 16.33
      const side = Math.sqrt(1.5);
      await expectClose(output, [-side, 0, 10 + side, side, -side, 10], 2e-3);
    }));
});
