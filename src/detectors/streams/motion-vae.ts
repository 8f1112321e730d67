/** A small VAE that learns how a scene moves: the fit, which needs tensors. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../lib/rng';
import { differentiate } from '../../nn/differentiate';
import { meanSquaredError } from '../../nn/losses';
import { disposeAdamW, initAdamW, updateAdamW } from '../../nn/optimiser';
import { oneCycle } from '../../nn/schedule';
import { disposeTree, namedLeaves, type ParamTree } from '../../nn/tree';
import { createVae, klDivergence, type VaeParams, vae } from '../../nn/vae';
import { PATCH_VALUES, type PatchRows, PLACE_VALUES } from './motion-patches';
import type { MotionEncoder } from './motion-surprise';

export interface MotionVaeOptions {
  steps: number;
  batch: number;
  peak: number;
  hidden: readonly number[];
  latents: number;
}

/** Two latents: with more of them the divergence tells less. */
const DEFAULTS: MotionVaeOptions = { steps: 700, batch: 256, peak: 4e-3, hidden: [64, 64], latents: 2 };
const RECONSTRUCTION_VARIANCE = 0.25;

/**
 * Fit on patches of normal motion: minimises ½‖x̂ − x‖²/σ² + KL(q(z|x) ‖ N(0, I)) with σ² = 0.25 (STADNet eqs. 9–11), the place given
 * to both halves. Gradients must be registered. A few seconds on one thread.
 */
export async function fitMotionVae(
  { count, patches, places }: PatchRows,
  seed: number,
  options: Partial<MotionVaeOptions> = {},
): Promise<MotionEncoder> {
  const { steps, batch, peak, hidden, latents } = { ...DEFAULTS, ...options };
  const rng = createRng(seed);
  let params = createVae(rng.fork('create'), {
    inputs: PATCH_VALUES,
    hidden,
    latents,
    condition: PLACE_VALUES,
  }) as ParamTree;
  let moments = initAdamW(params);
  for (let step = 0; step < steps; step++) {
    const random = rng.fork(step);
    const chosen = Array.from({ length: batch }, () => random.int(count));
    const drawn = {
      input: gathered(patches, chosen, PATCH_VALUES),
      condition: gathered(places, chosen, PLACE_VALUES),
      noise: tf.tensor2d(
        Float32Array.from({ length: batch * latents }, () => random.normal()),
        [batch, latents],
      ),
    };
    const { value, gradients } = differentiate((tree) => bound(tree as unknown as VaeParams, drawn), params);
    const next = updateAdamW(params, gradients, moments, oneCycle(step, steps, { peak }), { weightDecay: 1e-4 });
    disposeTree(params);
    disposeAdamW(moments);
    disposeTree(gradients);
    tf.dispose([value, drawn.input, drawn.condition, drawn.noise]);
    params = next.params;
    moments = next.state;
    if (step % 50 === 0) await new Promise((resolve) => setTimeout(resolve));
  }
  const encoder = await plainEncoder(params as unknown as VaeParams, hidden.length);
  disposeTree(params);
  disposeAdamW(moments);
  return encoder;
}

function gathered(values: Float32Array, chosen: readonly number[], size: number): tf.Tensor2D {
  const rows = new Float32Array(chosen.length * size);
  chosen.forEach((from, to) => {
    rows.set(values.subarray(from * size, (from + 1) * size), to * size);
  });
  return tf.tensor2d(rows, [chosen.length, size]);
}

function bound(
  params: VaeParams,
  { input, condition, noise }: { input: tf.Tensor2D; condition: tf.Tensor2D; noise: tf.Tensor2D },
): tf.Scalar {
  const { reconstruction, mean, logVariance } = vae(params, input, { noise, condition });
  const error = tf.mul(meanSquaredError(reconstruction, input), (0.5 * PATCH_VALUES) / RECONSTRUCTION_VARIANCE);
  return tf.add(error, tf.mean(klDivergence({ mean, logVariance }))) as tf.Scalar;
}

async function plainEncoder({ encoder, latent }: VaeParams, layers: number): Promise<MotionEncoder> {
  const leaves = new Map(namedLeaves({ encoder, latent } as ParamTree));
  const read = async (path: string) => ({
    kernel: Float32Array.from(await leaves.get(`${path}/kernel`)!.data<'float32'>()),
    bias: Float32Array.from(await leaves.get(`${path}/bias`)!.data<'float32'>()),
  });
  const names = Array.from({ length: layers }, (_, index) => read(`encoder/layer${index}`));
  return {
    hidden: await Promise.all(names),
    mean: await read('latent/mean'),
    logVariance: await read('latent/logVariance'),
  };
}
