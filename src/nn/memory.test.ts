import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { expectNoLeak, onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { convLstm, createConvLstm } from './conv-lstm';
import { createLstm, lstm, lstmState } from './lstm';
import { advance, disposeState } from './stream-state';

const rng = createRng(8);
const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

it('an LSTM cell gives values that can be checked by hand', () =>
  onEachBackend(async () => {
    const params = {
      input: { kernel: tf.tensor2d([[1, 2, 3, 4]]), bias: tf.tensor1d([0, 1, 0, 0]) },
      recurrent: tf.tensor2d([[0.5, -1, 1, 2]]),
    };
    const output = lstm(params, tf.tensor3d([1, -0.5], [2, 1, 1]));
    const firstCell = sigmoid(1) * Math.tanh(3);
    const first = sigmoid(4) * Math.tanh(firstCell);
    const secondCell = sigmoid(-1 + 1 - first) * firstCell + sigmoid(-0.5 + 0.5 * first) * Math.tanh(-1.5 + first);
    await expectClose(output, [first, sigmoid(-2 + 2 * first) * Math.tanh(secondCell)], 1e-5);
  }));

it('an LSTM goes on from where it was', () =>
  onEachBackend(async () => {
    const params = createLstm(rng, { inputs: 2, units: 3 });
    const x = randomTensor(rng.fork('x'), [4, 1, 2]) as tf.Tensor3D;
    const fresh = lstm(params, x, lstmState(params));
    await expectClose(fresh, lstm(params, x), 0);
    const moved = lstm(params, x, { hidden: tf.ones([1, 3]), cell: tf.ones([1, 3]) });
    expect((await tf.max(tf.abs(tf.sub(moved, fresh))).data())[0]).toBeGreaterThan(1e-2);
  }));

it('a fresh LSTM keeps its memory: the forget gate starts open', () =>
  onBackend('cpu', async () => {
    await expectClose(createLstm(rng, { inputs: 2, units: 2 }).input.bias, [0, 0, 1, 1, 0, 0, 0, 0], 0);
  }));

it('a ConvLSTM of 1×1 kernels is an LSTM at each place', () =>
  onEachBackend(async () => {
    const params = createConvLstm(rng, { inputs: 2, units: 3, size: 1 });
    const x = randomTensor(rng.fork('clip'), [4, 2, 2, 2]) as tf.Tensor4D;
    const flat = {
      input: { kernel: tf.reshape(params.input.kernel, [2, 12]), bias: params.input.bias },
      recurrent: tf.reshape(params.recurrent, [3, 12]),
    };
    const places = lstm(flat, tf.reshape(x, [4, 4, 2]));
    await expectClose(convLstm(params, x), tf.reshape(places, [4, 2, 2, 3]), 1e-5);
  }));

it('a ConvLSTM passes what it saw on to the neighbours', () =>
  onEachBackend(async () => {
    const params = createConvLstm(rng, { inputs: 1, units: 2 });
    const clip = tf.buffer([2, 1, 5, 1]);
    const quiet = convLstm(params, clip.toTensor() as tf.Tensor4D);
    clip.set(1, 0, 0, 0, 0);
    const seen = convLstm(params, clip.toTensor() as tf.Tensor4D);
    const reach = await tf.max(tf.abs(tf.sub(seen, quiet)), 3).data(); // [2 frames · 5 places]
    expect([...reach].map((change) => change > 1e-5)).toEqual([
      ...[true, true, false, false, false],
      ...[true, true, true, false, false],
    ]);
  }));

it('advance keeps what the next state holds and disposes the rest', () =>
  onEachBackend(async () => {
    await expectNoLeak(() => {
      const old = { kept: tf.scalar(1), replaced: tf.scalar(2) };
      const { output, state } = advance(old, ({ kept, replaced }) => {
        const sum = tf.add(kept, replaced);
        return { output: tf.square(sum), state: { kept, replaced: tf.neg(sum) as tf.Scalar } };
      });
      expect(old.replaced.isDisposed).toBe(true);
      expect(old.kept.isDisposed).toBe(false);
      expect(state.kept).toBe(old.kept);
      disposeState(state);
      return output;
    });
  }));
