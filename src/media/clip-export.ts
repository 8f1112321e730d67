/** A stretch of video as a new MP4, with whatever is to be drawn over it. */
import {
  ALL_FORMATS,
  BlobSource,
  BufferTarget,
  CanvasSource,
  getFirstEncodableVideoCodec,
  Input,
  type InputVideoTrack,
  Mp4OutputFormat,
  Output,
  Quality,
  VideoSampleSink,
} from 'mediabunny';

/** A video and the moment at which it begins, in seconds of the recording. */
export interface ClipPart {
  video: Blob;
  fromS: number;
}

export interface ClipExport {
  /** In order of time; stretches between them are left out. */
  parts: ClipPart[];
  /** What to export, in seconds of the recording. */
  fromS: number;
  toS: number;
  /** Draw over a picture of width × height pixels, at a moment of the recording; null leaves it as it is. */
  paint: ((context: OffscreenCanvasRenderingContext2D, timeS: number) => void) | null;
  /** Called with 0…1. */
  onProgress(fraction: number): void;
  signal: AbortSignal;
}

/** Shown for so long where the video does not say, in seconds. */
const PICTURE_S = 0.1;

/** A codec that MP4 players know and this browser encodes, for pictures of this size. */
async function codecFor(width: number, height: number) {
  const codec = await getFirstEncodableVideoCodec(['avc', 'vp9', 'av1'], { width, height });
  if (!codec)
    throw new Error('This browser cannot encode video (it lacks WebCodecs encoding); try a current Chrome or Edge.');
  return codec;
}

/**
 * The clip as an MP4. Throws an Error with a sentence for the user where there is no picture in the stretch or the browser
 * cannot encode; an AbortError where the signal says so.
 */
export async function exportClip(wanted: ClipExport): Promise<Blob> {
  const inputs = wanted.parts.map(({ video, fromS }) => ({
    fromS,
    input: new Input({ source: new BlobSource(video), formats: ALL_FORMATS }),
  }));
  try {
    const tracks: { fromS: number; track: InputVideoTrack }[] = [];
    for (const { input, fromS } of inputs) {
      const track = await input.getPrimaryVideoTrack();
      if (track) tracks.push({ fromS, track });
    }
    if (tracks.length === 0) throw new Error('No video was kept of this stretch; export its picture or its scores.');
    return await encode(wanted, tracks);
  } finally {
    for (const { input } of inputs) input.dispose();
  }
}

async function encode(wanted: ClipExport, tracks: { fromS: number; track: InputVideoTrack }[]): Promise<Blob> {
  const { fromS, toS, paint, onProgress, signal } = wanted;
  const width = (await tracks[0].track.getDisplayWidth()) & ~1;
  const height = (await tracks[0].track.getDisplayHeight()) & ~1;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { alpha: false })!;
  const output = new Output({ format: new Mp4OutputFormat({ fastStart: 'in-memory' }), target: new BufferTarget() });
  const source = new CanvasSource(canvas, { codec: await codecFor(width, height), quality: new Quality('high') });
  output.addVideoTrack(source);
  await output.start();
  /** Where the next picture goes in the clip, in seconds: gaps between parts are left out. */
  let endS = 0;
  for (const { fromS: partS, track } of tracks) {
    const startS = endS;
    const first = Math.max(0, fromS - partS);
    for await (const sample of new VideoSampleSink(track).samples(first, toS - partS)) {
      try {
        signal.throwIfAborted();
        const offsetS = Math.max(0, sample.timestamp - first);
        const durationS = sample.duration || PICTURE_S;
        sample.draw(context, 0, 0, width, height);
        paint?.(context, partS + sample.timestamp);
        await source.add(startS + offsetS, durationS);
        endS = startS + offsetS + durationS;
        onProgress(Math.min(1, (partS + sample.timestamp - fromS) / Math.max(1e-3, toS - fromS)));
      } finally {
        sample.close();
      }
    }
  }
  if (endS === 0) throw new Error('No video was kept of this stretch; export its picture or its scores.');
  await output.finalize();
  return new Blob([output.target.buffer!], { type: 'video/mp4' });
}
