/** Reads raw clips (YUV4MPEG2, 4:2:0), frame by frame. */
import { open } from 'node:fs/promises';

const MARK = 'FRAME\n';

const bytesOf = (width: number, height: number) => width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);

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

/** Opens a .y4m file; throws where it does not begin as one. */
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
