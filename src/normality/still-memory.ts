/** What the picture looks like when nobody passes, place by place, and how much that varies. */
import type { CellGrid } from '../vision/coarse-motion';
import { NOT_STILL, type StillPicture } from '../vision/still-texture';

/** Mean and deviation of the still texture per cell of the texture grid, in grey levels. */
export interface StillMemory {
  mean: Float32Array;
  deviation: Float32Array;
}

/** More frames than this say nothing new. */
const FRAMES = 400;
/** Sensor noise and compression move the still texture by about this many grey levels everywhere. */
const NOISE = 3;
/** Deviation of a cell that never stood still. */
const RESTLESS = 30;

export function learnStill(frames: readonly Pick<StillPicture, 'texture'>[]): StillMemory {
  const step = Math.max(1, Math.floor(frames.length / FRAMES));
  const cells = frames[0].texture.length;
  const sum = new Float64Array(cells);
  const squares = new Float64Array(cells);
  const count = new Uint32Array(cells);
  for (let i = 0; i < frames.length; i += step) {
    const { texture } = frames[i];
    for (let cell = 0; cell < cells; cell++) {
      if (texture[cell] === NOT_STILL) continue;
      count[cell]++;
      sum[cell] += texture[cell];
      squares[cell] += texture[cell] * texture[cell];
    }
  }
  const mean = Float32Array.from(sum, (total, cell) => total / Math.max(1, count[cell]));
  const deviation = Float32Array.from(squares, (total, cell) =>
    count[cell] ? Math.sqrt(Math.max(0, total / count[cell] - mean[cell] ** 2)) : RESTLESS,
  );
  return { mean, deviation };
}

/** One deviation of a cell, sensor noise included, in grey levels. */
export const tolerance = ({ deviation }: StillMemory, cell: number): number => deviation[cell] + NOISE;

/** How far what stands still in a cell differs from what usually stands there, in its own deviations; 0 where nothing stands still. */
export function stillPresence(texture: Int8Array, memory: StillMemory, cell: number): number {
  if (texture[cell] === NOT_STILL) return 0;
  return Math.abs(texture[cell] - memory.mean[cell]) / tolerance(memory, cell);
}

/** `stillPresence` as a mean over 3×3 cells of the texture grid around each cell of the coarse `grid` of half its size. */
export function presenceMap(
  { textureGrid, texture }: StillPicture,
  grid: Pick<CellGrid, 'width' | 'height'>,
  memory: StillMemory,
): Float32Array {
  const presence = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      let sum = 0;
      let count = 0;
      for (let y = 2 * row; y < Math.min(textureGrid.height, 2 * row + 3); y++) {
        for (let x = 2 * column; x < Math.min(textureGrid.width, 2 * column + 3); x++) {
          count++;
          sum += stillPresence(texture, memory, y * textureGrid.width + x);
        }
      }
      presence[i] = sum / count;
    }
  }
  return presence;
}
