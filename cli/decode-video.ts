/** Video files as frames, probed and decoded by ffmpeg from the PATH: real times, rotation, at the size they are analysed in. */
import { execFile, spawn } from 'node:child_process';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { createInterface } from 'node:readline';
import { promisify } from 'node:util';
import { analysisSize, type Frame, SourceError } from '../src/media/frame';
import type { FootageInfo, FrameRange } from './footage';

interface Probe {
  streams?: {
    width?: number;
    height?: number;
    side_data_list?: { rotation?: number }[];
    sample_aspect_ratio?: string;
  }[];
  packets?: { pts_time?: string; flags?: string }[];
}

export async function probeVideo(path: string): Promise<FootageInfo> {
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
  if (Math.min(stream.width, stream.height) < 16) {
    throw new SourceError(
      'too-small',
      `${path} is ${stream.width}×${stream.height}; Oriel needs at least 16 pixels a side.`,
    );
  }
  const size = displayedSize(
    Math.round(stream.width * pixelAspect(stream.sample_aspect_ratio)),
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

/** Width of a pixel over its height, from ffprobe's '16:11'; 1 where it is unknown ('0:1'). */
function pixelAspect(ratio = '1:1'): number {
  const [width, height] = ratio.split(':').map(Number);
  return width > 0 && height > 0 ? width / height : 1;
}

function displayedSize(width: number, height: number, rotation: number): { width: number; height: number } {
  return Math.abs(rotation) % 180 === 90 ? analysisSize(height, width) : analysisSize(width, height);
}

export async function* readVideo(
  info: FootageInfo,
  { from = 0, to = info.timesS.length }: FrameRange,
): AsyncGenerator<Frame> {
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
