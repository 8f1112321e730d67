import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { expectNoLeak, onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { type Conv3dParams, conv3d, conv3dStep, createConv3d, emptyHistory, namedTaps, tapsOf } from './conv3d-stacked';
import { advance, disposeState } from './stream-state';

const rng = createRng(3);
const clipOf = (...shape: number[]) => randomTensor(rng.fork('clip'), shape) as tf.Tensor4D;

/** The built-in operation on one clip, padded in time as asked; picture borders are 'same' in both. */
function builtIn(params: Conv3dParams, clip: tf.Tensor4D, before: number): tf.Tensor {
  const taps = tapsOf(params);
  const [height, width] = taps[0].shape;
  const around = (side: number): [number, number] => [Math.floor((side - 1) / 2), Math.ceil((side - 1) / 2)];
  const padded = tf.pad(clip, [[before, taps.length - 1 - before], around(height), around(width), [0, 0]]);
  const filter = tf.stack(taps) as tf.Tensor5D; // [time, height, width, inputs, outputs]
  return tf.add(tf.squeeze(tf.conv3d(tf.expandDims(padded) as tf.Tensor5D, filter, 1, 'valid'), [0]), params.bias);
}

describe.each([{ kernel: [3, 3, 3] }, { kernel: [1, 1, 1] }, { kernel: [2, 3, 1] }, { kernel: [5, 1, 3] }] as const)(
  'a kernel of $kernel',
  ({ kernel }) => {
    const create = () => ({
      ...createConv3d(rng.fork('weights'), { kernel, inputs: 2, outputs: 3 }),
      bias: tf.tensor1d([0.3, -0.2, 0.1]),
    });

    it('equals tf.conv3d, causal and centred', () =>
      onBackend('cpu', async () => {
        const params = create();
        const clip = clipOf(6, 5, 4, 2);
        const before = kernel[0] - 1;
        await expectClose(conv3d(params, clip, { time: 'causal' }), builtIn(params, clip, before));
        await expectClose(conv3d(params, clip, { time: 'same' }), builtIn(params, clip, Math.floor(before / 2)));
      }));

    it('gives frame by frame what it gives for the whole clip', () =>
      onEachBackend(async () => {
        const params = create();
        const clip = clipOf(6, 5, 4, 2);
        const run = () => {
          let state = emptyHistory(kernel[0] - 1, [5, 4, 2]);
          const outputs = tf.split<tf.Tensor4D>(clip, 6).map((frame) => {
            const step = advance(state, (held) => conv3dStep(params, held, frame, { stride: 2 }));
            frame.dispose();
            state = step.state;
            return step.output;
          });
          disposeState(state);
          return outputs;
        };
        const steps = run();
        await expectClose(tf.concat(steps), conv3d(params, clip, { stride: 2 }));
        await expectNoLeak(run);
      }));
  },
);

it('gives values that can be checked by hand', () =>
  onEachBackend(async () => {
    const taps = [10, 1].map((weight) => tf.tensor4d([weight], [1, 1, 1, 1]));
    const params = { taps: namedTaps(taps), bias: tf.tensor1d([0.5]) };
    const clip = tf.tensor4d([1, 2, 3], [3, 1, 1, 1]);
    expect([...(await conv3d(params, clip).data())]).toEqual([1.5, 12.5, 23.5]);
    expect([...(await conv3d(params, clip, { time: 'same' }).data())]).toEqual([12.5, 23.5, 30.5]);
  }));

it('does not see the future', () =>
  onEachBackend(async () => {
    const params = createConv3d(rng, { kernel: [3, 3, 3], inputs: 2, outputs: 3 });
    const clip = clipOf(5, 4, 4, 2);
    const changed = tf.concat([tf.slice(clip, 0, 3), tf.zeros([2, 4, 4, 2])]) as tf.Tensor4D;
    await expectClose(tf.slice(conv3d(params, changed), 0, 3), tf.slice(conv3d(params, clip), 0, 3));
  }));

it('refuses a history that is too short', () =>
  onBackend('cpu', () => {
    const params = createConv3d(rng, { kernel: [3, 1, 1], inputs: 1, outputs: 1 });
    expect(() => conv3dStep(params, emptyHistory(1, [2, 2, 1]), tf.zeros([1, 2, 2, 1]))).toThrow(
      /needs 2 past ones, got 1/,
    );
  }));
