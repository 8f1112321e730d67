/** Multi-head self attention of picture cells: within windows, or over the whole picture. */
import * as tf from '@tensorflow/tfjs-core';
import { type AttentionOptions, type AttentionParams, attention } from './attention';

export interface WindowedAttentionOptions extends Omit<AttentionOptions, 'mask'> {
  /** Side of the square windows in cells, or all cells at once. */
  window: number | 'global';
  /** [window², channels]: tells the cells of a window apart; added before attention. */
  position?: tf.Tensor;
}

export type PictureAttended = {
  /** [T, H, W, channels] */
  output: tf.Tensor4D;
  /** Attention that each cell receives, times what an even spread would give it: 1 is neutral. [T, H, W] */
  received: tf.Tensor3D;
  /** [T · windows, heads, N, N], windows in reading order. */
  weights: tf.Tensor4D;
};

/** Self attention of `frames` [T, H, W, channels]. A picture that windows do not divide is padded at the right and bottom; padding is never read. */
export function windowedAttention(
  params: AttentionParams,
  frames: tf.Tensor4D,
  options: WindowedAttentionOptions,
): PictureAttended {
  return tf.tidy((): PictureAttended => {
    const grid = gridOf(frames.shape, options.window);
    const tokens = toWindows(padded(frames, grid), grid);
    const placed = options.position ? (tf.add(tokens, options.position) as tf.Tensor3D) : tokens;
    const valid = validCells(frames.shape, grid);
    const mask = grid.exact ? undefined : valid;
    const { output, weights } = attention(params, placed, placed, { ...options, mask });
    const received = fromWindows(receivedShare(weights, valid), grid); // [T, H', W', 1]
    const shape: [number, number, number] = [frames.shape[0], frames.shape[1], frames.shape[2]];
    return {
      output: cropped(fromWindows(output, grid), frames.shape),
      received: tf.reshape(cropped(received, frames.shape), shape),
      weights,
    };
  });
}

interface Grid {
  frames: number;
  /** Windows down and across. */
  rows: number;
  columns: number;
  /** Cells of a window down and across. */
  height: number;
  width: number;
  /** Whether the windows cover the picture without padding. */
  exact: boolean;
}

function gridOf([frames, height, width]: readonly number[], window: number | 'global'): Grid {
  if (window === 'global') return { frames, rows: 1, columns: 1, height, width, exact: true };
  const rows = Math.ceil(height / window);
  const columns = Math.ceil(width / window);
  const exact = rows * window === height && columns * window === width;
  return { frames, rows, columns, height: window, width: window, exact };
}

function padded(frames: tf.Tensor4D, { rows, columns, height, width, exact }: Grid): tf.Tensor4D {
  if (exact) return frames;
  const below = rows * height - frames.shape[1];
  const beside = columns * width - frames.shape[2];
  return tf.pad(frames, [
    [0, 0],
    [0, below],
    [0, beside],
    [0, 0],
  ]);
}

const cropped = (frames: tf.Tensor4D, [count, height, width]: readonly number[]) =>
  frames.shape[1] === height && frames.shape[2] === width
    ? frames
    : tf.slice(frames, [0, 0, 0, 0], [count, height, width, -1]);

/** [T, rows·height, columns·width, C] to [T·rows·columns, height·width, C], by a transpose of rank 4. */
function toWindows(frames: tf.Tensor4D, { frames: count, rows, columns, height, width }: Grid): tf.Tensor3D {
  const channels = frames.shape[3];
  const strips = tf.reshape(frames, [count * rows, height, columns, width * channels]);
  return tf.reshape(tf.transpose(strips, [0, 2, 1, 3]), [count * rows * columns, height * width, channels]);
}

/** The way back from `toWindows`. */
function fromWindows(tokens: tf.Tensor3D, { frames, rows, columns, height, width }: Grid): tf.Tensor4D {
  const channels = tokens.shape[2];
  const strips = tf.reshape(tokens, [frames * rows, columns, height, width * channels]);
  return tf.reshape(tf.transpose(strips, [0, 2, 1, 3]), [frames, rows * height, columns * width, channels]);
}

/** 1 for the cells of each window that lie in the picture: [T·windows, N]. */
function validCells([count, height, width]: readonly number[], grid: Grid): tf.Tensor2D {
  const inside = padded(tf.ones([count, height, width, 1]), grid);
  return tf.reshape(toWindows(inside, grid), [count * grid.rows * grid.columns, -1]);
}

/** Mean over heads and askers inside the picture, times the number of cells there: [B, N, 1]. */
function receivedShare(weights: tf.Tensor4D, valid: tf.Tensor2D): tf.Tensor3D {
  const askers = tf.expandDims(valid, 2); // [B, N, 1]
  const byHead = tf.mean(weights, 1); // [B, Nq, Nk]
  return tf.transpose(tf.sum(tf.mul(byHead, askers), 1, true), [0, 2, 1]) as tf.Tensor3D;
}
