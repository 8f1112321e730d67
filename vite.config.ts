/** How the app is built and served: one page, module workers, everything from its own origin. */
import { copyFileSync, createReadStream, mkdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, extname, join } from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';
import { VitePWA } from 'vite-plugin-pwa';
import { isolationHeaders, pagePolicy, securityHeaders } from './src/offline/security-headers.ts';

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

/** The built page carries its policy; `vite preview` sends it too, with the one of workers. Development needs inline scripts. */
function contentSecurity(): Plugin {
  return {
    name: 'oriel:content-security',
    transformIndexHtml: (_, { server }) =>
      server
        ? []
        : [
            {
              tag: 'meta',
              attrs: { 'http-equiv': 'Content-Security-Policy', content: pagePolicy },
              injectTo: 'head-prepend',
            },
          ],
    configurePreviewServer: (server) => {
      server.middlewares.use((request, response, next) => {
        const headers = securityHeaders(/\.js(\?|$)/.test(request.url ?? ''));
        for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
        next();
      });
    },
  };
}

/**
 * The service worker, in builds only, with the list of all files and what tells their contents from another version's.
 * The manifest that makes the app installable is a file of its own, public/manifest.webmanifest.
 */
const offline = VitePWA({
  strategies: 'injectManifest',
  srcDir: 'src/offline',
  filename: 'service-worker.ts',
  injectRegister: false,
  manifest: false,
  injectManifest: {
    globPatterns: [
      'index.html',
      '*.{js,svg,webmanifest}',
      'icons/*',
      'assets/**',
      'models/**/*.{json,bin}',
      'wasm/*.wasm',
    ],
    maximumFileSizeToCacheInBytes: 16 * 2 ** 20,
  },
});

const { version } = JSON.parse(readFileSync(new URL('package.json', import.meta.url), 'utf8'));

export default defineConfig({
  base: './',
  plugins: [react(), servePackageFiles(), contentSecurity(), offline],
  define: { __ORIEL_VERSION__: JSON.stringify(version) },
  worker: { format: 'es', plugins: () => [keepThreadsSelfContained()] },
  server: { headers: isolationHeaders },
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
