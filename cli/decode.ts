/** Any video file or folder of images as frames; streamed, a few frames in memory. */
import { stat } from 'node:fs/promises';
import { type Frame, SourceError } from '../src/media/frame';
import { IMAGES_FPS, probeImages, readImages } from './decode-images';
import { probeVideo, readVideo } from './decode-video';
import type { FootageInfo, FrameRange } from './footage';

/** Probe a video file or a folder of images. Throws SourceError with what is wrong and what to do. */
export async function probeFootage(path: string, { imagesFps = IMAGES_FPS } = {}): Promise<FootageInfo> {
  const found = await stat(path).catch(() => null);
  if (!found) throw new SourceError('unsupported', `There is no file or folder ${path}; check the path.`);
  return found.isDirectory() ? probeImages(path, imagesFps) : probeVideo(path);
}

/** Read frames of probed footage in order; times start at 0 with the first frame of the whole footage. */
export function readFrames(info: FootageInfo, range: FrameRange = {}): AsyncGenerator<Frame> {
  return info.kind === 'images' ? readImages(info, range) : readVideo(info, range);
}
