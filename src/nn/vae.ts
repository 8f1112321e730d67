/** Variational autoencoder: what the learned data look like, and how far something is from them. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';
import { createDense, type DenseParams, dense } from './dense';
import { createMlp, type MlpParams, mlp } from './mlp';

/** The mean layer and the (log) variance layer. */
export type LatentParams = { mean: DenseParams; logVariance: DenseParams };

/** A Gaussian per row, each [N, latents]. */
export type Latent = { mean: tf.Tensor2D; logVariance: tf.Tensor2D };

export type VaeParams = { encoder: MlpParams; latent: LatentParams; decoder: MlpParams };

export interface VaeConfig {
  inputs: number;
  /** Widths of the hidden layers on the way in; the decoder takes them backwards. At least one. */
  hidden: readonly number[];
  latents: number;
  /** Features known beforehand (such as the row of a patch), given to encoder and decoder; 0 by default. */
  condition?: number;
}

export type Reconstructed = Latent & { reconstruction: tf.Tensor2D };

export function createLatent(rng: Rng, { inputs, latents }: { inputs: number; latents: number }): LatentParams {
  return {
    mean: createDense(rng.fork('mean'), { inputs, outputs: latents }),
    logVariance: createDense(rng.fork('logVariance'), { inputs, outputs: latents }),
  };
}

/** q(z|x) = N(z; μ(x), σ²(x)) (STADNet eq. 9) for features [N, inputs]; log σ² is held within ±10. */
export function latent(params: LatentParams, features: tf.Tensor): Latent {
  return tf.tidy((): Latent => {
    const logVariance = tf.clipByValue(dense(params.logVariance, features) as tf.Tensor2D, -10, 10);
    return { mean: dense(params.mean, features) as tf.Tensor2D, logVariance };
  });
}

/** z = μ + σ∘ε (STADNet eq. 10) with the noise ε [N, latents] given, so that the same noise gives the same z. */
export function reparameterised({ mean, logVariance }: Latent, noise: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => tf.add(mean, tf.mul(tf.exp(tf.mul(logVariance, 0.5)), noise)));
}

/** KL(q(z|x) ‖ N(0, I)) = ½ Σ (μ² + σ² − 1 − log σ²) per row, in nats: [N] (Kingma and Welling 2014, appendix B). */
export function klDivergence({ mean, logVariance }: Latent): tf.Tensor1D {
  return tf.tidy(() => {
    const terms = tf.sub(tf.add(tf.square(mean), tf.exp(logVariance)), tf.add(logVariance, 1));
    return tf.mul(tf.sum(terms, 1), 0.5);
  });
}

export function createVae(rng: Rng, { inputs, hidden, latents, condition = 0 }: VaeConfig): VaeParams {
  if (hidden.length === 0) throw new RangeError('a VAE needs at least one hidden layer');
  const encoder = [inputs + condition, ...hidden];
  const decoder = [latents + condition, ...[...hidden].reverse(), inputs];
  return {
    encoder: createMlp(rng.fork('encoder'), { sizes: encoder, last: 'relu' }),
    latent: createLatent(rng.fork('latent'), { inputs: hidden[hidden.length - 1], latents }),
    decoder: createMlp(rng.fork('decoder'), { sizes: decoder }),
  };
}

/** μ(x) and log σ²(x) of `input` [N, inputs], with its `condition` [N, condition] where the VAE has one. */
export function encode({ encoder, latent: layers }: VaeParams, input: tf.Tensor2D, condition?: tf.Tensor2D): Latent {
  return tf.tidy(() => latent(layers, mlp(encoder, joined(input, condition), { last: 'relu' })));
}

/** f(z) of p(x|z) = N(x; f(z), σ²) (STADNet eq. 11): [N, inputs]. */
export function decode({ decoder }: VaeParams, z: tf.Tensor2D, condition?: tf.Tensor2D): tf.Tensor2D {
  return tf.tidy(() => mlp(decoder, joined(z, condition)) as tf.Tensor2D);
}

/** Encode, sample with `noise` [N, latents] (z = μ without it), decode. */
export function vae(
  params: VaeParams,
  input: tf.Tensor2D,
  { noise, condition }: { noise?: tf.Tensor2D; condition?: tf.Tensor2D } = {},
): Reconstructed {
  return tf.tidy((): Reconstructed => {
    const encoded = encode(params, input, condition);
    const z = noise ? reparameterised(encoded, noise) : encoded.mean;
    return { ...encoded, reconstruction: decode(params, z, condition) };
  });
}

const joined = (input: tf.Tensor2D, condition?: tf.Tensor2D) => (condition ? tf.concat([input, condition], 1) : input);
