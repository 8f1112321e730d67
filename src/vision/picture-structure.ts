/** What of a picture stays the same when only the light changes: its edges, on a small grid, and how they compare with others'. */

import type { Frame } from '../media/frame';
import { boxMean, lumaPlane, type Plane } from './plane';

/** Cells along the longer side of the grid on which whole pictures are compared. */
const CELLS = 160;
/** Edges fainter than this many grey levels per two cells are taken for noise, more softly the fainter. */
const FAINT = 1;
/** Share of the cells, those with the strongest edges, that stand for a picture; none below so many grey levels. */
const STRONG_SHARE = 0.25;
const LEAST_STRONG = 4;

/** Luma (0…255) on the small grid. */
export function smallPicture(frame: Frame): Plane {
  const scale = Math.min(1, CELLS / Math.max(frame.width, frame.height));
  return lumaPlane(frame, Math.max(8, Math.round(frame.width * scale)), Math.max(8, Math.round(frame.height * scale)));
}

/** Edges of a picture: per cell their direction as a vector, of length 0 (none) … 1 (strong). */
export interface Edges {
  width: number;
  height: number;
  x: Float32Array;
  y: Float32Array;
  /** Strength in grey levels. */
  strength: Float32Array;
}

/** Central differences; length |g| / (|g| + FAINT), so that faint edges of a dark picture count nearly as strong ones. */
export function edgesOf({ width, height, values }: Plane): Edges {
  const x = new Float32Array(values.length);
  const y = new Float32Array(values.length);
  const strength = new Float32Array(values.length);
  for (let row = 1; row < height - 1; row++) {
    for (let column = 1; column < width - 1; column++) {
      const cell = row * width + column;
      const across = values[cell + 1] - values[cell - 1];
      const down = values[cell + width] - values[cell - width];
      const length = Math.hypot(across, down);
      strength[cell] = length;
      x[cell] = across / (length + FAINT);
      y[cell] = down / (length + FAINT);
    }
  }
  return { width, height, x, y, strength };
}

/** The cells with the strongest edges. */
export function strongCells({ strength }: Edges): Uint32Array {
  const sorted = Float32Array.from(strength).sort();
  const least = Math.max(LEAST_STRONG, sorted[Math.floor((1 - STRONG_SHARE) * (sorted.length - 1))]);
  const cells: number[] = [];
  for (let cell = 0; cell < strength.length; cell++) if (strength[cell] >= least) cells.push(cell);
  return Uint32Array.from(cells);
}

/**
 * Mean product of the edges of `known` at `cells` with those of `seen`, moved by whole cells: near 1 the same, 0 unrelated.
 * Cells that `isBlind` in the other picture (too bright or dark to hold an edge) are passed over; 0 where hardly any is left.
 */
export function agreement(
  known: Edges,
  seen: Edges,
  cells: Uint32Array,
  { dx = 0, dy = 0, isBlind }: { dx?: number; dy?: number; isBlind?: (cell: number) => boolean } = {},
): number {
  const { width, height } = known;
  let sum = 0;
  let count = 0;
  for (const cell of cells) {
    const column = (cell % width) + dx;
    const row = Math.floor(cell / width) + dy;
    if (column < 1 || row < 1 || column >= width - 1 || row >= height - 1) continue;
    const there = row * width + column;
    if (isBlind?.(there)) continue;
    count++;
    // The known edges are strong: their vectors are nearly of length 1.
    sum += known.x[cell] * seen.x[there] + known.y[cell] * seen.y[there];
  }
  return count > 0.2 * cells.length ? sum / count : 0;
}

/** Farthest shift looked for to each side, as a share of the picture. */
const FARTHEST = 0.22;
/** Cells of the fine grid per cell of the coarse one, and how many are compared for a shift. */
const COARSER = 4;
const COMPARED = 700;

/** A picture's edges on the fine and the coarse grid, with the cells that stand for it on each. */
export interface TwoScales {
  edges: Edges;
  cells: Uint32Array;
  coarse: Edges;
  coarseCells: Uint32Array;
}

/** The shift, in cells of the fine grid, at which `seen` agrees best with `known`: found on the coarse grid, then made exact. */
export function bestShift(
  known: TwoScales,
  seen: Pick<TwoScales, 'edges' | 'coarse'>,
): { dx: number; dy: number; agreement: number } {
  const far = { x: Math.round(FARTHEST * known.coarse.width), y: Math.round(FARTHEST * known.coarse.height) };
  const about = search(known.coarse, seen.coarse, known.coarseCells, { dx: 0, dy: 0 }, far);
  const step = Math.max(1, Math.floor(known.cells.length / COMPARED));
  const sample = known.cells.filter((_, index) => index % step === 0);
  const from = { dx: COARSER * about.dx, dy: COARSER * about.dy };
  const exact = search(known.edges, seen.edges, sample, from, { x: COARSER, y: COARSER });
  return { ...exact, agreement: agreement(known.edges, seen.edges, known.cells, exact) };
}

/** The best of all shifts around one. */
function search(
  known: Edges,
  seen: Edges,
  cells: Uint32Array,
  from: { dx: number; dy: number },
  far: { x: number; y: number },
): { dx: number; dy: number } {
  let best = { dx: 0, dy: 0, agreement: Number.NEGATIVE_INFINITY };
  for (let dy = from.dy - far.y; dy <= from.dy + far.y; dy++) {
    for (let dx = from.dx - far.x; dx <= from.dx + far.x; dx++) {
      const found = agreement(known, seen, cells, { dx, dy });
      if (found > best.agreement) best = { dx, dy, agreement: found };
    }
  }
  return best;
}

/** Mean strength of the edges at the cells, in grey levels. */
export function meanStrength({ strength }: Edges, cells: Uint32Array): number {
  let sum = 0;
  for (const cell of cells) sum += strength[cell];
  return cells.length ? sum / cells.length : 0;
}

/** Every fourth cell of the picture averaged over its neighbourhood: blur hardly changes it. */
export function coarsePicture(picture: Plane): Plane {
  const smooth = boxMean(picture, 2);
  const width = picture.width >> 2;
  const height = picture.height >> 2;
  const values = new Float32Array(width * height);
  for (let row = 0, cell = 0; row < height; row++)
    for (let column = 0; column < width; column++, cell++)
      values[cell] = smooth.values[(4 * row + 2) * picture.width + 4 * column + 2];
  return { width, height, values };
}

/** Mean size of the second differences at the cells, in grey levels: what blur takes away first. */
export function fineDetail({ width, values }: Plane, cells: Uint32Array): number {
  let sum = 0;
  for (const cell of cells) {
    const around = values[cell - 1] + values[cell + 1] + values[cell - width] + values[cell + width];
    sum += Math.abs(4 * values[cell] - around);
  }
  return cells.length ? sum / cells.length : 0;
}
