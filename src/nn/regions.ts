/** Feature maps at the resolution of square regions, and back. */
import * as tf from '@tensorflow/tfjs-core';

/** Side of a region in cells (1: each cell is its own), or the whole picture. */
export type Region = number | 'global';

/** Mean of each region: [T, H, W, C] to [T, ⌈H/region⌉, ⌈W/region⌉, C]; regions at the border may reach beyond it and average what lies inside. */
export function poolRegions(frames: tf.Tensor4D, region: Region): tf.Tensor4D {
  if (region === 1) return frames;
  if (region === 'global') return tf.mean<tf.Tensor4D>(frames, [1, 2], true);
  return tf.avgPool(frames, region, region, 'same');
}

/** Each cell gets its region's value: the way back to [T, height, width, C]. One value for the whole picture stays [T, 1, 1, C] and broadcasts. */
export function spreadRegions(
  pooled: tf.Tensor4D,
  region: Region,
  [height, width]: readonly [height: number, width: number],
): tf.Tensor4D {
  if (region === 1 || region === 'global') return pooled;
  return tf.tidy(() => {
    const [count, rows, columns, channels] = pooled.shape;
    const large = tf.image.resizeNearestNeighbor(pooled, [rows * region, columns * region]);
    const top = Math.floor((rows * region - height) / 2);
    const left = Math.floor((columns * region - width) / 2);
    return tf.slice(large, [0, top, left, 0], [count, height, width, channels]);
  });
}
