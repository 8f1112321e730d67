/** Tensors in Node: the WebAssembly backend with its files from node_modules or WebGPU, and gradients for training. */
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { detectedPlatform, startBackend } from '../src/engine/backend';
import { registerGradients } from '../src/nn/gradients';
import { registerWasmCopies } from '../src/nn/wasm-copies';
import { provideWebgpu } from './node-webgpu';

const require = createRequire(import.meta.url);

export type NodeBackend = 'wasm' | 'webgpu';

/** Throws where it is neither. */
export function nodeBackend(name: string): NodeBackend {
  if (name === 'wasm' || name === 'webgpu') return name;
  throw new Error(`--backend must be wasm or webgpu, not ${name}.`);
}

/** Start a backend; with `gradients`, networks can be trained. Throws where WebGPU is wanted and cannot be had. */
export async function startTensors({
  gradients = false,
  backend = 'wasm',
}: {
  gradients?: boolean;
  backend?: NodeBackend;
} = {}): Promise<void> {
  if (backend === 'webgpu') await provideWebgpu();
  const platform = detectedPlatform(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  const started = await startBackend(backend, platform);
  if (started.backend !== backend)
    throw new Error(`${started.reason.split(';')[0]}. Give this process a Vulkan driver, or choose --backend wasm.`);
  registerWasmCopies();
  if (gradients) await registerGradients(loadGradients);
}

/** What tensors run on, in words. */
export async function backendInWords(backend: NodeBackend): Promise<string> {
  if (backend === 'wasm') return 'WASM';
  const { vendor, architecture, description } =
    (await navigator.gpu.requestAdapter({ powerPreference: 'high-performance' }))?.info ?? {};
  return `WebGPU on ${description || [vendor, architecture].filter(Boolean).join(' ') || 'an unnamed adapter'}`;
}

/** Loads the gradients of TensorFlow.js as the same modules that the rest of it came from. */
export const loadGradients = async (): Promise<unknown> =>
  require('@tensorflow/tfjs-core/dist/register_all_gradients') as unknown;
