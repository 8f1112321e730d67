/** Analysed frames as compressed video, through WebCodecs: pictures come out in order, each on its own. */
import type { VideoCodec } from 'mediabunny';
import { within } from '../lib/within';
import type { Frame } from './frame';

/** One compressed picture. */
export interface EncodedPicture {
  data: Uint8Array<ArrayBuffer>;
  /** Can be decoded without those before. */
  key: boolean;
  timeS: number;
}

/** What a decoder must know of the pictures: codec, size, and the codec's own head. */
export interface PictureFormat {
  codec: VideoCodec;
  decoder: VideoDecoderConfig;
}

export interface PictureEncoder {
  /** Compress a frame; a frame that finds the encoder too busy is left out. Times must increase. */
  encode(frame: Frame): void;
  /** Resolves when all pictures so far have come out. */
  flush(): Promise<void>;
  close(): void;
}

/** What every browser's MP4 player knows first. Sizes up to 1280×720 at 30 frames a second. */
const candidates: { codec: VideoCodec; parameters: string }[] = [
  { codec: 'avc', parameters: 'avc1.42e01f' },
  { codec: 'vp9', parameters: 'vp09.00.31.08' },
  { codec: 'av1', parameters: 'av01.0.05M.08' },
];
/** Frames a second that the bit rate reckons with, and bits per pixel. */
const FPS = 10;
const BITS_PER_PIXEL = 0.2;
/** Time between two pictures that can be decoded by themselves, in seconds. */
const KEY_EVERY_S = 2;
/** Frames waiting in the encoder beyond which new ones are left out. */
const MOST_WAITING = 8;
/** An encoder that is full and silent for so long is begun anew, in milliseconds; after so many times it is given up. */
const SILENT_MS = 6000;
const MOST_RESTARTS = 3;
/** Nobody waits longer than this for the last pictures, in milliseconds. */
const FLUSH_MS = 3000;

async function supported(width: number, height: number) {
  if (typeof VideoEncoder === 'undefined') return null;
  for (const { codec, parameters } of candidates) {
    const config: VideoEncoderConfig = {
      codec: parameters,
      width,
      height,
      bitrate: Math.round(width * height * FPS * BITS_PER_PIXEL),
      framerate: FPS,
      latencyMode: 'realtime',
    };
    const { supported: can } = await VideoEncoder.isConfigSupported(config).catch(() => ({ supported: false }));
    if (can) return { codec, config };
  }
  return null;
}

/**
 * An encoder for frames of one size; an odd last row or column is left out. Null where the browser can encode none of the
 * codecs. `onPicture` gets the pictures in order; `onError` is called once when the encoder fails, after which nothing comes.
 */
export async function createPictureEncoder(
  size: { width: number; height: number },
  onPicture: (picture: EncodedPicture, format: PictureFormat) => void,
  onError: (error: Error) => void,
): Promise<PictureEncoder | null> {
  const width = size.width & ~1;
  const height = size.height & ~1;
  const found = await supported(width, height);
  if (!found) return null;
  let format: PictureFormat | null = null;
  let keyS = Number.NEGATIVE_INFINITY;
  let answeredMs = performance.now();
  let restarts = 0;
  const encoder = new VideoEncoder({
    output(chunk, metadata) {
      answeredMs = performance.now();
      if (metadata?.decoderConfig) format = { codec: found.codec, decoder: metadata.decoderConfig };
      const data = new Uint8Array(chunk.byteLength);
      chunk.copyTo(data);
      if (format) onPicture({ data, key: chunk.type === 'key', timeS: chunk.timestamp / 1e6 }, format);
    },
    error: onError,
  });
  encoder.configure(found.config);

  function beginAnew(): void {
    encoder.reset();
    if (++restarts > MOST_RESTARTS) {
      encoder.close();
      onError(new Error('it does not answer any more'));
      return;
    }
    encoder.configure(found!.config);
    keyS = Number.NEGATIVE_INFINITY;
    answeredMs = performance.now();
  }

  return {
    encode({ data, timeS, width: codedWidth, height: codedHeight }) {
      if (encoder.state !== 'configured') return;
      if (encoder.encodeQueueSize > MOST_WAITING) {
        if (performance.now() - answeredMs > SILENT_MS) beginAnew();
        return;
      }
      if (encoder.encodeQueueSize === 0) answeredMs = performance.now();
      const frame = new VideoFrame(data as Uint8ClampedArray<ArrayBuffer>, {
        format: 'RGBX',
        codedWidth,
        codedHeight,
        visibleRect: { x: 0, y: 0, width, height },
        timestamp: Math.round(timeS * 1e6),
      });
      const keyFrame = timeS - keyS >= KEY_EVERY_S;
      if (keyFrame) keyS = timeS;
      try {
        encoder.encode(frame, { keyFrame });
      } finally {
        frame.close();
      }
    },
    async flush() {
      if (encoder.state !== 'configured') return;
      await within(FLUSH_MS, encoder.flush());
    },
    close() {
      if (encoder.state !== 'closed') encoder.close();
    },
  };
}
