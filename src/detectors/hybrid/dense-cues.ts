/** The cues of every place of the picture: how fast it moves, whether such motion was ever seen there, what stands there, whether it looks like anything seen. */

import { type ExpectedHeight, heightAt } from '../../normality/expected-height';
import { motionRow, type PlaceGrid, placeOf, STILL, unseenMotion } from '../../normality/motion-places';
import { type PatchMap, type PatchMemory, patchDistances } from '../../normality/patch-memory';
import type { ReferenceSet } from '../../normality/reference-set';
import { presenceMap, type StillMemory } from '../../normality/still-memory';
import type { CellGrid } from '../../vision/coarse-motion';
import type { HybridFeatures } from './features';
import { VELOCITY_PLACE } from './object-cues';

/** Velocities seen at the places of a coarse grid. */
export interface PlaceMemory extends PlaceGrid {
  /** For each place, row by row, what was seen there and around it as rows of `heightsMoved`. */
  places: ReferenceSet[];
}

/** The cues of a frame by itself; what it looks like is read on key frames only. */
export const FRAME_CUES = ['speed', 'stream', 'presence'] as const;
export type FrameCue = (typeof FRAME_CUES)[number];
export const DENSE_CUES = [...FRAME_CUES, 'patch'] as const;
export type DenseCue = (typeof DENSE_CUES)[number];

/** Expected height at every cell of the flow grid, in pixels. */
export function heightGrid(grid: CellGrid, height: ExpectedHeight): Float32Array {
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

/** The motion row of a cell: its place in pixels, its velocity in expected heights per second. */
export function heightsMoved(
  { flowGrid, flowX, flowY }: HybridFeatures,
  heights: Float32Array,
  cell: number,
): number[] {
  const unit = heights[cell];
  return motionRow(flowGrid, cell, flowGrid.cellSize, { x: flowX[cell], y: flowY[cell], unit });
}

/** Maps of the frame's cues on the flow grid; 0 where nothing moves. */
export function denseCues(
  features: HybridFeatures,
  heights: Float32Array,
  memory: PlaceMemory,
  still: StillMemory,
): Record<FrameCue, Float32Array> {
  const cells = heights.length;
  const speed = new Float32Array(cells);
  const stream = new Float32Array(cells);
  for (let i = 0; i < cells; i++) {
    speed[i] = Math.hypot(features.flowX[i], features.flowY[i]) / heights[i];
    if (speed[i] < STILL) continue;
    const seen = memory.places[placeOf(memory, features.flowGrid, i)];
    stream[i] = unseenMotion(seen, heightsMoved(features, heights, i), VELOCITY_PLACE / heights[i]);
  }
  return { speed, stream, presence: presenceMap(features, features.flowGrid, still) };
}

/** How far the patches are from any seen, on the flow grid: of each cell the patch under its centre. */
export function patchCue(patches: PatchMap, memory: PatchMemory, grid: CellGrid): Float32Array {
  const distances = patchDistances(patches, memory);
  const { width, height } = patches;
  return Float32Array.from({ length: grid.width * grid.height }, (_, cell) => {
    const column = Math.floor((((cell % grid.width) + 0.5) / grid.width) * width);
    const row = Math.floor(((Math.floor(cell / grid.width) + 0.5) / grid.height) * height);
    return distances[row * width + column];
  });
}
