/** Starting values of weights, drawn from a seeded generator. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../lib/rng';

/** Normal values with variance 2 / fanIn, for layers followed by ReLU (He et al. 2015, eq. 10). */
export function heNormal(rng: Rng, shape: number[], fanIn: number): tf.Tensor {
  const deviation = Math.sqrt(2 / fanIn);
  return drawn(shape, () => deviation * rng.normal());
}

/** Uniform values in ±√(6 / (fanIn + fanOut)), for layers that stay linear or saturate (Glorot and Bengio 2010, eq. 16). */
export function glorotUniform(rng: Rng, shape: number[], fanIn: number, fanOut: number): tf.Tensor {
  const limit = Math.sqrt(6 / (fanIn + fanOut));
  return drawn(shape, () => rng.between(-limit, limit));
}

function drawn(shape: number[], draw: () => number): tf.Tensor {
  const values = Float32Array.from({ length: tf.util.sizeFromShape(shape) }, draw);
  return tf.tensor(values, shape, 'float32');
}
