/** Cells of a grid over the frame that a box covers. */
import type { Box } from '../lib/box';
import type { CellGrid } from './coarse-motion';

/** Visit them row by row; at least one where it lies within the frame. */
export function forEachCell(grid: CellGrid, box: Box, visit: (cell: number) => void) {
  const start = (edge: number) => Math.max(0, Math.round(edge / grid.cellSize));
  const right = Math.min(grid.width, Math.max(start(box.x0) + 1, Math.round(box.x1 / grid.cellSize)));
  const bottom = Math.min(grid.height, Math.max(start(box.y0) + 1, Math.round(box.y1 / grid.cellSize)));
  for (let row = start(box.y0); row < bottom; row++) {
    for (let column = start(box.x0); column < right; column++) visit(row * grid.width + column);
  }
}
