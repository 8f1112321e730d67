/** What a network detector says of a frame, pooled over the picture: the same for every network behind the runner's seam. */
import type { NetworkOutput } from '../network-runner';
import type { FrameFeatures } from './moments';

/** Fused features by their mean and highest value; logits, the segment's odds and the weights of streams and times as acts. */
export function networkFeatures(timeS: number, output: NetworkOutput): FrameFeatures {
  const { logits, features, probability, ranges } = output;
  const channels = features.length / logits.length;
  return {
    timeS,
    changes: new Float32Array(0),
    acts: Float32Array.from([
      ...pooled(features, channels),
      ...pooled(logits, 1),
      logOdds(probability),
      ...ranges.map(({ weight }) => weight),
    ]),
  };
}

/** Mean, then highest value, of each channel over the places of a grid [places, channels]. */
export function pooled(values: Float32Array, channels: number): Float32Array {
  const out = new Float32Array(2 * channels).fill(Number.NEGATIVE_INFINITY, channels);
  const places = values.length / channels;
  for (let at = 0, channel = 0; at < values.length; at++, channel = (channel + 1) % channels) {
    out[channel] += values[at] / places;
    out[channels + channel] = Math.max(out[channels + channel], values[at]);
  }
  return out;
}

function logOdds(probability: number): number {
  const inside = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return Math.log(inside / (1 - inside));
}
