/** Tensors in Node: the WebAssembly backend with its files from node_modules, and gradients for training. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { detectedPlatform, startBackend } from '../src/engine/backend';
import { registerGradients } from '../src/nn/gradients';
import { registerWasmCopies } from '../src/nn/wasm-copies';

const require = createRequire(import.meta.url);

/** Start WebAssembly; with `gradients`, networks can be trained. */
export async function startTensors({ gradients = false } = {}): Promise<void> {
  await startBackend('wasm', detectedPlatform(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`));
  registerWasmCopies();
  if (gradients) await registerGradients(loadGradients);
}

/** Loads the gradients of TensorFlow.js as the same modules that the rest of it came from. */
export const loadGradients = async (): Promise<unknown> =>
  require('@tensorflow/tfjs-core/dist/register_all_gradients') as unknown;
