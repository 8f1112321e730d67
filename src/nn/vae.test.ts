import * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { checkGradient, expectNoLeak, onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { expectClose } from './close.fixture';
import { createVae, decode, encode, klDivergence, latent, reparameterised, vae } from './vae';

const rng = createRng(2);
const rows = (name: string, count: number, width: number) =>
  randomTensor(rng.fork(name), [count, width]) as tf.Tensor2D;
const gaussian = () => ({ mean: tf.tensor2d([[1, -2]]), logVariance: tf.tensor2d([[0, 2 * Math.log(3)]]) });

it('samples mean plus deviation times noise', () =>
  onEachBackend(async () => {
    await expectClose(reparameterised(gaussian(), tf.tensor2d([[0.5, -1]])), [1.5, -5], 1e-5);
  }));

it('measures how far a Gaussian is from the standard one', () =>
  onEachBackend(async () => {
    const byHand = 0.5 * (1 + 1 - 1 - 0 + (4 + 9 - 1 - 2 * Math.log(3)));
    await expectClose(klDivergence(gaussian()), [byHand], 1e-5);
    await expectClose(klDivergence({ mean: tf.zeros([1, 3]), logVariance: tf.zeros([1, 3]) }), [0], 0);
    const { mean, logVariance } = gaussian();
    await checkGradient(
      (m, v) => klDivergence({ mean: m as tf.Tensor2D, logVariance: v as tf.Tensor2D }),
      [mean, logVariance],
    );
    await expectNoLeak(() => klDivergence({ mean, logVariance }));
  }));

it('holds the log variance within bounds where a layer runs away', () =>
  onEachBackend(async () => {
    const layer = (value: number) => ({ kernel: tf.fill([1, 1], value), bias: tf.zeros([1]) });
    const { logVariance } = latent({ mean: layer(1), logVariance: layer(500) }, tf.tensor2d([[1], [-1]]));
    await expectClose(logVariance, [10, -10]);
  }));

it('takes the mean where there is no noise, and the same sample for the same noise', () =>
  onEachBackend(async () => {
    const params = createVae(rng, { inputs: 4, hidden: [6], latents: 2 });
    const x = rows('x', 3, 4);
    const noise = rows('noise', 3, 2);
    await expectClose(vae(params, x).reconstruction, decode(params, encode(params, x).mean), 0);
    await expectClose(vae(params, x, { noise }).reconstruction, vae(params, x, { noise }).reconstruction, 0);
    const moved = tf.sub(vae(params, x, { noise }).reconstruction, vae(params, x).reconstruction);
    expect((await tf.max(tf.abs(moved)).data())[0]).toBeGreaterThan(1e-3);
  }));

it('gives its condition to encoder and decoder', () =>
  onEachBackend(async () => {
    const params = createVae(rng, { inputs: 4, hidden: [6], latents: 2, condition: 1 });
    const x = rows('x', 1, 4);
    const z = rows('z', 1, 2);
    const [near, far] = [0, 1].map((row) => tf.tensor2d([[row]]));
    const difference = (a: tf.Tensor, b: tf.Tensor) => tf.max(tf.abs(tf.sub(a, b))).data();
    expect((await difference(encode(params, x, near).mean, encode(params, x, far).mean))[0]).toBeGreaterThan(1e-3);
    expect((await difference(decode(params, z, near), decode(params, z, far)))[0]).toBeGreaterThan(1e-3);
  }));

it('refuses to have no hidden layer', () =>
  onBackend('cpu', () => {
    expect(() => createVae(rng, { inputs: 4, hidden: [], latents: 2 })).toThrow(/at least one hidden layer/);
  }));
