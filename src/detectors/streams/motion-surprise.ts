/** How unusual a motion is in a scene, by the divergence of its latent: plain arrays, no tensors. */
import { type PlainDense, plainDense } from '../../nn/plain-dense';

/** The encoder as plain arrays: all that is needed to score. */
export interface MotionEncoder {
  hidden: PlainDense[];
  mean: PlainDense;
  logVariance: PlainDense;
}

/** KL(q(z|x) ‖ N(0, I)) of one patch at its place, in nats: ½ Σ (μ² + σ² − 1 − log σ²). */
export function motionSurprise(encoder: MotionEncoder, patch: Float32Array, place: readonly number[]): number {
  let values = new Float32Array(patch.length + place.length);
  values.set(patch);
  values.set(place, patch.length);
  for (const layer of encoder.hidden) values = plainDense(layer, values).map((value) => Math.max(0, value));
  const mean = plainDense(encoder.mean, values);
  const logVariance = plainDense(encoder.logVariance, values);
  let sum = 0;
  for (let z = 0; z < mean.length; z++) {
    const log = Math.max(-10, Math.min(10, logVariance[z]));
    sum += 0.5 * (mean[z] ** 2 + Math.exp(log) - 1 - log);
  }
  return sum;
}
