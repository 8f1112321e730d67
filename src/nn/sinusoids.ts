/** A number as a row of waves, so that a layer can tell near from far at several scales. */
import * as tf from '@tensorflow/tfjs-core';

export interface Waves {
  /** Periods, spread geometrically from `shortest` to `longest`, in the unit of the values. */
  count: number;
  shortest: number;
  longest: number;
}

/** sin(2πv/p) and cos(2πv/p) for each period p (after Vaswani et al. 2017, section 3.5): values to [n, 2·count]. */
export function sinusoids(values: readonly number[], { count, shortest, longest }: Waves): tf.Tensor2D {
  const growth = count > 1 ? (longest / shortest) ** (1 / (count - 1)) : 1;
  const angles = values.map((value) =>
    Array.from({ length: count }, (_, wave) => (2 * Math.PI * value) / (shortest * growth ** wave)),
  );
  return tf.tensor2d(angles.map((row) => [...row.map(Math.sin), ...row.map(Math.cos)]));
}
