/** Two suites: `unit` in Node, `browser` in a real Chromium (tests named *.browser.test.ts). */
import { playwright } from '@vitest/browser-playwright';
import { defineConfig, mergeConfig } from 'vitest/config';
import { fakeCameraSwitches, findChromium, quietSwitches, softwareWebgpuSwitches } from './e2e/chromium.ts';
import { isolationHeaders } from './src/offline/security-headers.ts';
import app from './vite.config.ts';

const browserTests = ['src/**/*.browser.test.{ts,tsx}'];

export default mergeConfig(
  app,
  defineConfig({
    test: {
      projects: [
        {
          extends: true,
          test: {
            name: 'unit',
            environment: 'node',
            include: ['{src,cli}/**/*.test.{ts,tsx}'],
            exclude: browserTests,
            testTimeout: 120_000,
            hookTimeout: 240_000,
            maxWorkers: 2,
          },
        },
        {
          extends: true,
          server: { headers: isolationHeaders },
          optimizeDeps: {
            include: [
              '@tensorflow/tfjs-core',
              '@tensorflow/tfjs-core/dist/register_all_gradients',
              '@tensorflow/tfjs-converter',
              '@tensorflow/tfjs-backend-cpu',
              '@tensorflow/tfjs-backend-wasm',
              '@tensorflow/tfjs-backend-webgpu',
              'comlink',
              'dexie',
              'mediabunny',
              'react',
              'react-dom/client',
              'zustand/vanilla',
            ],
          },
          test: {
            name: 'browser',
            include: browserTests,
            testTimeout: 60_000,
            fileParallelism: false,
            browser: {
              enabled: true,
              headless: true,
              screenshotFailures: false,
              provider: playwright({
                launchOptions: {
                  executablePath: findChromium() ?? undefined,
                  args: [...quietSwitches, ...softwareWebgpuSwitches, ...fakeCameraSwitches],
                },
              }),
              instances: [{ browser: 'chromium' }],
            },
          },
        },
      ],
    },
  }),
);
