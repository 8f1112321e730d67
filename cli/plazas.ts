/** Writes synthetic scenes to train on, each with a camera and a crowd of its own: `npm run plazas -- --count 24 --out DIR` (MP4; ffmpeg encodes). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { createPlaza } from '../src/media/synthetic/plaza';
import { variedPlaza } from '../src/media/synthetic/varied-plaza';
import { y4mFrame, y4mHeader } from '../src/media/synthetic/y4m';
import { wholeNumber } from './number-option';
import { progressBar } from './progress-bar';

const WIDTH = 480;
const HEIGHT = 270;

const { values } = parseArgs({
  options: {
    count: { type: 'string', default: '24' },
    seconds: { type: 'string', default: '80' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
  },
});

/** Frame by frame into ffmpeg; memory does not grow with the length. */
async function writePlaza(file: string, seed: number, durationS: number): Promise<void> {
  const plaza = createPlaza({ ...variedPlaza(seed), width: WIDTH, height: HEIGHT, durationS });
  function* video() {
    yield y4mHeader(WIDTH, HEIGHT, plaza.fps);
    for (let index = 0; index < Math.floor(durationS * plaza.fps); index++) yield y4mFrame(plaza.frameAt(index).frame);
  }
  const encoder = spawn(
    'ffmpeg',
    ['-v', 'error', '-y', '-f', 'yuv4mpegpipe', '-i', '-', '-crf', '23', '-pix_fmt', 'yuv420p', file],
    { stdio: ['pipe', 'inherit', 'inherit'] },
  );
  const ended = once(encoder, 'close');
  // What broke the pipe is told by how the encoder ends.
  const [[code, signal]] = await Promise.all([ended, pipeline(Readable.from(video()), encoder.stdin).catch(() => {})]);
  if (code !== 0) throw new Error(`ffmpeg could not write ${file} (it ended with ${code ?? signal}).`);
}

async function main(): Promise<void> {
  if (!values.out) throw new Error('Where to? Give a folder with --out DIR.');
  const [count, seconds, seed] = [
    wholeNumber('count', values.count),
    wholeNumber('seconds', values.seconds),
    wholeNumber('seed', values.seed),
  ];
  await mkdir(values.out, { recursive: true });
  const update = progressBar('plazas', count);
  for (let index = 0; index < count; index++) {
    await writePlaza(join(values.out, `plaza-${seed + index}.mp4`), seed + index, seconds);
    update(index + 1);
  }
}

main().catch((error) => {
  console.error(
    error?.code === 'ENOENT'
      ? 'ffmpeg is needed to write videos and was not found on the PATH.'
      : error instanceof Error
        ? error.message
        : error,
  );
  process.exitCode = 1;
});
