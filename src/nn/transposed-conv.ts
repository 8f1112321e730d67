/** Transposed convolution that doubles the picture, and the decoder made of them. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { type ConvParams, conv, createConv } from './conv';
import { createDense, type DenseParams, dense } from './dense';

export type ConvDecoderParams = {
  start: DenseParams;
  /** `layer0`, `layer1` … from the latent on; each doubles the picture. */
  layers: { readonly [layer: string]: ConvParams };
};

export interface ConvDecoderConfig {
  latents: number;
  /** Height, width and channels of the first feature map. */
  start: readonly [height: number, width: number, channels: number];
  /** Channels after each doubling; the last are those of the picture. */
  channels: readonly number[];
}

export function createTransposedConv(rng: Rng, { inputs, outputs }: { inputs: number; outputs: number }): ConvParams {
  return createConv(rng, { size: 3, inputs, outputs: 4 * outputs });
}

/**
 * Y(o) = Σₚ X(p)·W(o − 2p + 2) + b, the transposed convolution of stride 2 with a 6×6 kernel: [T, H, W, inputs] to [T, 2H, 2W, outputs].
 * Each of the four phases of the output is a 3×3 convolution of the input, so all four are computed as one (Shi et al. 2016)
 * and no zeros are multiplied. Kernel channels are phase row, phase column, output channel.
 */
export function transposedConv(params: ConvParams, frames: tf.Tensor4D): tf.Tensor4D {
  return tf.tidy(() => {
    const [count, height, width] = frames.shape;
    const phases = conv(params, frames); // [T, H, W, 2·2·C]
    const channels = phases.shape[3] / 4;
    const rows = tf.transpose(tf.reshape(phases, [count * height, width, 2, 2 * channels]), [0, 2, 1, 3]);
    return tf.reshape(rows, [count, 2 * height, 2 * width, channels]);
  });
}

export function createConvDecoder(rng: Rng, { latents, start, channels }: ConvDecoderConfig): ConvDecoderParams {
  const [height, width, first] = start;
  const layers = channels.map((outputs, index) => {
    const inputs = index === 0 ? first : channels[index - 1];
    return [`layer${index}`, createTransposedConv(rng.fork(index), { inputs, outputs })] as const;
  });
  return {
    start: createDense(rng.fork('start'), { inputs: latents, outputs: height * width * first, before: 'relu' }),
    layers: Object.fromEntries(layers),
  };
}

/** f(z) of STADNet eq. 11 as pictures: z [N, latents] to [N, height·2ᴸ, width·2ᴸ, channels]; ReLU between layers, the last is linear. */
export function convDecoder(
  params: ConvDecoderParams,
  z: tf.Tensor2D,
  [height, width]: readonly [height: number, width: number],
): tf.Tensor4D {
  return tf.tidy(() => {
    const depth = Object.keys(params.layers).length;
    const start = tf.relu(dense(params.start, z));
    let frames = tf.reshape(start, [z.shape[0], height, width, -1]) as tf.Tensor4D;
    for (let layer = 0; layer < depth; layer++) {
      frames = transposedConv(params.layers[`layer${layer}`], frames);
      if (layer < depth - 1) frames = tf.relu(frames);
    }
    return frames;
  });
}
