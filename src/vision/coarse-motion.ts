/** Motion read on half the grid of the flow: every second cell each way, and only where it can be trusted. */
import type { MotionField } from './dense-motion';
import { boxMean, type Plane } from './plane';

/** Flow within so many fine cells of the border is not trusted: its matching window is cut off. */
const BORDER_CELLS = 3;
/** Averaged motion lingers where something has just left; it counts while this share of the 7×7 fine cells around moves. */
const MOVING_SHARE = 0.1;

/** Cells over the frame. */
export interface CellGrid {
  width: number;
  height: number;
  /** Frame pixels per cell. */
  cellSize: number;
}

/** 1 where there is motion now, before any averaging; else 0. */
export function movingCells({ x, y }: MotionField): Plane {
  return { ...x, values: x.values.map((value, i) => (value !== 0 || y.values[i] !== 0 ? 1 : 0)) };
}

export const coarseGrid = ({ x, cellSize }: MotionField): CellGrid => ({
  width: x.width >> 1,
  height: x.height >> 1,
  cellSize: cellSize * 2,
});

/**
 * Reads planes of the field on its coarse grid: the mean over (2·radius + 1)² fine cells around the lower right of each 2×2;
 * 0 where nothing moves any more, and at untrusted borders.
 */
export function coarseReader(field: MotionField): (plane: Plane, radius: number) => Float32Array {
  const trusted = trustedCells(field);
  const { width, height } = coarseGrid(field);
  return (plane, radius) => {
    const mean = boxMean(plane, radius);
    const values = new Float32Array(width * height);
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        const from = (2 * row + 1) * mean.width + 2 * column + 1;
        if (trusted[from]) values[i] = mean.values[from];
      }
    }
    return values;
  };
}

function trustedCells(field: MotionField): Uint8Array {
  const moves = boxMean(movingCells(field), 3);
  const { width, height } = moves;
  return Uint8Array.from(moves.values, (share, cell) => {
    const column = cell % width;
    const row = (cell - column) / width;
    const inside = (at: number, size: number) => at >= BORDER_CELLS && at < size - BORDER_CELLS;
    return inside(column, width) && inside(row, height) && share >= MOVING_SHARE ? 1 : 0;
  });
}
