/** The empty scene among samples of footage: the picture that keeps coming back. */
import type { Frame } from '../media/frame';

const COLUMNS = 32;
const ROWS = 24;
/** Levels by which blocks of two pictures of the same scene may differ. */
const SAME_LEVELS = 9;
/** A picture that was left and came back so many times is the empty scene, not someone who stands still. */
const FEWEST_RETURNS = 3;

/**
 * The samples (in order of time) that show the picture which comes back most often; all of them where none comes back, as
 * in a scene that is never empty.
 */
export function recurringFrames(samples: readonly Frame[]): readonly Frame[] {
  const thumbnails = samples.map(thumbnail);
  let best: { returns: number; members: number[] } = { returns: 0, members: [] };
  for (const reference of thumbnails) {
    const members = [...thumbnails.keys()].filter((index) => isSame(reference, thumbnails[index]));
    const returns = members.filter((index) => !members.includes(index - 1)).length;
    if (returns > best.returns || (returns === best.returns && members.length > best.members.length))
      best = { returns, members };
  }
  const enough = best.returns >= FEWEST_RETURNS && best.members.length >= 4;
  return enough ? best.members.map((index) => samples[index]) : samples;
}

/** Mean brightness of blocks, minus exposure: divided by their median. */
function thumbnail({ width, height, data }: Frame): Float32Array {
  const sums = new Float32Array(COLUMNS * ROWS);
  const counts = new Float32Array(COLUMNS * ROWS);
  for (let y = 0; y < height; y += 2) {
    for (let x = 0; x < width; x += 2) {
      const block = Math.floor((y * ROWS) / height) * COLUMNS + Math.floor((x * COLUMNS) / width);
      sums[block] += data[(y * width + x) * 4 + 1];
      counts[block]++;
    }
  }
  const means = sums.map((sum, block) => sum / (counts[block] || 1));
  const median = means.slice().sort()[means.length >> 1] || 1;
  return means.map((mean) => (mean * 128) / median);
}

/** All but the 1 % most different blocks agree. */
function isSame(a: Float32Array, b: Float32Array): boolean {
  let different = 0;
  for (let block = 0; block < a.length; block++) if (Math.abs(a[block] - b[block]) > SAME_LEVELS) different++;
  return different <= a.length / 100;
}
