/** Attention along time over whole clips at once: each place of each frame reads its own past, as a masked product over all frames. */
import * as tf from '@tensorflow/tfjs-core';
import { type SampledFrame, sampleRange, type TemporalRange } from './temporal-sampling';

export interface ClipTimeInputs {
  /** Each [B, T, N, C]: clips, frames, places, channels. */
  query: tf.Tensor4D;
  key: tf.Tensor4D;
  value: tf.Tensor4D;
  /** Added to the keys of frame s for its age when frame t reads it: [B, T, T, C]. */
  ageKeys: tf.Tensor4D;
  /** 1 where frame t reads frame s, [B, 1, T, T]. */
  reads: tf.Tensor4D;
  heads: number;
}

/** softmaxₛ(qₜ·(kₛ + aₜₛ)/√d)·vₛ per place and head over the frames that are read: what `timeAttention` gives frame by frame. [B, T, N, C]. */
export function clipTimeAttention({ query, key, value, ageKeys, reads, heads }: ClipTimeInputs): tf.Tensor4D {
  return tf.tidy(() => {
    const channels = query.shape[3];
    const depth = channels / heads;
    const bias = tf.mul(tf.sub(reads, 1), 1e9);
    const read = Array.from({ length: heads }, (_, head) => {
      const part = (tensor: tf.Tensor4D) => tf.slice(tensor, [0, 0, 0, head * depth], [-1, -1, -1, depth]);
      const asked = tf.mul(part(query), 1 / Math.sqrt(depth)) as tf.Tensor4D;
      const byPlace = (tensor: tf.Tensor4D) => tf.transpose(tensor, [0, 2, 1, 3]);
      const alike = tf.matMul(byPlace(asked), byPlace(part(key)), false, true); // [B, N, T, S]
      const aged = byPlace(tf.matMul(asked, part(ageKeys), false, true)); // [B, T, N, S] to [B, N, T, S]
      const weights = tf.softmax(tf.add(tf.add(alike, aged), bias)) as tf.Tensor4D;
      return byPlace(tf.matMul(weights, byPlace(part(value))));
    });
    return tf.concat(read, 3);
  });
}

/** Which frames the frames of each clip read in a range, and how old those are, in seconds; 0 where they are not read. Both [B, T, T], row by row. */
export function clipSamples(
  clips: readonly (readonly number[])[],
  range: TemporalRange,
  intervalS: number,
): { reads: Float32Array; agesS: number[] } {
  const frames = clips[0].length;
  const reads = new Float32Array(clips.length * frames * frames);
  const agesS = new Array<number>(reads.length).fill(0);
  clips.forEach((timestampsS, clip) => {
    timestampsS.forEach((_, now) => {
      const samples: SampledFrame[] = sampleRange(timestampsS.slice(0, now + 1), range, intervalS);
      for (const { index, ageS } of samples) {
        if (index < 0) continue;
        const at = (clip * frames + now) * frames + index;
        reads[at] = 1;
        agesS[at] = ageS;
      }
    });
  });
  return { reads, agesS };
}
