/** Chooses and starts the tensor backend: WebGPU, else WebAssembly with SIMD, else a clear refusal. */
import { setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';

export type BackendChoice = 'auto' | 'webgpu' | 'wasm';

/** The tensor backend in use and why. */
export interface BackendInfo {
  backend: 'webgpu' | 'wasm';
  /** One sentence: 'WebGPU is not available in this browser; using WebAssembly (SIMD, 2 threads).' */
  reason: string;
  threads: number;
}

/** What the machine offers, asked of the browser by default and set by tests. */
export interface Platform {
  /** Why WebGPU cannot be used, or null where an adapter answered. A processor that plays graphics card is refused unless `software`. */
  webgpuRefusal(software: boolean): Promise<string | null>;
  simd(): Promise<boolean>;
  /** Threads WebAssembly may use; 1 where the page is not cross-origin isolated. */
  threads: number;
  startWebgpu(): Promise<void>;
  startWasm(threads: number): Promise<void>;
}

/** No backend can run here; `message` says what the user can do. */
export class BackendError extends Error {
  override name = 'BackendError';
}

/** Start the best backend that `choice` allows; 'webgpu' falls back to WebAssembly too, and the reason says so. Throws BackendError where none runs. */
export async function startBackend(choice: BackendChoice, platform: Platform): Promise<BackendInfo> {
  let why = 'WebAssembly was chosen';
  if (choice !== 'wasm') {
    const refusal = await webgpuFailure(platform, choice === 'webgpu');
    if (refusal === null) return { backend: 'webgpu', reason: 'Using WebGPU.', threads: 1 };
    why = refusal;
  }
  if (!(await platform.simd())) {
    throw new BackendError(
      `${why}, and its WebAssembly lacks SIMD. Open Oriel in a current Chrome, Edge, Firefox or Safari.`,
    );
  }
  const { threads } = platform;
  await platform.startWasm(threads).catch((cause: unknown) => {
    throw new BackendError(
      `${why}, and WebAssembly could not be started (${sentence(cause)}). Reload the page or try another browser.`,
    );
  });
  return {
    backend: 'wasm',
    reason: `${why}; using WebAssembly (SIMD, ${threads} ${threads === 1 ? 'thread' : 'threads'}).`,
    threads,
  };
}

async function webgpuFailure(platform: Platform, software: boolean): Promise<string | null> {
  const refusal = await platform.webgpuRefusal(software);
  if (refusal !== null) return refusal;
  try {
    await platform.startWebgpu();
    return null;
  } catch (cause) {
    return `WebGPU could not be started (${sentence(cause)})`;
  }
}

const sentence = (cause: unknown) => (cause instanceof Error ? cause.message : String(cause)).replace(/[.\s]+$/, '');

/** The platform as this browser or Node gives it. `wasmPaths`: folder ending in '/', or the address of each .wasm file by its name. */
export function detectedPlatform(wasmPaths: string | Record<string, string>): Platform {
  const isolated = globalThis.crossOriginIsolated === true;
  return {
    webgpuRefusal,
    simd: () => tf.env().getAsync('WASM_HAS_SIMD_SUPPORT') as Promise<boolean>,
    threads: isolated ? Math.max(1, Math.min(4, (navigator.hardwareConcurrency ?? 2) - 1)) : 1,
    async startWebgpu() {
      await import('@tensorflow/tfjs-backend-webgpu');
      await start('webgpu');
    },
    async startWasm(threads) {
      setWasmPaths(wasmPaths as Parameters<typeof setWasmPaths>[0]);
      // The threaded build starts eight workers whatever the count; one thread needs none of them.
      if (threads > 1) setThreadsCount(threads);
      else tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
      await start('wasm');
    },
  };
}

async function start(name: string): Promise<void> {
  if (!(await tf.setBackend(name))) throw new Error(`the ${name} backend did not start`);
  await tf.ready();
}

/** `navigator.gpu` may exist without an adapter behind it, or with one that is slower than WebAssembly: ask for it and look. */
async function webgpuRefusal(software: boolean): Promise<string | null> {
  const gpu = globalThis.navigator?.gpu;
  if (!gpu) return 'WebGPU is not available in this browser';
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' }).catch(() => null);
  if (!adapter) return 'WebGPU found no graphics processor it may use';
  if (!software && isSoftware(adapter.info)) return 'WebGPU has no graphics processor here, only a slow imitation';
  return null;
}

function isSoftware(info: GPUAdapterInfo): boolean {
  return (
    info.isFallbackAdapter ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${info.architecture} ${info.description} ${info.device}`)
  );
}

/** Tensors alive on the backend in use. */
export const liveTensors = () => tf.memory().numTensors;

/**
 * Says why, once the graphics device is gone; never where there is none. The backend itself does not notice: every later
 * answer would be zeros or an error.
 */
export async function deviceLoss(): Promise<string> {
  const { device } = tf.backend() as unknown as { device?: GPUDevice };
  if (!device) return new Promise(() => undefined);
  const info = await device.lost;
  return `the graphics device was lost: ${info.message || info.reason}`;
}
