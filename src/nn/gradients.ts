/** Makes gradients work on every backend: TensorFlow.js registers none by itself, and WebAssembly lacks kernels they need. */
import * as tf from '@tensorflow/tfjs-core';
import { registerWasmKernels } from './wasm-kernels';

/** Loads the gradients of TensorFlow.js; a build puts them into a chunk of their own, which only training asks for. */
const importGradients = (): Promise<unknown> => import('@tensorflow/tfjs-core/dist/register_all_gradients');

/**
 * Register every gradient, once; call it after the backend has started and before the first gradient.
 * Where modules are not bundled (Node under tsx), `load` requires the same file in another way.
 *
 * Not covered: `einsum`, `prod` and `gather` with batch dimensions, whose gradients TensorFlow.js lacks or breaks, and
 * convolutions with dilation.
 */
export async function registerGradients(load = importGradients): Promise<void> {
  if (!tf.getGradient(tf.Conv2D)) await load();
  registerWasmKernels();
}
