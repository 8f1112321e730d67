/** A plain static host: serves the built app below a path, sends no headers of its own, can bring out a new version and go away. */
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const contentTypes: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
};

export interface StaticHost {
  /** Address of the app, ending in '/'. */
  address: string;
  /** From now on another version is served: its page says `data-release="2"`. */
  release(): void;
  /** No connection any more. */
  stop(): Promise<void>;
}

/** As a build of a changed page would look: other contents, and the service worker knows. */
function changed(path: string, text: string): string {
  if (path === 'index.html') return text.replace('<html', '<html data-release="2"');
  if (path !== 'service-worker.js') return text;
  const listed = /\{[^{}]*"url":"index\.html"[^{}]*\}/;
  if (!listed.test(text)) throw new Error('The service worker does not list index.html.');
  return text.replace(listed, '{"revision":"2","url":"index.html"}');
}

export async function startStaticHost(path: string): Promise<StaticHost> {
  let released = false;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://host');
    const file = pathname === path ? 'index.html' : pathname.slice(path.length);
    const bytes = pathname.startsWith(path) ? await readFile(join('dist', file)).catch(() => null) : null;
    if (!bytes) return response.writeHead(404).end();
    response.setHeader('Content-Type', contentTypes[extname(file)] ?? 'application/octet-stream');
    response.end(released && /^(index\.html|service-worker\.js)$/.test(file) ? changed(file, String(bytes)) : bytes);
  });
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  return {
    address: `http://localhost:${(server.address() as AddressInfo).port}${path}`,
    release: () => {
      released = true;
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
