/** CenterNet in Node: WebAssembly backend and model files, both read from node_modules. */
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { detectedPlatform, startBackend } from '../src/engine/backend';
import { type CenterNet, type CenterNetOptions, createCenterNet } from '../src/engine/centernet';
import type { CenterNetFiles } from '../src/engine/centernet-model';

const { resolve } = createRequire(import.meta.url);

/** Start WebAssembly and make the object finder; it waits for its results. */
export async function createObjectFinder(options: Omit<Partial<CenterNetOptions>, 'files'> = {}): Promise<CenterNet> {
  const wasmFolder = `${dirname(resolve('@tensorflow/tfjs-backend-wasm'))}/`;
  await startBackend('wasm', detectedPlatform(wasmFolder));
  return createCenterNet({ ...options, files: await readCenterNet() });
}

/** The model's files as they lie in node_modules. */
export async function readCenterNet(): Promise<CenterNetFiles> {
  const folder = join(dirname(resolve('@vladmandic/human')), '..', 'models');
  const [manifest, weights] = await Promise.all([
    readFile(join(folder, 'centernet.json'), 'utf8'),
    readFile(join(folder, 'centernet.bin')),
  ]);
  return { manifest: JSON.parse(manifest), weights: new Uint8Array(weights).buffer };
}
