/** Frame pixels to the network's input: RGBA bytes to RGB floats of another size. */
import type { Frame } from '../media/frame';

/** The frame as RGB floats 0…255, height × width × 3, resized bilinearly with pixel centres aligned. */
export function resizedPixels(
  frame: Frame,
  width: number,
  height: number,
  into = new Float32Array(width * height * 3),
): Float32Array {
  const columns = samplePositions(frame.width, width);
  const rows = samplePositions(frame.height, height);
  const { data } = frame;
  let out = 0;
  for (let y = 0; y < height; y++) {
    const top = rows.low[y] * frame.width;
    const bottom = rows.high[y] * frame.width;
    const down = rows.share[y];
    for (let x = 0; x < width; x++) {
      const right = columns.share[x];
      const a = (top + columns.low[x]) * 4;
      const b = (top + columns.high[x]) * 4;
      const c = (bottom + columns.low[x]) * 4;
      const d = (bottom + columns.high[x]) * 4;
      for (let channel = 0; channel < 3; channel++) {
        const upper = data[a + channel] + (data[b + channel] - data[a + channel]) * right;
        const lower = data[c + channel] + (data[d + channel] - data[c + channel]) * right;
        into[out++] = upper + (lower - upper) * down;
      }
    }
  }
  return into;
}

/** For each target pixel the two source pixels around its centre, and the second one's share. */
function samplePositions(from: number, to: number) {
  const low = new Int32Array(to);
  const high = new Int32Array(to);
  const share = new Float32Array(to);
  for (let index = 0; index < to; index++) {
    const position = Math.min(from - 1, Math.max(0, ((index + 0.5) * from) / to - 0.5));
    low[index] = Math.floor(position);
    high[index] = Math.min(from - 1, low[index] + 1);
    share[index] = position - low[index];
  }
  return { low, high, share };
}
