/**
 * Gradients of resizing and average pooling. TensorFlow.js's own are wrong for half-pixel centres, for uneven padding and,
 * on some backends, for pictures that are not square.
 */
import * as tf from '@tensorflow/tfjs-core';

/** Resamples the rows of a picture [1, H, W, 1] → [1, h, W, 1]; columns stay apart. */
type ResampleRows = (picture: tf.Tensor4D) => tf.Tensor4D;

interface Resizing {
  alignCorners?: boolean;
  halfPixelCenters?: boolean;
}

interface Pooling {
  filterSize: number | [number, number];
  strides: number | [number, number];
  pad: 'same' | 'valid' | number;
}

/** Replace TensorFlow.js's gradients of resizeBilinear, resizeNearestNeighbor and avgPool. */
export function registerResamplingGradients(): void {
  registerResizing(tf.ResizeBilinear, tf.image.resizeBilinear);
  registerResizing(tf.ResizeNearestNeighbor, tf.image.resizeNearestNeighbor);
  tf.registerGradient({
    kernelName: tf.AvgPool,
    inputsToSave: ['x'],
    gradFunc: (dy, [x], attributes) => ({
      x: () => {
        const { filterSize, strides, pad } = attributes as unknown as Pooling;
        if (typeof pad === 'number' && pad > 0)
          throw new RangeError(`avgPool padded by ${pad} has no gradient, use 'same'`);
        const along =
          (axis: 0 | 1): ResampleRows =>
          (picture) =>
            tf.avgPool(picture, [side(filterSize, axis), 1], [side(strides, axis), 1], pad);
        return separableGradient(dy as tf.Tensor4D, x.shape, along(0), along(1));
      },
    }),
  });
}

function registerResizing(kernelName: string, resize: typeof tf.image.resizeBilinear): void {
  tf.registerGradient({
    kernelName,
    inputsToSave: ['images'],
    gradFunc: (dy, [images], attributes) => ({
      images: () => {
        const { alignCorners, halfPixelCenters } = attributes as Resizing;
        const to =
          (height: number): ResampleRows =>
          (picture) =>
            resize(picture, [height, picture.shape[2]], alignCorners, halfPixelCenters);
        const [, height, width] = (dy as tf.Tensor4D).shape;
        return separableGradient(dy as tf.Tensor4D, images.shape, to(height), to(width));
      },
    }),
  });
}

/**
 * For y = A·x·Bᵀ on each channel, ∂L/∂x = Aᵀ·dy·B. The matrices are what resampling makes of the identity.
 * dy [N, h, w, C] → [N, H, W, C].
 */
function separableGradient(dy: tf.Tensor4D, shape: number[], rows: ResampleRows, columns: ResampleRows): tf.Tensor {
  return tf.tidy(() => {
    const [batch, height, width, channels] = shape;
    const [, fewRows, fewColumns] = dy.shape;
    const byRow = tf.reshape(tf.transpose(dy, [1, 2, 0, 3]), [fewRows, fewColumns * batch * channels]);
    const tall = tf.matMul(tf.transpose(matrix(rows, height)), byRow as tf.Tensor2D);
    const byColumn = tf.transpose(tf.reshape(tall, [height, fewColumns, batch * channels]), [1, 0, 2]);
    const flat = tf.reshape(byColumn, [fewColumns, height * batch * channels]) as tf.Tensor2D;
    const whole = tf.matMul(tf.transpose(matrix(columns, width)), flat);
    return tf.transpose(tf.reshape(whole, [width, height, batch, channels]), [2, 1, 0, 3]);
  });
}

/** The matrix [h, H] of a resampling from H rows. */
function matrix(resample: ResampleRows, size: number): tf.Tensor2D {
  const resampled = resample(tf.reshape(tf.eye(size), [1, size, size, 1]));
  return tf.reshape(resampled, [-1, size]);
}

const side = (sides: number | [number, number], axis: 0 | 1): number =>
  typeof sides === 'number' ? sides : sides[axis];
