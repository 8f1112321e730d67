/** Fetches model files from the app's own origin, counting the bytes. */
import type { LearnedScene } from '../detectors/detector';
import type { StoredWeights } from '../nn/stored-weights';
import type { CenterNetFiles } from './centernet-model';
import { sceneFromJson } from './scene-json';

/** Bytes of both files of CenterNet, for servers that send no Content-Length. */
const CENTERNET_BYTES = 4_232_000;

/** CenterNet below `folder` (ends in '/'); `onProgress` gets 0…1 as bytes arrive. Throws with what to do where a file is missing. */
export async function fetchCenterNet(folder: string, onProgress: (fraction: number) => void): Promise<CenterNetFiles> {
  let loaded = 0;
  const count = (bytes: number) => {
    loaded += bytes;
    onProgress(Math.min(1, loaded / CENTERNET_BYTES));
  };
  const [manifest, weights] = await Promise.all([
    fetchBytes(`${folder}centernet.json`, 'object model', count),
    fetchBytes(`${folder}centernet.bin`, 'object model', count),
  ]);
  onProgress(1);
  return { manifest: JSON.parse(new TextDecoder().decode(manifest)), weights };
}

/** A network as it is shipped: its weights, and what it judges by before a scene is learned. */
export interface ShippedNetwork {
  weights: StoredWeights;
  normality: LearnedScene;
}

/** The network below `folder` (ends in '/'); progress and errors as those of CenterNet. */
export async function fetchNetwork(folder: string, onProgress: (fraction: number) => void): Promise<ShippedNetwork> {
  const text = (bytes: ArrayBuffer) => new TextDecoder().decode(bytes);
  const [described, normality] = await Promise.all([
    fetchBytes(`${folder}weights.json`, 'network', () => undefined),
    fetchBytes(`${folder}normality.json`, 'network', () => undefined),
  ]);
  const manifest = JSON.parse(text(described)) as StoredWeights['manifest'];
  const whole = described.byteLength + normality.byteLength + manifest.byteLength;
  let loaded = whole - manifest.byteLength;
  const bytes = await fetchBytes(`${folder}weights.bin`, 'network', (arrived) => {
    loaded += arrived;
    onProgress(Math.min(1, loaded / whole));
  });
  onProgress(1);
  return { weights: { manifest, bytes: new Uint8Array(bytes) }, normality: sceneFromJson(text(normality)) };
}

async function fetchBytes(url: string, what: string, count: (bytes: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error(`The ${what} could not be loaded; check the connection and reload the page.`, { cause });
  });
  // Hosts of single-page apps answer with the page itself where a file is missing.
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new Error(`The ${what} is missing on this server; reload the page, or tell whoever runs this site.`);
  }
  const counted = response.body?.pipeThrough(
    new TransformStream<Uint8Array, Uint8Array>({
      transform(chunk, controller) {
        count(chunk.byteLength);
        controller.enqueue(chunk);
      },
    }),
  );
  return new Response(counted).arrayBuffer();
}
