import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { convDecoder, createConvDecoder, createTransposedConv, transposedConv } from './transposed-conv';

const rng = createRng(4);

/** The 6×6 kernel [6, 6, outputs, inputs] of the transposed convolution whose phases `kernel` [3, 3, inputs, 2·2·outputs] holds. */
async function assembled(kernel: tf.Tensor, inputs: number, outputs: number): Promise<tf.Tensor4D> {
  const phases = await kernel.data();
  const buffer = tf.buffer([6, 6, outputs, inputs]);
  const at = (i: number, j: number, input: number, phase: number, output: number) =>
    phases[((i * 3 + j) * inputs + input) * 4 * outputs + phase * outputs + output];
  for (let y = 0; y < 6; y++)
    for (let x = 0; x < 6; x++)
      for (let input = 0; input < inputs; input++)
        for (let output = 0; output < outputs; output++) {
          const [i, j] = [y, x].map((place) => 2 - Math.floor(place / 2));
          buffer.set(at(i, j, input, (y % 2) * 2 + (x % 2), output), y, x, output, input);
        }
  return buffer.toTensor() as tf.Tensor4D;
}

it('equals the built-in transposed convolution', () =>
  onBackend('cpu', async () => {
    const params = createTransposedConv(rng, { inputs: 2, outputs: 3 });
    const frames = randomTensor(rng.fork('frames'), [2, 4, 5, 2]) as tf.Tensor4D;
    const filter = await assembled(params.kernel, 2, 3);
    await expectClose(transposedConv(params, frames), tf.conv2dTranspose(frames, filter, [2, 8, 10, 3], 2, 'same'));
  }));

it('puts each phase where it belongs', () =>
  onEachBackend(async () => {
    const kernel = tf.tidy(() =>
      tf.pad(tf.tensor4d([1, 2, 3, 4], [1, 1, 1, 4]), [
        [1, 1],
        [1, 1],
        [0, 0],
        [0, 0],
      ]),
    );
    const output = transposedConv({ kernel, bias: tf.zeros([4]) }, tf.tensor4d([10, 100], [1, 1, 2, 1]));
    await expectClose(output, [10, 20, 100, 200, 30, 40, 300, 400]);
  }));

it('decodes a latent into a picture', () =>
  onEachBackend(async () => {
    const params = createConvDecoder(rng, { latents: 3, start: [2, 3, 4], channels: [4, 2, 1] });
    expect(convDecoder(params, tf.zeros([5, 3]), [2, 3]).shape).toEqual([5, 16, 24, 1]);
  }));
