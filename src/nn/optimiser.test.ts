import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { expectNoLeak, onEachBackend } from './backends.fixture';
import { differentiate } from './differentiate';
import { disposeAdamW, initAdamW, updateAdamW } from './optimiser';
import { disposeTree, namedLeaves, type ParamTree } from './tree';

const options = { weightDecay: 0, clipNorm: Number.POSITIVE_INFINITY, epsilon: 0 };
const values = async (tree: ParamTree) =>
  Object.fromEntries(
    await Promise.all(
      namedLeaves(tree).map(async ([path, leaf]) => [path, [...(await leaf.data<'float32'>())] as number[]] as const),
    ),
  );

describe('AdamW', () => {
  it('takes a first step of the learning rate against the sign of the gradient, whatever its size', () =>
    onEachBackend(async () => {
      const params = { bias: tf.tensor1d([1, 2, 3]) };
      const gradients = { bias: tf.tensor1d([0.5, -20, 1e-3]) };
      const { params: next, state } = updateAdamW(params, gradients, initAdamW(params), 0.1, options);
      expect((await values(next)).bias.map((value) => Math.round(value * 1e5) / 1e5)).toEqual([0.9, 2.1, 2.9]);
      expect(state.step).toBe(1);
      expect((await values(state.mean)).bias[0]).toBeCloseTo(0.05);
      expect((await values(state.square)).bias[0]).toBeCloseTo(0.00025);
    }));

  it('corrects the bias of its moments at the second step', () =>
    onEachBackend(async () => {
      const params = { bias: tf.tensor1d([0]) };
      const first = updateAdamW(params, { bias: tf.tensor1d([1]) }, initAdamW(params), 0.1, options);
      const second = updateAdamW(first.params, { bias: tf.tensor1d([0]) }, first.state, 0.1, options);
      // m = 0.9·0.1 = 0.09, m̂ = 0.09/0.19; v = 0.999·0.001, v̂ = 0.000999/0.001999
      expect((await values(second.params)).bias[0]).toBeCloseTo(
        -0.1 - (0.1 * (0.09 / 0.19)) / Math.sqrt(0.000999 / 0.001999),
        5,
      );
    }));

  it('decays weights apart from the gradient, and neither biases nor gains', () =>
    onEachBackend(async () => {
      const params = { kernel: tf.tensor2d([[2]]), gain: tf.tensor1d([2]) };
      const zero = { kernel: tf.zeros([1, 1]), gain: tf.zeros([1]) };
      const { params: next } = updateAdamW(params, zero, initAdamW(params), 0.1, { weightDecay: 0.5 });
      expect((await values(next)).kernel[0]).toBeCloseTo(1.9);
      expect((await values(next)).gain[0]).toBe(2);
    }));

  it('clips by the norm over all parameters together', () =>
    onEachBackend(async () => {
      const params = { a: tf.tensor1d([0]), b: tf.tensor1d([0]) };
      const gradients = { a: tf.tensor1d([3]), b: tf.tensor1d([4]) };
      const { state } = updateAdamW(params, gradients, initAdamW(params), 0.1, { clipNorm: 1 });
      expect((await values(state.mean)).a[0]).toBeCloseTo(0.06);
      expect((await values(state.mean)).b[0]).toBeCloseTo(0.08);
      const small = updateAdamW(params, { a: tf.tensor1d([0.3]), b: tf.tensor1d([0.4]) }, initAdamW(params), 0.1);
      expect((await values(small.state.mean)).a[0]).toBeCloseTo(0.03);
    }));

  it('finds the minimum of a bowl, without a leak', () =>
    onEachBackend(async () => {
      const bowl = ({ x }: ParamTree) => tf.sum(tf.square(tf.sub(x as tf.Tensor, tf.tensor1d([1, -2])))) as tf.Scalar;
      let found: number[] = [];
      await expectNoLeak(async () => {
        let params: ParamTree = { x: tf.zeros([2]) };
        let state = initAdamW(params);
        for (let step = 0; step < 80; step++) {
          const { value, gradients } = differentiate(bowl, params);
          const next = updateAdamW(params, gradients, state, 0.1, { weightDecay: 0 });
          tf.dispose(value);
          disposeTree(gradients);
          disposeTree(params);
          disposeAdamW(state);
          ({ params, state } = next);
        }
        disposeAdamW(state);
        found = (await values(params)).x;
        return params;
      });
      expect(Math.abs(found[0] - 1)).toBeLessThan(0.1);
      expect(Math.abs(found[1] + 2)).toBeLessThan(0.1);
    }));
});

describe('differentiate', () => {
  it('gives zeros for a parameter that the loss leaves out', () =>
    onEachBackend(async () => {
      const params = { used: tf.tensor1d([3]), idle: tf.tensor1d([1, 1]) };
      const { value, gradients } = differentiate(
        ({ used }) => tf.sum(tf.square(used as tf.Tensor)) as tf.Scalar,
        params,
      );
      expect([...(await value.data())]).toEqual([9]);
      expect(await values(gradients)).toEqual({ idle: [0, 0], used: [6] });
    }));
});
