/** Any video file or folder of images as frames, decoded by ffmpeg and sharp; streamed, a few frames in memory. */
import { execFile, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import sharp from 'sharp';
import { analysisSize, type Frame, SourceError } from '../src/media/frame';

/** What is known of a source before its frames are read. */
export interface FootageInfo {
  path: string;
  name: string;
  kind: 'video' | 'images';
  /** Size of the frames as analysed, in pixels. */
  width: number;
  height: number;
  /** Number of frames, and presentation time of each in seconds from the first. */
  timesS: Float64Array;
  durationS: number;
}

/** Which frames to read: indices, `from` inclusive, `to` exclusive. */
export interface FrameRange {
  from?: number;
  to?: number;
}

/** Frames per second of a folder of images, which says nothing about time itself. */
export const IMAGES_FPS = 10;

const IMAGE = /\.(jpe?g|png|bmp|tiff?|webp)$/i;

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

/** The image files of a folder in natural order: 2.jpg before 10.jpg. */
export async function imageFiles(folder: string): Promise<string[]> {
  const names = (await readdir(folder)).filter((name) => IMAGE.test(name) && !name.startsWith('.'));
  return names.sort((a, b) => a.localeCompare(b, 'en', { numeric: true }));
}

async function probeImages(path: string, fps: number): Promise<FootageInfo> {
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

async function* readImages(
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

interface Probe {
  streams?: {
    width?: number;
    height?: number;
    side_data_list?: { rotation?: number }[];
    sample_aspect_ratio?: string;
  }[];
  packets?: { pts_time?: string; flags?: string }[];
}

async function probeVideo(path: string): Promise<FootageInfo> {
  await requireFfmpeg();
  if (!(await isBinary(path)))
    throw new SourceError('not-a-video', `${path} is text, not a video; choose a video file.`);
  const probe = await ffprobe(path, ['-show_streams', '-show_entries', 'packet=pts_time,flags']);
  const stream = probe.streams?.[0];
  if (!stream) throw new SourceError('no-video-track', `${path} has no video track; choose a file with pictures.`);
  if (!stream.width || !stream.height)
    throw new SourceError(
      'truncated',
      `${path} is damaged: its picture size cannot be read; copy it again from its source.`,
    );
  if (Math.max(stream.width, stream.height) < 16) {
    throw new SourceError(
      'too-small',
      `${path} is ${stream.width}×${stream.height}; Oriel needs at least 16 pixels a side.`,
    );
  }
  const size = displayedSize(
    stream.width,
    stream.height,
    stream.side_data_list?.find(({ rotation }) => rotation !== undefined)?.rotation ?? 0,
  );
  const times = (probe.packets ?? [])
    .filter(({ pts_time, flags }) => pts_time !== undefined && !flags?.includes('D'))
    .map(({ pts_time }) => Number(pts_time))
    .sort((a, b) => a - b);
  if (!times.length)
    throw new SourceError(
      'truncated',
      `${path} holds no pictures that can be read; it may be cut off. Copy it again from its source.`,
    );
  const timesS = increasing(times);
  const interval = timesS.length > 1 ? timesS[timesS.length - 1] / (timesS.length - 1) : 0.04;
  return {
    path,
    name: basename(path),
    kind: 'video',
    ...size,
    timesS,
    durationS: timesS[timesS.length - 1] + interval,
  };
}

/** Times from 0, each at least a tenth of a millisecond after the one before (broken muxers repeat them). */
function increasing(times: number[]): Float64Array {
  const timesS = Float64Array.from(times, (time) => time - times[0]);
  for (let index = 1; index < timesS.length; index++) timesS[index] = Math.max(timesS[index], timesS[index - 1] + 1e-4);
  return timesS;
}

function displayedSize(width: number, height: number, rotation: number): { width: number; height: number } {
  return Math.abs(rotation) % 180 === 90 ? analysisSize(height, width) : analysisSize(width, height);
}

async function* readVideo(info: FootageInfo, { from = 0, to = info.timesS.length }: FrameRange): AsyncGenerator<Frame> {
  const { path, width, height, timesS } = info;
  const filter = `select=between(n\\,${from}\\,${to - 1}),scale=${width}:${height}:flags=area,setsar=1`;
  const child = spawn(
    'ffmpeg',
    [
      '-v',
      'error',
      '-nostdin',
      '-i',
      path,
      '-map',
      '0:v:0',
      '-vf',
      filter,
      '-fps_mode',
      'passthrough',
      '-frames:v',
      String(to - from),
      '-f',
      'rawvideo',
      '-pix_fmt',
      'rgba',
      '-',
    ],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const problems: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => problems.length < 20 && problems.push(line));
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  let index = from;
  try {
    for await (const data of chunks(child.stdout, width * height * 4)) {
      yield {
        timeS: timesS[Math.min(index, timesS.length - 1)] + Math.max(0, index - timesS.length + 1) * 1e-3,
        width,
        height,
        data,
      };
      index++;
    }
    const code = await ended;
    if (index === from || (code !== 0 && index < to)) {
      throw new SourceError(
        'truncated',
        `${path} is damaged or cut off after ${index} frames (${problems.at(-1) ?? `ffmpeg ended with ${code}`}); copy it again from its source.`,
      );
    }
  } finally {
    child.kill();
  }
}

/** Cut a byte stream into pieces of `size`; an incomplete last piece is dropped. */
async function* chunks(stream: AsyncIterable<Buffer>, size: number): AsyncGenerator<Uint8ClampedArray> {
  let piece = new Uint8ClampedArray(size);
  let filled = 0;
  for await (const buffer of stream) {
    for (let offset = 0; offset < buffer.length; ) {
      const count = Math.min(size - filled, buffer.length - offset);
      piece.set(buffer.subarray(offset, offset + count), filled);
      filled += count;
      offset += count;
      if (filled < size) continue;
      yield piece;
      piece = new Uint8ClampedArray(size);
      filled = 0;
    }
  }
}

const run = promisify(execFile);

async function ffprobe(path: string, what: string[]): Promise<Probe> {
  const options = { maxBuffer: 1 << 30 };
  const result = await run(
    'ffprobe',
    ['-v', 'error', '-select_streams', 'v:0', ...what, '-of', 'json', path],
    options,
  ).catch((cause: Error & { stderr?: string }) => {
    const detail = cause.stderr?.trim().split('\n').at(-1)?.replace(`${path}: `, '') ?? cause.message;
    const truncated = /moov atom not found|truncat|end of file/i.test(cause.stderr ?? '');
    throw new SourceError(
      truncated ? 'truncated' : 'not-a-video',
      truncated
        ? `${path} is cut off (${detail}); copy it again from its source.`
        : `${path} cannot be read as a video (${detail}); choose another file.`,
      { cause },
    );
  });
  return JSON.parse(result.stdout) as Probe;
}

/** Videos hold zero bytes near their start; text does not (ffmpeg would draw text files as pictures). */
async function isBinary(path: string): Promise<boolean> {
  for await (const chunk of createReadStream(path, { end: 4095 })) if ((chunk as Buffer).includes(0)) return true;
  return false;
}

let ffmpegFound: Promise<unknown> | null = null;

function requireFfmpeg(): Promise<unknown> {
  ffmpegFound ??= Promise.all([run('ffmpeg', ['-version']), run('ffprobe', ['-version'])]).catch((cause) => {
    ffmpegFound = null;
    throw new SourceError(
      'unsupported',
      'ffmpeg and ffprobe are needed to read videos and were not found on the PATH; install ffmpeg, or give a folder of images.',
      { cause },
    );
  });
  return ffmpegFound;
}
