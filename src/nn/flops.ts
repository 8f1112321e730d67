/** Counts the floating-point operations of a function by running it. */
import * as tf from '@tensorflow/tfjs-core';

export interface OperationCount {
  total: number;
  /** By kernel, such as `Conv2D`. */
  kernels: Record<string, number>;
}

/**
 * Run `compute` once under `tf.profile` and count its operations; what it returns is disposed. A multiply-add counts as
 * two: a convolution costs 2·kh·kw·Cin per output value, a matrix product 2·(inner size). A reduction or pool costs one per
 * input value, moving data nothing, everything else one per output value. A fused kernel's bias and activation are not
 * counted. Kernels count as they are asked for, however the backend makes them.
 */
export async function countOperations(compute: () => tf.TensorContainer): Promise<OperationCount> {
  const { kernels, result } = await tf.profile(() => tf.tidy(compute) as tf.TensorContainerObject);
  tf.dispose(result);
  const counted: OperationCount = { total: 0, kernels: {} };
  for (const { name, inputShapes, outputShapes } of kernels) {
    // The profile also lists functions with a gradient of their own, whose kernels stand beside them.
    const isKernel = tf.getKernel(name, tf.getBackend()) !== undefined;
    const operations = isKernel ? kernelOperations(name, inputShapes, outputShapes) : 0;
    if (operations === 0) continue;
    counted.kernels[name] = (counted.kernels[name] ?? 0) + operations;
    counted.total += operations;
  }
  return counted;
}

type Shapes = readonly (readonly number[])[];

function kernelOperations(name: string, inputs: Shapes, outputs: Shapes): number {
  const count = products[name];
  if (count) return 2 * count(inputs, outputs[0]);
  if (moves.has(name)) return 0;
  if (reductions.has(name)) return size(inputs[0]);
  return outputs.reduce((sum, shape) => sum + size(shape), 0);
}

const size = (shape: readonly number[]) => shape.reduce((product, side) => product * side, 1);

/** One multiply-add per output value and filter weight of that value's channel. */
const convolution = ([, filter]: Shapes, output: readonly number[]) => size(output) * size(filter.slice(0, 3));
const depthwise = ([, filter]: Shapes, output: readonly number[]) => size(output) * size(filter.slice(0, 2));

/** The inner size is what is left of the first matrix without the rows of the product, transposed or not. */
function matrixProduct([first]: Shapes, output: readonly number[]): number {
  const inner = size(first.slice(-2)) / output[output.length - 2];
  return size(output) * inner;
}

/** Multiply-adds, from the shapes of the kernel's inputs and its output. */
const products: Record<string, (inputs: Shapes, output: readonly number[]) => number> = {
  [tf.Conv2D]: convolution,
  [tf.FusedConv2D]: convolution,
  [tf.Conv3D]: ([, filter], output) => size(output) * size(filter.slice(0, 4)),
  [tf.DepthwiseConv2dNative]: depthwise,
  [tf.FusedDepthwiseConv2D]: depthwise,
  // dy [N, h, w, Cout] meets every weight of filter [kh, kw, Cin, Cout] of its channel.
  [tf.Conv2DBackpropInput]: ([dy, filter]) => size(dy) * size(filter.slice(0, 3)),
  [tf.Conv2DBackpropFilter]: ([, dy], filter) => size(dy) * size(filter.slice(0, 3)),
  [tf.DepthwiseConv2dNativeBackpropInput]: ([dy, filter]) => size(dy) * size(filter.slice(0, 2)),
  [tf.DepthwiseConv2dNativeBackpropFilter]: ([, dy], filter) => size(dy) * size(filter.slice(0, 2)),
  [tf.BatchMatMul]: matrixProduct,
  [tf._FusedMatMul]: matrixProduct,
};

const moves = new Set<string>([
  tf.Reshape,
  tf.Identity,
  tf.ExpandDims,
  tf.Slice,
  tf.StridedSlice,
  tf.Concat,
  tf.Pack,
  tf.Unpack,
  tf.SplitV,
  tf.Transpose,
  tf.Reverse,
  tf.PadV2,
  tf.MirrorPad,
  tf.Tile,
  tf.GatherV2,
  tf.GatherNd,
  tf.Cast,
  tf.Fill,
  tf.ZerosLike,
  tf.OnesLike,
  tf.Range,
  tf.DepthToSpace,
  tf.SpaceToBatchND,
  tf.BatchToSpaceND,
]);

const reductions = new Set<string>([
  tf.Sum,
  tf.Mean,
  tf.Max,
  tf.Min,
  tf.Prod,
  tf.ArgMax,
  tf.ArgMin,
  tf.MaxPool,
  tf.AvgPool,
  tf.TopK,
]);
