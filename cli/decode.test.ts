import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Frame } from '../src/media/frame';
import { probeFootage, readFrames } from './decode';

let folder: string;
const file = (name: string) => join(folder, name);
const ffmpeg = (...args: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...args]);
const PICTURE = ['-f', 'lavfi', '-i', 'testsrc=size=64x48:rate=10:duration=1'];

async function collect(frames: AsyncIterable<Frame>): Promise<Frame[]> {
  const all: Frame[] = [];
  for await (const frame of frames) all.push(frame);
  return all;
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'oriel-decode-'));
  ffmpeg(...PICTURE, '-pix_fmt', 'yuv420p', file('plain.mp4'));
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('videos', () => {
  test('all frames with their times, at the size of the picture', async () => {
    const info = await probeFootage(file('plain.mp4'));
    expect(info).toMatchObject({ kind: 'video', width: 64, height: 48, durationS: 1 });
    const frames = await collect(readFrames(info));
    expect(frames.map(({ timeS }) => Math.round(timeS * 10))).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(frames[0].data).toHaveLength(64 * 48 * 4);
    expect(frames[0].data[3]).toBe(255);
  });

  test('a range is a part of the whole, with the same times', async () => {
    const info = await probeFootage(file('plain.mp4'));
    const all = await collect(readFrames(info));
    const part = await collect(readFrames(info, { from: 3, to: 6 }));
    expect(part.map(({ timeS }) => timeS)).toEqual(all.slice(3, 6).map(({ timeS }) => timeS));
    expect(part[0].data).toEqual(all[3].data);
  });

  test('variable frame rate keeps its real times', async () => {
    const times = "settb=1/1000,setpts='if(lt(N,5),N*0.1,0.5+(N-5)*0.3)*1000'";
    ffmpeg(
      ...PICTURE,
      '-vf',
      times,
      '-fps_mode',
      'vfr',
      '-enc_time_base',
      '1/1000',
      '-pix_fmt',
      'yuv420p',
      file('vfr.mp4'),
    );
    const frames = await collect(readFrames(await probeFootage(file('vfr.mp4'))));
    expect(frames.map(({ timeS }) => Math.round(timeS * 100))).toEqual([0, 10, 20, 30, 40, 50, 80, 110, 140, 170]);
  });

  test('a rotated phone video stands upright', async () => {
    ffmpeg('-i', file('plain.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', file('rotated.mp4'));
    const info = await probeFootage(file('rotated.mp4'));
    expect(info).toMatchObject({ width: 48, height: 64 });
    expect(await collect(readFrames(info))).toHaveLength(10);
  });

  test('large pictures are analysed at 640 pixels', async () => {
    ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=1280x720:rate=2:duration=1', '-pix_fmt', 'yuv420p', file('large.mp4'));
    expect(await probeFootage(file('large.mp4'))).toMatchObject({ width: 640, height: 360 });
  });
});

describe('what is no usable video is named', () => {
  test('missing, text, sound only, cut off, tiny', async () => {
    writeFileSync(file('text.mp4'), 'not a video\n');
    ffmpeg('-f', 'lavfi', '-i', 'sine=duration=0.2', file('sound.mp4'));
    writeFileSync(file('cut.mp4'), readFileSync(file('plain.mp4')));
    truncateSync(file('cut.mp4'), 1500);
    ffmpeg('-f', 'lavfi', '-i', 'testsrc=size=2x2:rate=2:duration=1', '-pix_fmt', 'yuv420p', file('tiny.mp4'));
    await expect(probeFootage(file('missing.mp4'))).rejects.toMatchObject({
      message: expect.stringContaining('no file or folder'),
    });
    await expect(probeFootage(file('text.mp4'))).rejects.toMatchObject({ code: 'not-a-video' });
    await expect(probeFootage(file('sound.mp4'))).rejects.toMatchObject({ code: 'no-video-track' });
    await expect(probeFootage(file('cut.mp4'))).rejects.toMatchObject({ code: 'truncated' });
    await expect(probeFootage(file('tiny.mp4'))).rejects.toMatchObject({ code: 'too-small' });
  });
});

describe('folders of images', () => {
  test('are read in natural order at ten frames per second', async () => {
    const images = mkdtempSync(join(folder, 'images-'));
    for (const [name, level] of [
      ['10.png', 200],
      ['2.png', 100],
      ['1.png', 50],
    ] as const) {
      await sharp({
        create: { width: 8, height: 6, channels: 3, background: { r: level, g: level, b: level } },
      }).toFile(join(images, name));
    }
    const frames = await collect(readFrames(await probeFootage(images)));
    expect(frames.map(({ timeS, data }) => [timeS, data[0]])).toEqual([
      [0, 50],
      [0.1, 100],
      [0.2, 200],
    ]);
  });

  test('an empty folder and a broken image are named', async () => {
    const images = mkdtempSync(join(folder, 'broken-'));
    await expect(probeFootage(images)).rejects.toMatchObject({ code: 'no-images' });
    writeFileSync(join(images, '1.jpg'), 'no image');
    await expect(probeFootage(images)).rejects.toMatchObject({ code: 'image-unreadable' });
    // Among good ones it is found when its turn comes.
    const grey = { create: { width: 8, height: 8, channels: 3 as const, background: 'grey' } };
    for (const name of ['1.jpg', '2.jpg']) await sharp(grey).toFile(join(images, name));
    writeFileSync(join(images, '3.jpg'), 'no image');
    const read = collect(readFrames(await probeFootage(images)));
    await expect(read).rejects.toThrow(/3\.jpg is not a readable image; remove or replace it/);
  });
});
