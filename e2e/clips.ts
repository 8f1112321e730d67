/** The clips the specs are fed, cut from the life of the synthetic plaza; `make-clips.ts` draws them once. */
import { fileURLToPath } from 'node:url';

const folder = fileURLToPath(new URL('../.cache/clips/', import.meta.url));

/** Half a minute of learning fits before the first anomaly, whenever within 15 seconds of the camera's start it begins. */
const anomalies = 'cyclist@50,runner@57,cart@63';

/** When an alert may come, in seconds of the source, whose clock starts some seconds after the camera's. */
export const unusual = { fromS: 40, toS: 72 };

/** Where all of it passes: the way through the middle of the plaza, as shares of the picture's height. */
export const corridor = { top: 0.48, bottom: 0.76 };

/** How each clip is drawn: options of `npm run fixture`. */
export const drawings = {
  /** What the fake webcam shows, over and over. */
  webcam: { width: 480, height: 270, fps: 15, seconds: 72, anomalies },
  /** The same small enough for WebGPU without a GPU. */
  smallWebcam: { width: 320, height: 180, fps: 10, seconds: 72, anomalies },
  /** A recording: 24 s of ordinary life, then a cyclist. */
  file: { width: 480, height: 270, fps: 10, seconds: 36, anomalies: 'cyclist@27' },
};

export const clips = {
  webcam: `${folder}webcam.y4m`,
  smallWebcam: `${folder}small-webcam.y4m`,
  file: `${folder}plaza.mp4`,
};

/** The uncompressed original of `clips.file`. */
export const rawFile = `${folder}plaza.y4m`;

/** A sound file without a sound in it: 16-bit mono WAV at 8 kHz. */
export function wavOfSilence(seconds: number): Uint8Array {
  const bytes = Buffer.alloc(44 + seconds * 16_000);
  bytes.write('RIFF', 0);
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8);
  bytes.writeUInt32LE(16, 16);
  bytes.writeUInt16LE(1, 20); // PCM
  bytes.writeUInt16LE(1, 22); // one channel
  bytes.writeUInt32LE(8_000, 24);
  bytes.writeUInt32LE(16_000, 28); // bytes per second
  bytes.writeUInt16LE(2, 32);
  bytes.writeUInt16LE(16, 34);
  bytes.write('data', 36);
  bytes.writeUInt32LE(bytes.length - 44, 40);
  return bytes;
}
