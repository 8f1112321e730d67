/** Connected regions of moving cells: what moves, whether or not a class fits it. */
import type { Box } from '../lib/box';
import type { MotionField } from './dense-motion';

/** A connected region of cells that move together. */
export interface MovingRegion extends Box {
  /** Moving cells in it. */
  cells: number;
}

export interface MovingRegionOptions {
  /** Cells slower than this many cells per second count as still. */
  slowest: number;
  /** Smaller regions are noise, in cells. */
  minimumCells: number;
}

export const movingRegionDefaults: MovingRegionOptions = { slowest: 1.25, minimumCells: 12 };

/** Regions of 8-connected cells whose averaged velocity is above `slowest`; boxes in frame pixels. */
export function movingRegions(field: MotionField, options: MovingRegionOptions = movingRegionDefaults): MovingRegion[] {
  const { width, height } = field.averagedX;
  const slowest = options.slowest * field.cellSize;
  const open = new Uint8Array(width * height);
  for (let i = 0; i < open.length; i++) {
    open[i] = Math.hypot(field.averagedX.values[i], field.averagedY.values[i]) > slowest ? 1 : 0;
  }
  const regions: MovingRegion[] = [];
  for (let i = 0; i < open.length; i++) {
    if (!open[i]) continue;
    const region = flood(open, i, width, height);
    if (region.cells >= options.minimumCells) regions.push(scaled(region, field.cellSize));
  }
  return regions;
}

function flood(open: Uint8Array, start: number, width: number, height: number): MovingRegion {
  const region = { x0: width, y0: height, x1: 0, y1: 0, cells: 0 };
  const stack = [start];
  open[start] = 0;
  while (stack.length) {
    const cell = stack.pop() as number;
    const x = cell % width;
    const y = (cell - x) / width;
    region.cells++;
    region.x0 = Math.min(region.x0, x);
    region.y0 = Math.min(region.y0, y);
    region.x1 = Math.max(region.x1, x + 1);
    region.y1 = Math.max(region.y1, y + 1);
    for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
      for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
        const next = row * width + column;
        if (!open[next]) continue;
        open[next] = 0;
        stack.push(next);
      }
    }
  }
  return region;
}

const scaled = (region: MovingRegion, size: number): MovingRegion => ({
  x0: region.x0 * size,
  y0: region.y0 * size,
  x1: region.x1 * size,
  y1: region.y1 * size,
  cells: region.cells,
});
