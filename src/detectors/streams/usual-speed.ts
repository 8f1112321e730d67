/** How fast is fast at a place: the unit in which both streams give velocity, near and far, on the road and beside it. */
import { quantile } from '../../lib/statistics';
import type { CellGrid } from '../../vision/coarse-motion';
import type { StreamFrame } from './stream-frame';

/** Cells per side of the blocks whose speeds are pooled, and the width of the smoothing over them, in cells. */
const BLOCK = 4;
const SMOOTHING = 6;
/** Speeds of moving cells whose quantile is the usual speed, and how many samples the whole picture's value counts for. */
const HIGH = 0.95;
const PRIOR_SAMPLES = 50;
/** A cell that moves less than this share of the picture's height per second is still. */
const LEAST = 0.006;

/**
 * Before a scene is learned: something a seventh of the picture's height tall (what `fitExpectedHeight` assumes too) that moves
 * 1.2 of its own height per second, a brisk walk. In frame pixels per second.
 */
export const assumedSpeed = (frameHeight: number): number => (1.2 * frameHeight) / 7;

/** Usual speed of each cell, in frame pixels per second: a weighted geometric mean of the blocks' quantiles, near ones first. */
export function usualSpeeds(frames: readonly StreamFrame[]): Float32Array {
  const { grid, frameHeight } = frames[0];
  const blocks = speedsByBlock(frames, grid, LEAST * frameHeight);
  const all = blocks.flatMap(({ speeds }) => speeds);
  const overall = all.length ? Math.log(quantile(all, HIGH)) : Math.log(assumedSpeed(frameHeight));
  const known = blocks
    .filter(({ speeds }) => speeds.length > 3)
    .map(({ x, y, speeds }) => ({ x, y, count: Math.min(speeds.length, 500), log: Math.log(quantile(speeds, HIGH)) }));
  return Float32Array.from({ length: grid.width * grid.height }, (_, cell) => {
    const x = cell % grid.width;
    const y = (cell - x) / grid.width;
    let weight = PRIOR_SAMPLES;
    let sum = PRIOR_SAMPLES * overall;
    for (const block of known) {
      const near = block.count * Math.exp(-((block.x - x) ** 2 + (block.y - y) ** 2) / (2 * SMOOTHING ** 2));
      weight += near;
      sum += near * block.log;
    }
    return Math.exp(sum / weight);
  });
}

/** Speeds of moving cells, block by block, with the blocks' centres in cells. */
function speedsByBlock(frames: readonly StreamFrame[], { width, height }: CellGrid, least: number) {
  const columns = Math.ceil(width / BLOCK);
  const blocks = Array.from({ length: columns * Math.ceil(height / BLOCK) }, (_, index) => ({
    x: (index % columns) * BLOCK + (BLOCK - 1) / 2,
    y: Math.floor(index / columns) * BLOCK + (BLOCK - 1) / 2,
    speeds: [] as number[],
  }));
  for (const { averagedX, averagedY } of frames) {
    for (let cell = 0; cell < averagedX.length; cell++) {
      const speed = Math.hypot(averagedX[cell], averagedY[cell]);
      if (speed < least) continue;
      const x = cell % width;
      blocks[Math.floor((cell - x) / width / BLOCK) * columns + Math.floor(x / BLOCK)].speeds.push(speed);
    }
  }
  return blocks;
}
