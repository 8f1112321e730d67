/** Patches of motion around the cells that move: what the VAE of a scene learns. */
import type { Rng } from '../../lib/rng';
import { STILL } from '../../normality/motion-places';
import { MOTION_CHANNELS, type StreamInputs } from './stream-inputs';

/** A patch has so many samples each way, this many cells apart: about a person and what is around. */
const SIDE = 5;
const STEP = 2;
export const PATCH_VALUES = SIDE * SIDE * 2;
/** Where the patch lies: across and down, −1…1. */
export const PLACE_VALUES = 2;

/** Patches as rows of PATCH_VALUES, places as rows of PLACE_VALUES. */
export interface PatchRows {
  count: number;
  patches: Float32Array;
  places: Float32Array;
}

/** Cells whose averaged motion is not still. */
export function movingCells({ motion, width, height }: StreamInputs): number[] {
  const cells: number[] = [];
  for (let cell = 0; cell < width * height; cell++) {
    const at = cell * MOTION_CHANNELS;
    if (Math.hypot(motion[at], motion[at + 1]) >= STILL) cells.push(cell);
  }
  return cells;
}

/** Averaged velocity around a cell, x and y of each sample, row by row; 0 beyond the picture. */
export function patchAt({ motion, width, height }: StreamInputs, cell: number, out = new Float32Array(PATCH_VALUES)) {
  const x = cell % width;
  const y = (cell - x) / width;
  for (let j = 0, at = 0; j < SIDE; j++) {
    for (let i = 0; i < SIDE; i++, at += 2) {
      const column = x + (i - (SIDE >> 1)) * STEP;
      const row = y + (j - (SIDE >> 1)) * STEP;
      const inside = column >= 0 && column < width && row >= 0 && row < height;
      const from = (row * width + column) * MOTION_CHANNELS;
      out[at] = inside ? motion[from] : 0;
      out[at + 1] = inside ? motion[from + 1] : 0;
    }
  }
  return out;
}

export const placeAt = ({ width, height }: { width: number; height: number }, cell: number): [number, number] => [
  (2 * (cell % width)) / (width - 1) - 1,
  (2 * Math.floor(cell / width)) / (height - 1) - 1,
];

/** At most `limit` patches drawn from the moving cells of the frames. */
export function drawPatches(frames: readonly StreamInputs[], limit: number, rng: Rng): PatchRows {
  const all = frames.flatMap((frame, index) => movingCells(frame).map((cell) => [index, cell] as const));
  const chosen = all.length > limit ? Array.from({ length: limit }, () => rng.pick(all)) : all;
  const patches = new Float32Array(chosen.length * PATCH_VALUES);
  const places = new Float32Array(chosen.length * PLACE_VALUES);
  chosen.forEach(([frame, cell], row) => {
    patchAt(frames[frame], cell, patches.subarray(row * PATCH_VALUES, (row + 1) * PATCH_VALUES));
    places.set(placeAt(frames[frame], cell), row * PLACE_VALUES);
  });
  return { count: chosen.length, patches, places };
}
