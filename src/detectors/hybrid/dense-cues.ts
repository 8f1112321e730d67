/** The cues of every place of the picture: how fast it moves, whether such motion was ever seen there, what stands there. */
import { type ExpectedHeight, heightAt } from '../../normality/expected-height';
import { neighbourDistance, type ReferenceSet } from '../../normality/reference-set';
import type { FeatureGrid, HybridFeatures } from './features';
import { VELOCITY_PLACE } from './object-cues';
import { presenceMap, type StillMemory } from './still-memory';

/** Velocities seen at the places of a coarse grid. */
export interface PlaceMemory {
  columns: number;
  rows: number;
  /** For each place, row by row, what was seen there and around it as rows of `motionRow`. */
  places: ReferenceSet[];
}

export const DENSE_CUES = ['speed', 'stream', 'presence'] as const;
export type DenseCue = (typeof DENSE_CUES)[number];

/** Cells slower than this many expected heights per second are still. */
export const STILL = 0.15;
const NEIGHBOURS = 3;

/** Expected height at every cell of the flow grid, in pixels. */
export function heightGrid(grid: FeatureGrid, height: ExpectedHeight): Float32Array {
  const values = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      // A moving cell is part of a body, not its feet: half a height above the ground point it belongs to.
      const x = (column + 0.5) * grid.cellSize;
      const y = (row + 0.5) * grid.cellSize;
      const here = heightAt(height, x, y);
      values[i] = heightAt(height, x, y + here / 2);
    }
  }
  return values;
}

export const placeOf = (memory: { columns: number; rows: number }, grid: FeatureGrid, cell: number): number => {
  const column = Math.floor(((cell % grid.width) * memory.columns) / grid.width);
  const row = Math.floor((Math.floor(cell / grid.width) * memory.rows) / grid.height);
  return row * memory.columns + column;
};

/** [place x, place y, velocity x, velocity y] of a cell in expected heights (per second), place weighted down. */
export function motionRow({ flowGrid, flowX, flowY }: HybridFeatures, heights: Float32Array, cell: number): number[] {
  const height = heights[cell];
  const unit = (VELOCITY_PLACE * flowGrid.cellSize) / height;
  const column = cell % flowGrid.width;
  return [column * unit, ((cell - column) / flowGrid.width) * unit, flowX[cell] / height, flowY[cell] / height];
}

/** Maps of the dense cues on the flow grid; 0 where nothing moves. */
export function denseCues(
  features: HybridFeatures,
  heights: Float32Array,
  memory: PlaceMemory,
  still: StillMemory,
): Record<DenseCue, Float32Array> {
  const cells = heights.length;
  const speed = new Float32Array(cells);
  const stream = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    speed[i] = Math.hypot(features.flowX[i], features.flowY[i]) / heights[i];
    if (speed[i] < STILL) continue;
    const references = memory.places[placeOf(memory, features.flowGrid, i)];
    // Standing still is normal everywhere, so a motion is never odder than its speed.
    const novelty = references.values.length
      ? neighbourDistance(references, motionRow(features, heights, i), NEIGHBOURS)
      : speed[i];
    stream[i] = Math.min(speed[i], novelty);
  }
  return { speed, stream, presence: presenceMap(features, still) };
}
