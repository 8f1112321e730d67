/** How the app is built and served: one page, module workers, everything from its own origin. */
import { copyFileSync, createReadStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const packages = join(import.meta.dirname, 'node_modules');
const human = join(packages, '@vladmandic/human/models');
const wasm = join(packages, '@tensorflow/tfjs-backend-wasm/dist');

/** Files of packages that the app fetches at run time: address below the app's base → file. */
const packageFiles: Record<string, string> = {
  'models/centernet.json': join(human, 'centernet.json'),
  'models/centernet.bin': join(human, 'centernet.bin'),
  'models/centernet.licence.txt': join(human, '../LICENSE'),
  'wasm/tfjs-backend-wasm.wasm': join(wasm, 'tfjs-backend-wasm.wasm'),
  'wasm/tfjs-backend-wasm-simd.wasm': join(wasm, 'tfjs-backend-wasm-simd.wasm'),
  'wasm/tfjs-backend-wasm-threaded-simd.wasm': join(wasm, 'tfjs-backend-wasm-threaded-simd.wasm'),
};

const contentTypes: Record<string, string> = {
  json: 'application/json',
  wasm: 'application/wasm',
  txt: 'text/plain',
};

/** Serves `packageFiles` in development and copies them into a build. */
function servePackageFiles(): Plugin {
  let outputFolder = '';
  return {
    name: 'oriel:package-files',
    configResolved: (config) => {
      outputFolder = join(config.root, config.build.outDir);
    },
    configureServer: (server) => {
      server.middlewares.use((request, response, next) => {
        const path = (request.url ?? '').split('?')[0].replace(/^\//, '');
        const file = packageFiles[path];
        if (!file) return next();
        response.setHeader('Content-Type', contentTypes[extname(path).slice(1)] ?? 'application/octet-stream');
        response.setHeader('Content-Length', statSync(file).size);
        createReadStream(file).pipe(response);
      });
    },
    writeBundle: () => {
      for (const [path, file] of Object.entries(packageFiles)) {
        const target = join(outputFolder, path);
        mkdirSync(dirname(target), { recursive: true });
        copyFileSync(file, target);
      }
    },
  };
}

/**
 * The threads of WebAssembly are started from the source text of a function, where a variable outside of it does not
 * exist. Its `typeof` guard is lost to the minifier, so the branch goes: where the .wasm lies is told explicitly.
 */
function keepThreadsSelfContained(): Plugin {
  const guarded = 'typeof _scriptDir !== "undefined" && _scriptDir';
  return {
    name: 'oriel:self-contained-threads',
    apply: 'build',
    transform: {
      filter: { id: /tfjs-backend-wasm-threaded-simd\.js$/ },
      handler(code) {
        if (!code.includes(guarded)) this.error(`Threads: the text '${guarded}' is no longer there; check them again.`);
        return { code: code.replace(guarded, 'false'), map: null };
      },
    },
  };
}

/** Cross-origin isolation: WebAssembly threads need it. */
export const isolationHeaders = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
  'Cross-Origin-Resource-Policy': 'same-origin',
};

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default defineConfig({
  base: './',
  plugins: [react(), servePackageFiles()],
  define: { __ORIEL_VERSION__: JSON.stringify(version) },
  worker: { format: 'es', plugins: () => [keepThreadsSelfContained()] },
  server: { headers: isolationHeaders },
  preview: { headers: isolationHeaders },
  build: {
    target: 'es2022',
    sourcemap: false,
    rolldownOptions: {
      output: {
        // Shared by every page, and seldom changed: cached on their own. Charts stay out: loaded when one is drawn.
        codeSplitting: {
          groups: [
            { name: 'react', test: /node_modules\/(react|react-dom|scheduler)\// },
            { name: 'mantine', test: /node_modules\/(@mantine|@floating-ui)\// },
          ],
        },
      },
    },
  },
});
