import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { checkTreeGradient, expectNoLeak, onBackend } from '../../nn/backends.fixture';
import type { MlpParams } from '../../nn/mlp';
import { mapTree, type ParamTree } from '../../nn/tree';
import { createHead, headLogits } from './head';
import { type Bag, headBatch, headLoss } from './training';

const rng = createRng(4);
const moment = (centre: number) => Float32Array.from({ length: 3 }, () => centre + rng.normal());
const bags: Bag[] = [0, 1, 0, 1].map((fight) => ({
  fight: fight === 1,
  moments: Array.from({ length: 2 + fight }, () => moment(fight)),
  mirrored: Array.from({ length: 2 + fight }, () => moment(fight)),
}));
const options = { moments: 4, ranking: 0.7, penalty: 0.1 };

it('a new head finds fight and peace equally likely', () =>
  onBackend('cpu', async () => {
    const head = createHead(createRng(1), { inputs: 3, hidden: [5] });
    const logits = headLogits(head, tf.randomNormal([2, 4, 3], 0, 1, 'float32', 1));
    expect(logits.shape).toEqual([2, 4]);
    expect(Array.from(await logits.data()).every((logit) => logit === 0)).toBe(true);
  }));

it('a batch holds fights first, and stretches or thins each clip to the same number of moments', () =>
  onBackend('cpu', async () => {
    const plain = bags.map(({ fight, moments }) => ({ fight, moments }));
    const { moments, labels, fights } = headBatch(plain, 4, createRng(1));
    expect(moments.shape).toEqual([4, 4, 3]);
    expect(fights).toBe(2);
    expect(Array.from(await labels.data())).toEqual([1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0]);
    const rows = await moments.array();
    const expected = [0, 0, 1, 2].map((index) => Array.from(plain[1].moments[index]));
    expect(rows[0]).toEqual(expected);
  }));

it('clips of one kind only are refused', () => {
  expect(() => headBatch([bags[0]], 2, createRng(1))).toThrow('with and without a fight');
});

it('the loss has the right gradient and leaves nothing behind', () =>
  onBackend('cpu', async () => {
    const batch = headBatch(bags, options.moments, createRng(2));
    const random = createRng(3);
    const head = mapTree(createHead(createRng(1), { inputs: 3, hidden: [] }) as ParamTree, (tensor) =>
      tf.tensor(
        Array.from({ length: tensor.size }, () => random.normal() / 3),
        tensor.shape,
      ),
    );
    // The weights of the confidence loss carry no gradient, so its own test checks it; here ranking and penalty.
    const loss = (params: ParamTree) => {
      const { total, parts } = headLoss(params as MlpParams, batch, options);
      return tf.sub(total, parts.confidence);
    };
    await checkTreeGradient(loss, head);
    await expectNoLeak(() => tf.tidy(() => loss(head)));
  }));
