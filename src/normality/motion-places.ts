/** Motions seen at the places of a coarse grid over the picture: what has never moved so there is odd. */
import type { Rng } from '../lib/rng';
import { neighbourDistance, type ReferenceSet, sampledReferences } from './reference-set';

/** Places over the picture. */
export interface PlaceGrid {
  columns: number;
  rows: number;
}

/** The cells that places are made of. */
interface CellGrid {
  width: number;
  height: number;
}

/** Places across the longer side of the picture. */
const PLACES = 12;
/** Values of a motion row. */
const MOTION_VALUES = 4;
const NEIGHBOURS = 3;

/** What moves slower than this, in the unit of its speed, is still. */
export const STILL = 0.15;

/** Columns and rows of places over a picture of this shape. */
export function placeGrid({ width, height }: CellGrid): PlaceGrid {
  const longer = Math.max(width, height);
  const along = (side: number) => Math.max(1, Math.round((PLACES * side) / longer));
  return { columns: along(width), rows: along(height) };
}

/** The place that a cell belongs to. */
export function placeOf({ columns, rows }: PlaceGrid, grid: CellGrid, cell: number): number {
  const column = Math.floor(((cell % grid.width) * columns) / grid.width);
  return Math.floor((Math.floor(cell / grid.width) * rows) / grid.height) * columns + column;
}

/** The place and the (up to eight) around it. */
export function placesAround(place: number, { columns, rows }: PlaceGrid): number[] {
  const x = place % columns;
  const y = (place - x) / columns;
  const around: number[] = [];
  for (let row = Math.max(0, y - 1); row <= Math.min(rows - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(columns - 1, x + 1); column++)
      around.push(row * columns + column);
  }
  return around;
}

/** [across, down, velocity x, velocity y]: the cell's place at `perCell` a cell, the velocity divided by its unit. */
export function motionRow(
  { width }: CellGrid,
  cell: number,
  perCell: number,
  velocity: { x: number; y: number; unit: number },
): number[] {
  const column = cell % width;
  const { x, y, unit } = velocity;
  return [column * perCell, ((cell - column) / width) * perCell, x / unit, y / unit];
}

/** For each place the motions seen there and around it, at most `limit`: `rowsOf` gives the motion rows of a frame's cells. */
export function motionReferences<Frame>(
  frames: readonly Frame[],
  places: PlaceGrid,
  grid: CellGrid,
  rowOf: (frame: Frame, cell: number) => number[],
  { limit, rng }: { limit: number; rng: Rng },
): ReferenceSet[] {
  const seen: number[][][] = Array.from({ length: places.columns * places.rows }, () => []);
  for (const frame of frames) {
    for (let cell = 0; cell < grid.width * grid.height; cell++) {
      const row = rowOf(frame, cell);
      if (speedOf(row) >= STILL) seen[placeOf(places, grid, cell)].push(row);
    }
  }
  return seen.map((_, place) => {
    const near = placesAround(place, places).flatMap((other) => seen[other]);
    return sampledReferences(near, MOTION_VALUES, limit, rng);
  });
}

/**
 * Distance to the nearest motions seen, with differences of place weighed by `placeWeight`; never more than the speed, since to stand
 * still is usual everywhere, and 0 for what is still.
 */
export function unseenMotion(references: ReferenceSet, row: readonly number[], placeWeight = 1): number {
  const speed = speedOf(row);
  if (speed < STILL) return 0;
  return references.values.length
    ? Math.min(speed, neighbourDistance(references, row, NEIGHBOURS, [placeWeight, placeWeight, 1, 1]))
    : speed;
}

const speedOf = (row: readonly number[]) => Math.hypot(row[2], row[3]);
