/** End-to-end specs over the built app, in Chromium on both tensor backends. */
import { defineConfig } from '@playwright/test';
import { clips } from './e2e/clips.ts';
import type { BrowserOptions } from './e2e/fixtures.ts';

/** Another one by PORT=…, where two copies of the project are tested at once. */
const port = Number(process.env.PORT ?? 41730);

export default defineConfig<object, BrowserOptions>({
  testDir: 'e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './e2e/make-clips.ts',
  workers: 1,
  forbidOnly: Boolean(process.env.CI),
  // Cameras, encoders and clocks are real and the machine may be busy: who fails is asked again, and the sum says how many were.
  retries: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  use: {
    baseURL: `http://localhost:${port}/`,
    viewport: { width: 1280, height: 800 },
    // What fades in is looked at when it is there.
    contextOptions: { reducedMotion: 'reduce' },
    // Every first visit would keep the whole app for later; the specs that are about that allow it.
    serviceWorkers: 'block',
    screenshot: 'only-on-failure',
    trace: 'off',
  },
  projects: [
    { name: 'wasm', use: { backend: 'wasm' } },
    // Without a GPU, WebGPU runs on the processor: the main job, on a small picture.
    { name: 'webgpu', testMatch: 'scene.spec.ts', use: { backend: 'webgpu', webcam: clips.smallWebcam } },
  ],
  webServer: {
    command: `npx vite preview --port ${port} --strictPort`,
    url: `http://localhost:${port}/`,
    reuseExistingServer: !process.env.CI,
    stdout: 'ignore',
  },
});
