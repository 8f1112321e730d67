import { expect, it } from 'vitest';
import type { FrameSource } from './frame';
import { openImageSource } from './image-source';

/** A PNG of one grey. */
async function greyImage(name: string, grey: number, width = 40, height = 30): Promise<File> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  context.fillStyle = `rgb(${grey} ${grey} ${grey})`;
  context.fillRect(0, 0, width, height);
  return new File([await canvas.convertToBlob()], name, { type: 'image/png' });
}

async function framesOf(source: FrameSource) {
  const frames = [];
  for await (const frame of source) frames.push(frame);
  return frames;
}

it('yields the images in natural order at the rate that was given', async () => {
  const files = await Promise.all([greyImage('10.png', 200), greyImage('9.png', 100), greyImage('1.png', 50)]);
  const source = await openImageSource(files, { fps: 4 });
  expect(source.info).toMatchObject({
    kind: 'images',
    name: '1.png',
    width: 40,
    height: 30,
    durationS: 0.75,
    live: false,
  });
  const frames = await framesOf(source);
  expect(frames.map(({ timeS }) => timeS)).toEqual([0, 0.25, 0.5]);
  expect(frames.map(({ data }) => data[0])).toEqual([50, 100, 200]);
  expect(frames[0].data).toHaveLength(40 * 30 * 4);
});

it('scales images of another size to the first', async () => {
  const files = await Promise.all([
    greyImage('1.png', 50),
    greyImage('2.png', 100, 80, 60),
    greyImage('3.png', 150, 30, 30),
  ]);
  const frames = await framesOf(await openImageSource(files));
  for (const { width, height, data } of frames) expect([width, height, data.length]).toEqual([40, 30, 4800]);
  expect(frames[1].data[0]).toBe(100);
  expect(frames[2].data[0]).toBe(0); // a square in the middle, black beside it
  expect(frames[2].data[4 * 20]).toBe(150);
});

it('names the image that cannot be read, after those before it', async () => {
  const broken = new File(['not an image'], '2.png', { type: 'image/png' });
  const source = await openImageSource([await greyImage('1.png', 50), broken]);
  const iterator = source[Symbol.asyncIterator]();
  expect((await iterator.next()).value?.timeS).toBe(0);
  await expect(iterator.next()).rejects.toMatchObject({
    code: 'image-unreadable',
    message: expect.stringContaining('“2.png”'),
  });
});

it('says what to do with TIFF images', async () => {
  const tiff = new File(['II*\0'], '001.tif', { type: 'image/tiff' });
  await expect(openImageSource([tiff])).rejects.toMatchObject({
    code: 'image-unreadable',
    message: expect.stringMatching(/001\.tif.*convert/),
  });
});

it('refuses images of a few pixels', async () => {
  await expect(openImageSource([await greyImage('1.png', 50, 4, 4)])).rejects.toMatchObject({ code: 'too-small' });
});

it('ends when it is disposed', async () => {
  const files = await Promise.all([greyImage('1.png', 50), greyImage('2.png', 60)]);
  const source = await openImageSource(files);
  const iterator = source[Symbol.asyncIterator]();
  await iterator.next();
  source.dispose();
  expect((await iterator.next()).done).toBe(true);
});
