/** Small clips for the browser tests, encoded on the spot. */
import {
  AudioBufferSource,
  BufferTarget,
  CanvasSource,
  MkvOutputFormat,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  Quality,
  type Rotation,
  type VideoCodec,
  WebMOutputFormat,
} from 'mediabunny';

export interface ClipOptions {
  container?: 'mp4' | 'mp4-index-last' | 'mp4-fragmented' | 'mov' | 'webm' | 'webm-streamed' | 'mkv';
  codec?: VideoCodec;
  width?: number;
  height?: number;
  /** When each frame is shown, in seconds. */
  timesS?: number[];
  /** Clockwise turn written into the file, in degrees. */
  rotation?: Rotation;
}

/** Evenly spaced moments, from 0. */
export const evenTimes = (count: number, fps: number) => Array.from({ length: count }, (_, i) => i / fps);

const formats = {
  mp4: () => new Mp4OutputFormat({ fastStart: 'in-memory' }),
  'mp4-index-last': () => new Mp4OutputFormat({ fastStart: false }),
  'mp4-fragmented': () => new Mp4OutputFormat({ fastStart: 'fragmented', minimumFragmentDuration: 0.2 }),
  mov: () => new MovOutputFormat({ fastStart: 'in-memory' }),
  webm: () => new WebMOutputFormat(),
  'webm-streamed': () => new WebMOutputFormat({ appendOnly: true }),
  mkv: () => new MkvOutputFormat(),
};

/** Brightness of frame `i` of a clip: 40, 50, … 220, then again; codecs change it by a few levels. */
export const brightnessOf = (i: number) => 40 + 10 * (i % 19);

/**
 * A clip of grey frames whose brightness tells which frame it is, with a red square in the upper left quarter and
 * noise below, so that the file has some size.
 */
export async function makeClip(name: string, options: ClipOptions = {}): Promise<File> {
  const { container = 'mp4', codec = 'vp9', width = 64, height = 48, timesS = evenTimes(20, 10) } = options;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d')!;
  const output = new Output({ format: formats[container](), target: new BufferTarget() });
  const source = new CanvasSource(canvas, { codec, quality: new Quality({ bitrate: 400_000 }), keyFrameInterval: 0.5 });
  output.addVideoTrack(source, { rotation: options.rotation ?? 0 });
  await output.start();
  for (const [i, timeS] of timesS.entries()) {
    drawFrame(context, i);
    await source.add(timeS, (timesS[i + 1] ?? timeS + 0.1) - timeS);
  }
  await output.finalize();
  return new File([output.target.buffer!], name);
}

function drawFrame(context: OffscreenCanvasRenderingContext2D, i: number): void {
  const { width, height } = context.canvas;
  context.fillStyle = `rgb(${brightnessOf(i)} ${brightnessOf(i)} ${brightnessOf(i)})`;
  context.fillRect(0, 0, width, height);
  context.fillStyle = 'rgb(255 0 0)';
  context.fillRect(0, 0, width / 4, height / 4);
  for (let x = 0; x < width; x += 4) {
    context.fillStyle = `hsl(0 0% ${(x * 7919 + i * 104729) % 100}%)`;
    context.fillRect(x, (7 * height) / 8, 4, height / 8);
  }
}

/** Half a second of a tone, without any picture. */
export async function makeSound(name: string): Promise<File> {
  const output = new Output({ format: new WebMOutputFormat(), target: new BufferTarget() });
  const source = new AudioBufferSource({ codec: 'opus', quality: new Quality({ bitrate: 32_000 }) });
  output.addAudioTrack(source);
  await output.start();
  const buffer = new AudioBuffer({ length: 24_000, sampleRate: 48_000, numberOfChannels: 1 });
  buffer.getChannelData(0).forEach((_, i, samples) => {
    samples[i] = Math.sin(i / 20);
  });
  await source.add(buffer);
  await output.finalize();
  return new File([output.target.buffer!], name);
}

/** The same file with every occurrence of one four-letter code replaced by another: a codec that nobody has. */
export async function withCode(file: File, from: string, to: string): Promise<File> {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const codes = [from, to].map((code) => new TextEncoder().encode(code));
  for (let i = 0; i + 4 <= bytes.length; i++) {
    if (codes[0].every((byte, j) => bytes[i + j] === byte)) bytes.set(codes[1], i);
  }
  return new File([bytes], file.name);
}
