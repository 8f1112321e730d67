/** Folders of images as frames, read by sharp in natural order. */
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { analysisSize, type Frame, SourceError } from '../src/media/frame';
import type { FootageInfo, FrameRange } from './footage';

/** Frames per second of a folder of images, which says nothing about time itself. */
export const IMAGES_FPS = 10;

const IMAGE = /\.(jpe?g|png|bmp|tiff?|webp)$/i;

/** The image files of a folder in natural order: 2.jpg before 10.jpg. */
export async function imageFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => IMAGE.test(name) && !name.startsWith('.'));
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

export async function probeImages(path: string, fps: number): Promise<FootageInfo> {
  const names = await imageFiles(path);
  if (!names.length)
    throw new SourceError('no-images', `The folder ${path} holds no images; put numbered JPEG or PNG files in it.`);
  const { autoOrient } = await sharp(join(path, names[0]))
    .metadata()
    .catch((cause) => {
      throw new SourceError(
        'image-unreadable',
        `${join(path, names[0])} is not a readable image; remove or replace it.`,
        { cause },
      );
    });
  const timesS = Float64Array.from(names, (_, index) => index / fps);
  return {
    path,
    name: basename(path),
    kind: 'images',
    ...analysisSize(autoOrient.width, autoOrient.height),
    timesS,
    durationS: names.length / fps,
  };
}

export async function* readImages(
  { path, width, height, timesS }: FootageInfo,
  { from = 0, to }: FrameRange,
): AsyncGenerator<Frame> {
  const names = await imageFiles(path);
  for (let index = from; index < Math.min(to ?? names.length, names.length); index++) {
    const file = join(path, names[index]);
    const pixels = await sharp(file)
      .autoOrient()
      .resize(width, height, { fit: 'fill' })
      .toColourspace('srgb')
      .ensureAlpha()
      .raw()
      .toBuffer()
      .catch((cause) => {
        throw new SourceError('image-unreadable', `${file} is not a readable image; remove or replace it.`, { cause });
      });
    yield { timeS: timesS[index], width, height, data: new Uint8ClampedArray(pixels) };
  }
}
