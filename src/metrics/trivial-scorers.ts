/** Scorers that know nothing of the scene, to tell a result from an artefact of the data set. */
import type { Rng } from '../lib/rng';

/** Uniform noise. */
export const randomScores = (frames: number, rng: Rng): Float32Array => Float32Array.from({ length: frames }, rng.next);

/** sin(π(t+½)/T): "the anomaly is in the middle of the clip". */
export const sineScores = (frames: number): Float32Array =>
  Float32Array.from({ length: frames }, (_, frame) => Math.sin((Math.PI * (frame + 0.5)) / frames));

/** Mean squared difference of the green channel of two RGBA pictures of one size; 0 without a previous one. */
export function frameDifferenceEnergy(data: ArrayLike<number>, previous: ArrayLike<number> | null): number {
  if (!previous) return 0;
  let energy = 0;
  for (let green = 1; green < data.length; green += 4) energy += (data[green] - previous[green]) ** 2;
  return energy / (data.length / 4);
}
