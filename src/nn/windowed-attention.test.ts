import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { attention, createAttention } from './attention';
import { onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { windowedAttention } from './windowed-attention';

const rng = createRng(9);
const params = () => createAttention(rng.fork('weights'), { channels: 4 });
const frames = (...shape: number[]) => randomTensor(rng.fork('frames'), shape) as tf.Tensor4D;

it('attends within each window as if it were alone', () =>
  onEachBackend(async () => {
    const weights = params();
    const whole = frames(2, 4, 6, 4);
    const { output } = windowedAttention(weights, whole, { heads: 2, window: 2 });
    const corner = tf.slice(whole, [1, 2, 4, 0], [1, 2, 2, 4]);
    const cells = tf.reshape(corner, [1, 4, 4]) as tf.Tensor3D;
    const alone = attention(weights, cells, cells, { heads: 2 }).output;
    await expectClose(tf.slice(output, [1, 2, 4, 0], [1, 2, 2, 4]), tf.reshape(alone, [1, 2, 2, 4]), 1e-5);
  }));

it('attends over all cells where it is global', () =>
  onEachBackend(async () => {
    const weights = params();
    const whole = frames(2, 3, 5, 4);
    const cells = tf.reshape(whole, [2, 15, 4]) as tf.Tensor3D;
    const { output } = windowedAttention(weights, whole, { heads: 2, window: 'global' });
    await expectClose(output, tf.reshape(attention(weights, cells, cells, { heads: 2 }).output, [2, 3, 5, 4]), 1e-5);
  }));

it('never reads the padding of a picture that windows do not divide', () =>
  onEachBackend(async () => {
    const weights = params();
    const whole = frames(1, 3, 5, 4);
    const { output, weights: shares } = windowedAttention(weights, whole, { heads: 2, window: 2 });
    const cells = tf.reshape(tf.slice(whole, [0, 2, 4, 0], [1, 1, 1, 4]), [1, 1, 4]) as tf.Tensor3D;
    const alone = attention(weights, cells, cells, { heads: 2 }).output; // the corner's window holds one cell
    await expectClose(tf.slice(output, [0, 2, 4, 0], [1, 1, 1, 4]), tf.reshape(alone, [1, 1, 1, 4]), 1e-5);
    expect(output.shape).toEqual([1, 3, 5, 4]);
    expect(shares.shape).toEqual([6, 2, 4, 4]);
  }));

it('says how much attention a cell receives: 1 on average in every window', () =>
  onEachBackend(async () => {
    const { received } = windowedAttention(params(), frames(1, 3, 5, 4), { heads: 2, window: 3 });
    expect(received.shape).toEqual([1, 3, 5]);
    await expectClose(tf.mean(tf.slice(received, [0, 0, 0], [1, 3, 3])), [1], 1e-5);
    await expectClose(tf.mean(tf.slice(received, [0, 0, 3], [1, 3, 2])), [1], 1e-5);
    expect((await tf.max(received).data())[0]).toBeGreaterThan(1.01);
  }));

it('tells cells apart by their place in the window', () =>
  onEachBackend(async () => {
    const same = tf.ones([1, 2, 2, 4]) as tf.Tensor4D;
    const position = randomTensor(rng.fork('position'), [4, 4]);
    const [without, placed] = [undefined, position].map(
      (table) => windowedAttention(params(), same, { heads: 1, window: 2, position: table }).received,
    );
    await expectClose(without, [1, 1, 1, 1], 1e-5);
    expect((await tf.max(placed).data())[0]).toBeGreaterThan(1.01);
  }));
