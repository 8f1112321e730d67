/**
 * What every spec runs under: a Chromium of our choosing, a webcam that plays a clip, and two rules: the console stays
 * clean, and no request leaves the app's own origin.
 */
import { test as base, expect, type Request } from '@playwright/test';
import { findChromium, noWebgpuSwitches, quietSwitches, softwareWebgpuSwitches, webcamSwitches } from './chromium.ts';
import { clips } from './clips.ts';
import { WatchPage } from './watch-page.ts';

/** How a browser is started; a spec file sets them with `test.use`. */
export interface BrowserOptions {
  backend: 'wasm' | 'webgpu';
  /** A clip (path), no camera at all, or a camera whose permission is refused. */
  webcam: string | 'none' | 'refused';
  switches: string[];
}

interface Fixtures {
  watch: WatchPage;
  /** Console errors that the spec provokes on purpose; all others fail it. */
  expectedErrors: RegExp | null;
  houseRules: undefined;
}

const cameraSwitches = (webcam: string) => {
  if (webcam === 'none') return ['--use-fake-device-for-media-stream=device-count=0', '--use-fake-ui-for-media-stream'];
  if (webcam === 'refused') return ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream=deny'];
  return webcamSwitches(webcam);
};

/**
 * Chromium's remark on the frame that reaches the page while the camera's stream is on its way to the worker, where no
 * script can close it. The same remark from a worker is ours to mend, and fails the spec.
 */
const lostInHandover = /^A VideoFrame was garbage collected without being closed/;

export const test = base.extend<Fixtures, BrowserOptions>({
  backend: ['wasm', { scope: 'worker', option: true }],
  webcam: [clips.webcam, { scope: 'worker', option: true }],
  switches: [[], { scope: 'worker', option: true }],
  launchOptions: [
    async ({ backend, webcam, switches }, use) => {
      const gpu = backend === 'webgpu' ? softwareWebgpuSwitches : noWebgpuSwitches;
      const args = [...quietSwitches, ...gpu, ...cameraSwitches(webcam), ...switches];
      await use({ executablePath: findChromium() ?? undefined, args });
    },
    { scope: 'worker' },
  ],
  expectedErrors: [null, { option: true }],
  houseRules: [
    async ({ context, baseURL, expectedErrors }, use) => {
      const errors: string[] = [];
      const strangers: string[] = [];
      const home = new URL(baseURL ?? '').origin;
      const note = (text: string) => {
        if (!expectedErrors?.test(text)) errors.push(text);
      };
      context.on('console', (message) => {
        if (message.type() !== 'error') return;
        const { url } = message.location();
        if (!(lostInHandover.test(message.text()) && new URL(url).pathname === '/')) note(message.text());
      });
      context.on('weberror', (error) => note(String(error.error())));
      context.on('request', (request: Request) => {
        const url = new URL(request.url());
        if (!['data:', 'blob:'].includes(url.protocol) && url.origin !== home) strangers.push(url.href);
      });
      await use(undefined);
      expect(errors, 'errors on the console').toEqual([]);
      expect(strangers, 'requests to other origins').toEqual([]);
    },
    { auto: true },
  ],
  watch: async ({ page }, use) => use(new WatchPage(page)),
});

export { expect };
