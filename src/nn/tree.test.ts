import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkGradient, expectNoLeak, onEachBackend } from './backends.fixture';
import {
  cloneTree,
  disposeTree,
  mapTree,
  namedLeaves,
  type ParamTree,
  parameterCount,
  rebuilt,
  treeFromLeaves,
} from './tree';

beforeAll(() => tf.setBackend('cpu'));

const small = (): ParamTree => ({
  head: { kernel: tf.zeros([3, 2]), bias: tf.ones([2]) },
  encoder: { conv1: { kernel: tf.zeros([1, 1, 2, 3]) } },
});

describe('a parameter tree', () => {
  it('lists its leaves in the same order however it was built', () => {
    const paths = ['encoder/conv1/kernel', 'head/bias', 'head/kernel'];
    expect(namedLeaves(small()).map(([path]) => path)).toEqual(paths);
    expect(namedLeaves(treeFromLeaves([...namedLeaves(small())].reverse())).map(([path]) => path)).toEqual(paths);
  });

  it('counts values', () => expect(parameterCount(small())).toBe(14));

  it('is rebuilt from tensors in leaf order, and refuses another number of them', async () => {
    const tree = small();
    const doubled = mapTree(tree, (tensor, path) => (path === 'head/bias' ? tf.mul(tensor, 2) : tensor));
    const bias = (doubled.head as ParamTree).bias as tf.Tensor;
    expect([...(await bias.data())]).toEqual([2, 2]);
    expect((doubled.head as ParamTree).kernel).toBe((tree.head as ParamTree).kernel);
    expect(() => rebuilt(tree, [tf.scalar(1)])).toThrow('the tree has 3 leaves, got 1 tensors');
  });

  it('refuses a path given twice or below a leaf', () => {
    const one = tf.scalar(1);
    const build = (...paths: string[]) => treeFromLeaves(paths.map((path) => [path, one] as const));
    expect(() => build('a/b', 'a/b')).toThrow('a/b is given twice');
    expect(() => build('a', 'a/b')).toThrow('a/b lies below');
    expect(() => build('a/b', 'a')).toThrow('a is given twice');
  });

  it('is cloned and disposed without a leak', () =>
    expectNoLeak(() => {
      const tree = small();
      const copy = cloneTree(tree);
      disposeTree(tree);
      return copy;
    }));
});

describe('the gradient check', () => {
  it('accepts a right gradient and rejects a wrong one', () =>
    onEachBackend(async () => {
      const x = tf.tensor1d([0.5, -1, 2]);
      await checkGradient((value) => tf.square(value), [x]);
      const wrong = tf.customGrad((value) => ({
        value: tf.square(value as tf.Tensor),
        gradFunc: (dy: tf.Tensor) => tf.mul(dy, 3),
      }));
      await expect(checkGradient((value) => wrong(value), [x])).rejects.toThrow(/gradient of input 0 at 0/);
    }));
});
