/** Raw clips on disk (YUV4MPEG2, 4:2:0): what Chromium's fake webcam plays, and what an encoder is fed from. */
import { open } from 'node:fs/promises';
import type { Frame } from '../src/media/frame.ts';

const MARK = 'FRAME\n';

const bytesOf = (width: number, height: number) => width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);

/** Writes frames of one size, at a whole number of frames per second. */
export async function writeY4m(path: string, frameRate: number, frames: Iterable<Frame>): Promise<void> {
  const file = await open(path, 'w');
  let started = false;
  for (const frame of frames) {
    if (!started) await file.write(`YUV4MPEG2 W${frame.width} H${frame.height} F${frameRate}:1 Ip A1:1 C420jpeg\n`);
    started = true;
    await file.write(MARK);
    await file.write(toI420(frame));
  }
  await file.close();
}

/** RGBA to 4:2:0 in studio range (BT.601); width and height must be even. */
function toI420({ width, height, data }: Frame): Uint8Array {
  const bytes = new Uint8Array(bytesOf(width, height));
  let [luma, blue, red] = [0, width * height, width * height * 1.25];
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const at = (y * width + x) * 4;
      const [r, g, b] = [data[at], data[at + 1], data[at + 2]];
      bytes[luma++] = 16.5 + 0.2568 * r + 0.5041 * g + 0.0979 * b;
      if (x % 2 || y % 2) continue;
      bytes[blue++] = 128.5 - 0.1482 * r - 0.291 * g + 0.4392 * b;
      bytes[red++] = 128.5 + 0.4392 * r - 0.3678 * g - 0.0714 * b;
    }
  }
  return bytes;
}

/** A raw clip opened for reading. */
export interface RawClip {
  width: number;
  height: number;
  frameRate: number;
  frameCount: number;
  /** One frame's I420 bytes. */
  frame(index: number): Promise<Buffer>;
  close(): Promise<void>;
}

/** Opens a .y4m file; throws where it does not begin with a header of the kind written here. */
export async function openY4m(path: string): Promise<RawClip> {
  const file = await open(path);
  const head = Buffer.alloc(256);
  await file.read(head, 0, head.length, 0);
  const header = head.subarray(0, head.indexOf('\n')).toString();
  const match = /^YUV4MPEG2 W(\d+) H(\d+) F(\d+):(\d+)/.exec(header);
  if (!match) throw new Error(`${path} begins with '${header}', not with a YUV4MPEG2 header.`);
  const [width, height, rate, base] = match.slice(1).map(Number);
  const size = bytesOf(width, height);
  const start = header.length + 1;
  const stride = size + MARK.length;
  const { size: total } = await file.stat();
  return {
    width,
    height,
    frameRate: rate / base,
    frameCount: Math.floor((total - start) / stride),
    async frame(index) {
      const bytes = Buffer.alloc(size);
      await file.read(bytes, 0, size, start + index * stride + MARK.length);
      return bytes;
    },
    close: () => file.close(),
  };
}
