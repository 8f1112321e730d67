/** Gradients of 2-D convolutions, made of forward convolutions: those are the fast kernels of the WebAssembly backend. */
import * as tf from '@tensorflow/tfjs-core';

/** How a convolution lay on its input, as `tf.backend_util.computeConv2DInfo` tells it (NHWC, no dilation). */
export type Convolution = ReturnType<typeof tf.backend_util.computeConv2DInfo>;

/**
 * ∂L/∂x of y = conv2d(x, filter): dy spread with stride − 1 zeros between its cells, convolved with the filter flipped in
 * both axes and its channels swapped. dy [N, h, w, Cout], filter [kh, kw, Cin, Cout] → [N, H, W, Cin].
 * It is also the transposed convolution of dy.
 */
export function conv2dInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, conv: Convolution): tf.Tensor4D {
  return tf.tidy(() => {
    const turned = tf.transpose(tf.reverse(filter, [0, 1]), [0, 1, 3, 2]);
    const placed = placedOnInput(dy, conv);
    return tf.conv2d(placed.dy, turned as tf.Tensor4D, 1, placed.padding);
  });
}

/**
 * ∂L/∂filter: every channel of x, as a batch of its own, convolved with dy, whose stride becomes a dilation.
 * x [N, H, W, Cin] → [Cin, H, W, N], dy [N, h, w, Cout] → filter [h, w, N, Cout] → [Cin, kh, kw, Cout] → [kh, kw, Cin, Cout].
 */
export function conv2dFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, conv: Convolution): tf.Tensor4D {
  return tf.tidy(() => {
    const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = conv;
    const rows = extent(padInfo.top, conv.inHeight, (conv.outHeight - 1) * strideHeight + filterHeight);
    const columns = extent(padInfo.left, conv.inWidth, (conv.outWidth - 1) * strideWidth + filterWidth);
    const seen = tf.slice(x, [0, 0, 0, 0], [conv.batchSize, rows.kept, columns.kept, conv.inChannels]);
    const gradient = tf.conv2d(
      tf.transpose(seen, [3, 1, 2, 0]),
      tf.transpose(dy, [1, 2, 0, 3]),
      1,
      [[0, 0], rows.padding, columns.padding, [0, 0]],
      'NHWC',
      [strideHeight, strideWidth],
    );
    return tf.transpose(gradient, [1, 2, 0, 3]);
  });
}

/**
 * ∂L/∂x of y = depthwiseConv2d(x, filter), as `conv2dInputGradient` with one channel at a time.
 * dy [N, h, w, C·M], filter [kh, kw, C, M] → [N, H, W, C], summed over the M filters of a channel.
 */
export function depthwiseInputGradient(dy: tf.Tensor4D, filter: tf.Tensor4D, conv: Convolution): tf.Tensor4D {
  return tf.tidy(() => {
    const placed = placedOnInput(dy, conv);
    const turned = tf.reverse(filter, [0, 1]);
    const [height, width, channels, filters] = filter.shape;
    const byFilter = tf.reshape(placed.dy, [-1, channels, filters]);
    const parts = Array.from({ length: filters }, (_, index) => {
      const shape: [number, number, number, number] = [
        ...(placed.dy.shape.slice(0, 3) as [number, number, number]),
        channels,
      ];
      const part = tf.reshape(tf.slice(byFilter, [0, 0, index], [-1, channels, 1]), shape) as tf.Tensor4D;
      const kernel = tf.slice(turned, [0, 0, 0, index], [height, width, channels, 1]);
      return tf.depthwiseConv2d(padded(part, placed.padding), kernel, 1, 'valid');
    });
    return tf.addN(parts);
  });
}

/**
 * ∂L/∂filter of a depthwise convolution, one tap (i, j) at a time: Σ over n, y, x of x[n, y·s + i, x·s + j, c]·dy[n, y, x, c·M + m].
 * With dy on the raster of the padded x, zeros elsewhere, a tap is a shift of the flat values by i rows and j columns.
 * x [N, H, W, C], dy [N, h, w, C·M] → [kh, kw, C, M].
 */
export function depthwiseFilterGradient(x: tf.Tensor4D, dy: tf.Tensor4D, conv: Convolution): tf.Tensor4D {
  return tf.tidy(() => {
    const { filterHeight, filterWidth, inChannels, padInfo } = conv;
    const field = padded(x, [
      [0, 0],
      [padInfo.top, padInfo.bottom],
      [padInfo.left, padInfo.right],
      [0, 0],
    ]);
    const [batch, height, width] = field.shape;
    const longestShift = ((filterHeight - 1) * width + filterWidth - 1) * inChannels;
    const flat = tf.pad(tf.reshape(field, [field.size]), [[0, longestShift]]);
    const slopes = onRaster(dy, conv, height, width);
    const filters = dy.shape[3] / inChannels;
    const taps = Array.from({ length: filterHeight * filterWidth }, (_, index) => {
      const shift = (Math.floor(index / filterWidth) * width + (index % filterWidth)) * inChannels;
      const seen = tf.slice(flat, shift, field.size);
      return summedProduct(seen, slopes, [batch * height, width, inChannels, filters]);
    });
    return tf.reshape(tf.concat(taps), [filterHeight, filterWidth, inChannels, filters]);
  });
}

/** Σ over rows and columns of seen·slopes, by channel and filter; an average pool is the backend's fastest sum. */
function summedProduct(seen: tf.Tensor, slopes: tf.Tensor, [rows, columns, channels, filters]: number[]): tf.Tensor {
  // A product of equal shapes is many times faster than one that broadcasts: most depthwise layers have one filter a channel.
  const products =
    filters === 1
      ? tf.mul(seen, tf.reshape(slopes, [slopes.size]))
      : tf.mul(tf.reshape(seen, [-1, channels, 1]), tf.reshape(slopes, [-1, channels, filters]));
  const picture = tf.reshape(products, [1, rows, columns, channels * filters]) as tf.Tensor4D;
  return tf.mul(tf.avgPool(picture, [rows, columns], 1, 'valid'), rows * columns);
}

/** dy spread by its stride, filled up with zeros to `height` × `width`. */
function onRaster(dy: tf.Tensor4D, conv: Convolution, height: number, width: number): tf.Tensor4D {
  const spread = spreadWithZeros(dy, conv.strideHeight, conv.strideWidth);
  const rows = extent(0, spread.shape[1], height);
  const columns = extent(0, spread.shape[2], width);
  const kept = tf.slice(spread, [0, 0, 0, 0], [spread.shape[0], rows.kept, columns.kept, spread.shape[3]]);
  return padded(kept, [[0, 0], rows.padding, columns.padding, [0, 0]]);
}

type Sides = [number, number];
type Padding = [Sides, Sides, Sides, Sides];

/** dy spread to the input's raster, and the padding that makes a stride-1 convolution over it as large as the input. */
function placedOnInput(dy: tf.Tensor4D, conv: Convolution): { dy: tf.Tensor4D; padding: Padding } {
  const { filterHeight, filterWidth, strideHeight, strideWidth, padInfo } = conv;
  const before = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
  if (before[0] < 0 || before[1] < 0)
    throw new RangeError('a convolution padded by more than its filter has no gradient here');
  const spread = spreadWithZeros(dy, strideHeight, strideWidth);
  const rows = extent(before[0], spread.shape[1], conv.inHeight + filterHeight - 1);
  const columns = extent(before[1], spread.shape[2], conv.inWidth + filterWidth - 1);
  return {
    dy: tf.slice(spread, [0, 0, 0, 0], [spread.shape[0], rows.kept, columns.kept, spread.shape[3]]),
    padding: [[0, 0], rows.padding, columns.padding, [0, 0]],
  };
}

/** How much of `size` to keep and how to pad it, `before` at the start, so that it becomes `target` long. */
function extent(before: number, size: number, target: number): { kept: number; padding: Sides } {
  const after = target - before - size;
  return { kept: size + Math.min(0, after), padding: [before, Math.max(0, after)] };
}

/** [N, h, w, C] → [N, h·sh, w·sw, C]: each cell at the upper left of a block of zeros. Zeros are appended to channels, then to rows. */
function spreadWithZeros(dy: tf.Tensor4D, strideHeight: number, strideWidth: number): tf.Tensor4D {
  const [batch, height, width, channels] = dy.shape;
  if (strideHeight === 1 && strideWidth === 1) return dy;
  const row = width * strideWidth * channels;
  const widened = tf.pad(dy, [
    [0, 0],
    [0, 0],
    [0, 0],
    [0, (strideWidth - 1) * channels],
  ]);
  const heightened = tf.pad(tf.reshape(widened, [batch, height, row]), [
    [0, 0],
    [0, 0],
    [0, (strideHeight - 1) * row],
  ]);
  return tf.reshape(heightened, [batch, height * strideHeight, width * strideWidth, channels]);
}

const padded = (x: tf.Tensor4D, padding: Padding): tf.Tensor4D =>
  padding.flat().some((side) => side > 0) ? tf.pad(x, padding) : x;
