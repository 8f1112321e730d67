/** Fetches CenterNet's files from the app's own origin, counting the bytes. */
import type { CenterNetFiles } from './centernet-model';

/** Bytes of both files, for servers that send no Content-Length. */
const USUAL_BYTES = 4_232_000;

/** The model below `folder` (ends in '/'); `onProgress` gets 0…1 as bytes arrive. Throws with what to do where a file is missing. */
export async function fetchCenterNet(folder: string, onProgress: (fraction: number) => void): Promise<CenterNetFiles> {
  let loaded = 0;
  const count = (bytes: number) => {
    loaded += bytes;
    onProgress(Math.min(1, loaded / USUAL_BYTES));
  };
  const [manifest, weights] = await Promise.all([
    fetchBytes(`${folder}centernet.json`, count),
    fetchBytes(`${folder}centernet.bin`, count),
  ]);
  onProgress(1);
  return { manifest: JSON.parse(new TextDecoder().decode(manifest)), weights };
}

async function fetchBytes(url: string, count: (bytes: number) => void): Promise<ArrayBuffer> {
  const response = await fetch(url).catch((cause: unknown) => {
    throw new Error('The object model could not be loaded; check the connection and reload the page.', { cause });
  });
  // Hosts of single-page apps answer with the page itself where a file is missing.
  if (!response.ok || response.headers.get('Content-Type')?.startsWith('text/html')) {
    throw new Error('The object model is missing on this server; reload the page, or tell whoever runs this site.');
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
