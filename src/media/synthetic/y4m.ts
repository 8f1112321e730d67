/** Frames as YUV4MPEG2 (4:2:0, BT.601 limited range): the plain video that Chromium takes for a fake webcam. */
import type { Frame } from '../frame';

/** The file's first line; width and height must be even. `fps` may be fractional. */
export function y4mHeader(width: number, height: number, fps: number): Uint8Array {
  if (width % 2 || height % 2) throw new RangeError(`4:2:0 video needs even sides, not ${width}×${height}.`);
  return new TextEncoder().encode(`YUV4MPEG2 W${width} H${height} F${Math.round(fps * 1000)}:1000 Ip A1:1 C420jpeg\n`);
}

const FRAME_MARK = new TextEncoder().encode('FRAME\n');

/** One frame with its marker: luma, then blue and red difference at half size. */
export function y4mFrame({ width, height, data }: Pick<Frame, 'width' | 'height' | 'data'>): Uint8Array {
  const luma = width * height;
  const bytes = new Uint8Array(FRAME_MARK.length + luma + luma / 2);
  bytes.set(FRAME_MARK);
  const planeY = bytes.subarray(FRAME_MARK.length, FRAME_MARK.length + luma);
  const planeU = bytes.subarray(FRAME_MARK.length + luma, FRAME_MARK.length + luma * 1.25);
  const planeV = bytes.subarray(FRAME_MARK.length + luma * 1.25);
  for (let i = 0; i < luma; i++)
    planeY[i] = Math.round(16 + (65.481 * data[i * 4] + 128.553 * data[i * 4 + 1] + 24.966 * data[i * 4 + 2]) / 255);
  for (let y = 0, chroma = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2, chroma++) {
      const [red, green, blue] = meanOfFour(data, (y * width + x) * 4, width * 4);
      planeU[chroma] = Math.round(128 + (-37.797 * red - 74.203 * green + 112 * blue) / 255);
      planeV[chroma] = Math.round(128 + (112 * red - 93.786 * green - 18.214 * blue) / 255);
    }
  }
  return bytes;
}

function meanOfFour(data: Uint8ClampedArray, at: number, row: number): [number, number, number] {
  const mean = (channel: number) =>
    (data[at + channel] + data[at + channel + 4] + data[at + channel + row] + data[at + channel + row + 4]) / 4;
  return [mean(0), mean(1), mean(2)];
}
