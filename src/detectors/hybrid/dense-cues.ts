/** The cues of every place of the picture: how fast it moves, whether such motion was ever seen there, what stands there. */
import { type ExpectedHeight, heightAt } from '../../normality/expected-height';
import { neighbourDistance, type ReferenceSet } from '../../normality/reference-set';
import type { FeatureGrid, HybridFeatures } from './features';
import { presenceMap, type StillMemory } from './still-memory';

/** Velocities seen at the places of a coarse grid. */
export interface PlaceMemory {
  columns: number;
  rows: number;
  /** One set of [velocity x, velocity y] in expected heights per second for each place, row by row. */
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
    const x = features.flowX[i] / heights[i];
    const y = features.flowY[i] / heights[i];
    speed[i] = Math.hypot(x, y);
    if (speed[i] < STILL) continue;
    const references = memory.places[placeOf(memory, features.flowGrid, i)];
    // Standing still is normal everywhere, so a motion is never odder than its speed.
    stream[i] = references.values.length
      ? Math.min(speed[i], neighbourDistance(references, [x, y], NEIGHBOURS))
      : speed[i];
  }
  return { speed, stream, presence: presenceMap(features, still) };
}
