/** What a scene's normal footage says about each place of it: how fast is usual, which ways things move, what stands there, how much is there. */
import { createRng, type Rng } from '../../lib/rng';
import { quantile } from '../../lib/statistics';
import { type ReferenceSet, sampledReferences } from '../../normality/reference-set';
import { boxMean } from '../../vision/plane';
import type { StreamFrame, StreamGrid } from './stream-frame';
import { usualSpeeds } from './usual-speed';

/** Plain data that can be structured-cloned; planes lie on `grid`. */
export interface SceneMemory {
  grid: StreamGrid;
  /** Speed that is high but usual at a place, in frame pixels per second. */
  usualSpeed: Float32Array;
  /** Motions seen at and around each place, rows of `motionRow`: averaged along the motion, and of the moment. */
  columns: number;
  rows: number;
  averaged: ReferenceSet[];
  quick: ReferenceSet[];
  /** Median texture, and how far it usually strays, both in levels. */
  texture: Float32Array;
  spread: Float32Array;
  /** Foreground usually seen at once in the windows around a cell, one plane per radius of WINDOWS, 0…1. */
  crowd: Float32Array[];
}

/** Windows in which foreground is counted: radius in cells. */
export const WINDOWS = [1, 4] as const;
/** Slower than this many usual speeds is still. */
export const STILL = 0.15;
/** Texture that strays this many times as far as usual is foreground. */
const FOREGROUND = 1.5;

const MOST_FRAMES = 600;
const MOST_REFERENCES = 250;
/** Places across the longer side of the picture. */
const PLACES = 12;
/** How much a cell of distance between two motions weighs, in usual speeds. */
const PER_CELL = 0.06;

/** Learn from frames of one or more normal clips, in any order. Throws RangeError where there is none. */
export function learnSceneMemory(frames: readonly StreamFrame[], seed: number): SceneMemory {
  if (!frames.length) throw new RangeError('a scene needs at least one frame of normal footage, got none');
  const rng = createRng(seed);
  const chosen = frames.length > MOST_FRAMES ? evenly(frames, MOST_FRAMES) : frames;
  const { grid } = chosen[0];
  const usualSpeed = usualSpeeds(chosen);
  const longer = Math.max(grid.width, grid.height);
  const columns = Math.max(1, Math.round((PLACES * grid.width) / longer));
  const rows = Math.max(1, Math.round((PLACES * grid.height) / longer));
  const places = { grid, columns, rows, usualSpeed };
  const texture = perCell(chosen, grid, (frame, cell) => frame.texture[cell], 0.5);
  const spread = perCell(chosen, grid, (frame, cell) => Math.abs(frame.texture[cell] - texture[cell]), 0.9);
  const looks = { grid, texture, spread, usualSpeed };
  const windows = chosen.map((frame) => crowding(frame, looks));
  return {
    ...places,
    averaged: motions(chosen, places, rng, (frame, cell) => [frame.averagedX[cell], frame.averagedY[cell]]),
    quick: motions(chosen, places, rng, (frame, cell) => [frame.velocityX[cell], frame.velocityY[cell]]),
    texture,
    spread,
    crowd: WINDOWS.map((_, size) =>
      smoothed(
        perCell(windows, grid, (planes, cell) => planes[size][cell], 0.98),
        grid,
      ),
    ),
  };
}

const evenly = <T>(items: readonly T[], count: number): T[] =>
  Array.from({ length: count }, (_, i) => items[Math.floor((i * items.length) / count)]);

/** A quantile of some value over time, cell by cell. */
function perCell<T>(items: readonly T[], grid: StreamGrid, value: (item: T, cell: number) => number, q: number) {
  const column = new Float64Array(items.length);
  return Float32Array.from({ length: grid.width * grid.height }, (_, cell) => {
    for (let i = 0; i < items.length; i++) column[i] = value(items[i], cell);
    return quantile(column, q);
  });
}

const smoothed = (values: Float32Array, grid: StreamGrid) => boxMean({ ...grid, values }, 2).values;

/** |texture − usual| as a multiple of what is usual at the cell: 1 and below is ordinary noise. */
export function presence(frame: StreamFrame, memory: Pick<SceneMemory, 'texture' | 'spread'>, cell: number): number {
  return Math.abs(frame.texture[cell] - memory.texture[cell]) / (memory.spread[cell] + 3);
}

/** Share of foreground in the windows around each cell, one plane per radius of WINDOWS. */
export function crowding(
  frame: StreamFrame,
  memory: Pick<SceneMemory, 'texture' | 'spread' | 'usualSpeed'>,
): Float32Array[] {
  const values = frame.averagedX.map((x, cell) => {
    const moves = Math.hypot(x, frame.averagedY[cell]) > STILL * memory.usualSpeed[cell];
    return moves || presence(frame, memory, cell) > FOREGROUND ? 1 : 0;
  });
  return WINDOWS.map((radius) => boxMean({ ...frame.grid, values }, radius).values);
}

type Places = Pick<SceneMemory, 'grid' | 'columns' | 'rows' | 'usualSpeed'>;

export function placeOf({ columns, rows, grid }: Places, cell: number): number {
  const column = Math.floor(((cell % grid.width) * columns) / grid.width);
  return Math.floor((Math.floor(cell / grid.width) * rows) / grid.height) * columns + column;
}

/** [across, down, velocity x, velocity y]: the place weighted down, velocity in usual speeds. */
export function motionRow({ grid, usualSpeed }: Places, cell: number, x: number, y: number): number[] {
  const column = cell % grid.width;
  const usual = usualSpeed[cell];
  return [column * PER_CELL, ((cell - column) / grid.width) * PER_CELL, x / usual, y / usual];
}

function motions(
  frames: readonly StreamFrame[],
  places: Places,
  rng: Rng,
  velocity: (frame: StreamFrame, cell: number) => [number, number],
): ReferenceSet[] {
  const { columns, rows, grid } = places;
  const seen: number[][][] = Array.from({ length: columns * rows }, () => []);
  for (const frame of frames) {
    for (let cell = 0; cell < grid.width * grid.height; cell++) {
      const row = motionRow(places, cell, ...velocity(frame, cell));
      if (Math.hypot(row[2], row[3]) >= STILL) seen[placeOf(places, cell)].push(row);
    }
  }
  return seen.map((_, place) => {
    const near = around(place, columns, rows).flatMap((other) => seen[other]);
    return sampledReferences(near, 4, MOST_REFERENCES, rng);
  });
}

/** The place and the (up to eight) next to it. */
function around(place: number, columns: number, rows: number): number[] {
  const x = place % columns;
  const y = (place - x) / columns;
  return [-1, 0, 1].flatMap((dy) =>
    [-1, 0, 1].flatMap((dx) =>
      x + dx >= 0 && x + dx < columns && y + dy >= 0 && y + dy < rows ? [(y + dy) * columns + x + dx] : [],
    ),
  );
}
