/** Kernels that the WebAssembly backend lacks or has only as plain loops, made of those it has in fast form. */
import * as tf from '@tensorflow/tfjs-core';
import {
  type Convolution,
  conv2dFilterGradient,
  conv2dInputGradient,
  depthwiseFilterGradient,
  depthwiseInputGradient,
} from './convolution-gradients';
import { registerWasmCopies } from './wasm-copies';

let registered = false;

/** Register them once, after the WebAssembly backend was imported; without it this does nothing. */
export function registerWasmKernels(): void {
  if (registered || !tf.getKernel(tf.Conv2D, 'wasm')) return;
  registered = true;
  tf.unregisterKernel(tf.Conv2DBackpropInput, 'wasm');
  register(tf.Conv2DBackpropInput, ({ dy, filter }, attrs) =>
    conv2dInputGradient(dy as tf.Tensor4D, filter as tf.Tensor4D, convolution(attrs.inputShape, filter.shape, attrs)),
  );
  register(tf.Conv2DBackpropFilter, ({ x, dy }, attrs) =>
    conv2dFilterGradient(x as tf.Tensor4D, dy as tf.Tensor4D, convolution(x.shape, attrs.filterShape, attrs)),
  );
  register(tf.DepthwiseConv2dNativeBackpropInput, ({ dy, filter }, attrs) =>
    depthwiseInputGradient(
      dy as tf.Tensor4D,
      filter as tf.Tensor4D,
      convolution(attrs.inputShape, filter.shape, attrs, true),
    ),
  );
  register(tf.DepthwiseConv2dNativeBackpropFilter, ({ x, dy }, attrs) =>
    depthwiseFilterGradient(x as tf.Tensor4D, dy as tf.Tensor4D, convolution(x.shape, attrs.filterShape, attrs, true)),
  );
  register(tf.UnsortedSegmentSum, ({ x, segmentIds }, { numSegments }) =>
    tf.scatterND(tf.expandDims(segmentIds, 1), x, [numSegments, ...x.shape.slice(1)]),
  );
  registerWasmCopies();
  replaceMatMul();
  replaceMaxPoolGradient();
}

/**
 * The backend multiplies plain matrices at about 20 GFLOP/s, and transposed or batched ones at 1 to 2: large ones are
 * transposed first and multiplied one by one. 512³ with a transposed operand: 125–280 ms before, 16 ms now.
 */
function replaceMatMul(): void {
  const original = tf.getKernel(tf.BatchMatMul, 'wasm')!;
  tf.unregisterKernel(tf.BatchMatMul, 'wasm');
  tf.registerKernel({
    ...original,
    kernelFunc: (params) => {
      const { a, b } = params.inputs as Record<string, tf.Tensor>;
      const { transposeA, transposeB } = params.attrs as unknown as { transposeA: boolean; transposeB: boolean };
      const batch = a.shape.slice(0, -2);
      const plain = !transposeA && !transposeB && batch.every((size) => size === 1);
      const sameBatch = batch.join() === b.shape.slice(0, -2).join();
      if (plain || !sameBatch || multiplications(a, b, transposeB) < WORTH_SPLITTING)
        return original.kernelFunc(params);
      return unprofiled(() => tf.tidy(() => productsOneByOne(a, b, transposeA, transposeB)));
    },
  });
}

/** The backend's kernel overlooks maxima below zero: which cell is largest stays the same when all are lifted above it. */
function replaceMaxPoolGradient(): void {
  const original = tf.getKernel(tf.MaxPoolGrad, 'wasm')!;
  tf.unregisterKernel(tf.MaxPoolGrad, 'wasm');
  tf.registerKernel({
    ...original,
    kernelFunc: ({ inputs, attrs, backend }) =>
      unprofiled(() =>
        tf.tidy(() => {
          const { dy, input, output } = inputs as Record<string, tf.Tensor>;
          const lift = tf.sub(1, tf.min(input));
          const lifted = { dy, input: tf.add(input, lift), output: tf.add(output, lift) };
          const gradient = original.kernelFunc({ inputs: lifted, attrs, backend }) as tf.TensorInfo;
          return tf.engine().makeTensorFromTensorInfo(gradient);
        }),
      ),
  });
}

/** Multiplications in one product of the batch from which on splitting is faster: it costs about 50 µs each. */
const WORTH_SPLITTING = 50_000;

function multiplications(a: tf.Tensor, b: tf.Tensor, transposeB: boolean): number {
  const [rows, inner] = a.shape.slice(-2);
  return rows * inner * b.shape[b.rank - (transposeB ? 2 : 1)];
}

function productsOneByOne(a: tf.Tensor, b: tf.Tensor, transposeA: boolean, transposeB: boolean): tf.Tensor {
  const left = matrices(a, transposeA);
  const right = matrices(b, transposeB);
  const products = left.map((matrix, index) => tf.matMul(matrix, right[index]));
  const whole = products.length === 1 ? products[0] : tf.concat(products);
  return tf.reshape(whole, [...a.shape.slice(0, -2), ...products[0].shape]);
}

function matrices(stack: tf.Tensor, transposed: boolean): tf.Tensor2D[] {
  const [rows, columns] = stack.shape.slice(-2);
  const flat = tf.reshape(stack, [-1, columns]);
  return Array.from({ length: flat.shape[0] / rows }, (_, index) => {
    const matrix = flat.shape[0] === rows ? flat : tf.slice(flat, [index * rows, 0], [rows, columns]);
    return (transposed ? tf.transpose(matrix) : matrix) as tf.Tensor2D;
  });
}

interface KernelAttributes {
  strides: number | [number, number];
  pad: Parameters<typeof tf.backend_util.computeConv2DInfo>[4];
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dilations?: number | [number, number];
  inputShape: number[];
  filterShape: number[];
  numSegments: number;
}

function register(
  kernelName: string,
  run: (inputs: Record<string, tf.Tensor>, attributes: KernelAttributes) => tf.Tensor,
): void {
  tf.registerKernel({
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) =>
      unprofiled(() => tf.tidy(() => run(inputs as Record<string, tf.Tensor>, attrs as unknown as KernelAttributes))),
  });
}

/** A profile shall show the kernel asked for, not also those it is made of. */
function unprofiled(run: () => tf.Tensor): tf.Tensor {
  const { state } = tf.engine();
  const { profiling } = state;
  state.profiling = false;
  try {
    return run();
  } finally {
    state.profiling = profiling;
  }
}

function convolution(
  inShape: number[],
  filterShape: number[],
  attrs: KernelAttributes,
  depthwise = false,
): Convolution {
  const { strides, pad, dimRoundingMode, dilations = 1 } = attrs;
  if ([dilations].flat().some((rate) => rate !== 1)) {
    throw new RangeError(`a convolution with dilation ${dilations} has no gradient`);
  }
  type Shape = [number, number, number, number];
  return tf.backend_util.computeConv2DInfo(
    inShape as Shape,
    filterShape as Shape,
    strides,
    1,
    pad,
    dimRoundingMode,
    depthwise,
  );
}
