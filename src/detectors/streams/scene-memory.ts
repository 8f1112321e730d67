/** What a scene's normal footage says about each place of it: how fast is usual, which ways things move, what stands there, how much is there. */
import { evenly } from '../../lib/evenly';
import { createRng, type Rng } from '../../lib/rng';
import { quantile } from '../../lib/statistics';
import { motionReferences, motionRow, type PlaceGrid, placeGrid, STILL } from '../../normality/motion-places';
import type { ReferenceSet } from '../../normality/reference-set';
import { learnStill, type StillMemory } from '../../normality/still-memory';
import type { CellGrid } from '../../vision/coarse-motion';
import { boxMean } from '../../vision/plane';
import type { StreamFrame } from './stream-frame';
import { usualSpeeds } from './usual-speed';

/** Plain data that can be structured-cloned; planes lie on `grid`. */
export interface SceneMemory extends PlaceGrid {
  grid: CellGrid;
  /** Speed that is high but usual at a place, in frame pixels per second. */
  usualSpeed: Float32Array;
  /** Motions seen at and around each place, rows of `usualMoved`: averaged along the motion, and of the moment. */
  averaged: ReferenceSet[];
  quick: ReferenceSet[];
  /** Median texture, and how far it usually strays, both in levels. */
  texture: Float32Array;
  spread: Float32Array;
  /** What stands there. */
  still: StillMemory;
  /** Foreground usually seen at once in the windows around a cell, one plane per radius of WINDOWS, 0…1. */
  crowd: Float32Array[];
}

/** Windows in which foreground is counted: radius in cells. */
export const WINDOWS = [1, 4] as const;
/** Texture that strays this many times as far as usual is foreground. */
const FOREGROUND = 1.5;

const MOST_FRAMES = 600;
const MOST_REFERENCES = 250;
/** How much a cell of distance between two motions weighs, in usual speeds. */
const PER_CELL = 0.06;

/** Learn from frames of one or more normal clips, in any order. Throws RangeError where there is none. */
export function learnSceneMemory(frames: readonly StreamFrame[], seed: number): SceneMemory {
  if (!frames.length) throw new RangeError('a scene needs at least one frame of normal footage, got none');
  const rng = createRng(seed);
  const chosen = evenly(frames, MOST_FRAMES);
  const { grid } = chosen[0];
  const usualSpeed = usualSpeeds(chosen);
  const places = { grid, ...placeGrid(grid), usualSpeed };
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
    still: learnStill(chosen.map(({ still }) => ({ texture: still }))),
    crowd: WINDOWS.map((_, size) =>
      smoothed(
        perCell(windows, grid, (planes, cell) => planes[size][cell], 0.98),
        grid,
      ),
    ),
  };
}

/** A quantile of some value over time, cell by cell. */
function perCell<T>(items: readonly T[], grid: CellGrid, value: (item: T, cell: number) => number, q: number) {
  const column = new Float64Array(items.length);
  return Float32Array.from({ length: grid.width * grid.height }, (_, cell) => {
    for (let i = 0; i < items.length; i++) column[i] = value(items[i], cell);
    return quantile(column, q);
  });
}

const smoothed = (values: Float32Array, grid: CellGrid) => boxMean({ ...grid, values }, 2).values;

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

/** The motion row of a cell: its place weighted down, velocity in usual speeds. */
export const usualMoved = (
  { grid, usualSpeed }: Pick<SceneMemory, 'grid' | 'usualSpeed'>,
  cell: number,
  x: number,
  y: number,
) => motionRow(grid, cell, PER_CELL, { x, y, unit: usualSpeed[cell] });

function motions(
  frames: readonly StreamFrame[],
  places: Places,
  rng: Rng,
  velocity: (frame: StreamFrame, cell: number) => [number, number],
): ReferenceSet[] {
  const rowOf = (frame: StreamFrame, cell: number) => usualMoved(places, cell, ...velocity(frame, cell));
  return motionReferences(frames, places, places.grid, rowOf, { limit: MOST_REFERENCES, rng });
}
