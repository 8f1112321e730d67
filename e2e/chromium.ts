/** Which Chromium the tests run in, and the switches they start it with. */
import { existsSync } from 'node:fs';
import { chromium } from '@playwright/test';

const systemPaths = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
  '/snap/bin/chromium',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Path of a Chromium with video codecs: $CHROMIUM_PATH, the system's, Playwright's own; null where there is none. */
export function findChromium(): string | null {
  const named = process.env.CHROMIUM_PATH;
  if (named && !existsSync(named)) throw new Error(`CHROMIUM_PATH is '${named}', and no such file exists.`);
  const candidates = [named, ...systemPaths, chromium.executablePath()];
  return candidates.find((path) => path && existsSync(path)) ?? null;
}

/** Switches for every run: no sandbox as root, no traffic of the browser's own, a video that starts by itself. */
export const quietSwitches = [
  ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  '--disable-quic',
  '--autoplay-policy=no-user-gesture-required',
];

/** WebGPU without a GPU: correct, and about fifty times slower than one. */
export const softwareWebgpuSwitches = [
  '--enable-unsafe-webgpu',
  '--use-webgpu-adapter=swiftshader',
  '--enable-features=Vulkan',
];

/** As in a browser without WebGPU. */
export const noWebgpuSwitches = ['--disable-blink-features=WebGPU'];

/** A webcam with a moving test picture, with permission given. */
export const fakeCameraSwitches = ['--use-fake-device-for-media-stream', '--use-fake-ui-for-media-stream'];

/** A webcam that plays a .y4m or .mjpeg file in a loop, with permission given. */
export const webcamSwitches = (file: string) => [...fakeCameraSwitches, `--use-file-for-fake-video-capture=${file}`];
