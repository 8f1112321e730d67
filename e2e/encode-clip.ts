/** Makes a video file of a raw clip, with the encoder of the Chromium under test. */
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { openY4m, type RawClip } from './y4m.ts';

const mediabunny = fileURLToPath(
  new URL('../node_modules/mediabunny/dist/bundles/mediabunny.min.mjs', import.meta.url),
);

/** Encodes a .y4m as VP9 in an MP4 whose index stands at the end. `origin` is any page in a secure context. */
export async function encodeClip(browser: Browser, origin: string, y4m: string, mp4: string): Promise<void> {
  const clip = await openY4m(y4m);
  const page = await browser.newPage();
  await page.route('**/encode-clip', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.route('**/mediabunny.mjs', (route) => route.fulfill({ contentType: 'text/javascript', path: mediabunny }));
  await page.exposeFunction('readFrame', async (index: number) => (await clip.frame(index)).toString('base64'));
  await page.goto(new URL('encode-clip', origin).href);
  const { width, height, frameRate, frameCount } = clip;
  const encoded = await page.evaluate(encodeInPage, { width, height, frameRate, frameCount });
  await writeFile(mp4, Buffer.from(encoded, 'base64'));
  await page.close();
  await clip.close();
}

/** Runs in the page. Returns the file as base64. */
async function encodeInPage(clip: Pick<RawClip, 'width' | 'height' | 'frameRate' | 'frameCount'>): Promise<string> {
  const address = '/mediabunny.mjs';
  const bunny: typeof import('mediabunny') = await import(address);
  const { readFrame } = window as unknown as { readFrame(index: number): Promise<string> };
  const target = new bunny.BufferTarget();
  const output = new bunny.Output({ format: new bunny.Mp4OutputFormat({ fastStart: false }), target });
  const source = new bunny.VideoSampleSource({ codec: 'vp9', bitrate: 2_000_000, keyFrameInterval: 2 });
  output.addVideoTrack(source, { frameRate: clip.frameRate });
  await output.start();
  for (let index = 0; index < clip.frameCount; index++) {
    const bytes = Uint8Array.from(atob(await readFrame(index)), (character) => character.charCodeAt(0));
    const sample = new bunny.VideoSample(bytes, {
      format: 'I420',
      codedWidth: clip.width,
      codedHeight: clip.height,
      timestamp: index / clip.frameRate,
      duration: 1 / clip.frameRate,
    });
    await source.add(sample);
    sample.close();
  }
  await output.finalize();
  const bytes = new Uint8Array(target.buffer as ArrayBuffer);
  let text = '';
  for (let start = 0; start < bytes.length; start += 32_768) {
    text += String.fromCharCode(...bytes.subarray(start, start + 32_768));
  }
  return btoa(text);
}
