/** Makes gradients work on every backend: TensorFlow.js registers none by itself, and some that it has are wrong. */
import * as tf from '@tensorflow/tfjs-core';
import { registerResamplingGradients } from './resampling-gradients';
import { registerWasmKernels } from './wasm-kernels';

/** Loads the gradients of TensorFlow.js; a build puts them into a chunk of their own, which only training asks for. */
const importGradients = (): Promise<unknown> => import('@tensorflow/tfjs-core/dist/register_all_gradients');

let registered = false;

/**
 * Register every gradient, once; call it after the backend has started and before the first gradient.
 * Where modules are not bundled (Node under tsx), `load` requires the same file in another way.
 *
 * Not covered: `einsum` and `prod`, `gather` with batch dimensions, `matMul` of batches of different sizes, whose
 * gradients TensorFlow.js lacks or breaks, and convolutions with dilation.
 */
export async function registerGradients(load = importGradients): Promise<void> {
  registerWasmKernels();
  if (registered) return;
  if (!tf.getGradient(tf.Conv2D)) await load();
  registerResamplingGradients();
  registerComparisons();
  registered = true;
}

/** `compute(x)` (x itself by default) with a gradient of zero: the result does not pull on x. Its operations need no gradients. */
export function stopGradient<T extends tf.Tensor>(x: T, compute: (value: T) => T = (value) => value.clone() as T): T {
  const stopped = tf.customGrad((value) => ({
    value: compute(value as T),
    gradFunc: () => tf.zeros(x.shape),
  }));
  return stopped(x) as T;
}

/** A comparison is flat wherever it has a slope: conditions of `where` may depend on what is trained. */
function registerComparisons(): void {
  for (const kernelName of [tf.Greater, tf.GreaterEqual, tf.Less, tf.LessEqual, tf.Equal, tf.NotEqual]) {
    tf.registerGradient({
      kernelName,
      inputsToSave: ['a', 'b'],
      gradFunc: (_, [a, b]) => ({ a: () => flat(a), b: () => flat(b) }),
    });
  }
}

const flat = (x: tf.Tensor) => tf.zeros(x.shape, 'float32');
