/** Dense optical flow by block matching: for every cell the displacement whose neighbourhood fits best. */
import type { Plane } from './plane';
import { createPlane } from './plane';

/** Displacement of every cell between two planes, in cells (x right, y down). */
export interface Displacement {
  x: Plane;
  y: Plane;
  /** Mean clamped difference over the window without displacement. */
  stillCost: Plane;
}

export interface BlockMatchingOptions {
  /** Largest displacement tried each way, in cells. */
  search: number;
  /** The window is (2·radius+1)² cells. */
  radius: number;
  /** Differences above this count as this much, so that one occluded pixel cannot decide. */
  clamp: number;
  /** Cost added per cell of displacement: flat places stay still. */
  bias: number;
}

export const blockMatchingDefaults: BlockMatchingOptions = { search: 4, radius: 3, clamp: 40, bias: 0.09 };

/**
 * Flow from `previous` to `current` (both high-passed luma of the same size): a cell's displacement d minimises the
 * window mean of min(|current(x) − previous(x − d)|, clamp) + bias·|d|, refined below one cell by a parabola.
 */
export function blockMatching(
  current: Plane,
  previous: Plane,
  options: BlockMatchingOptions = blockMatchingDefaults,
): Displacement {
  const { width, height } = current;
  const { search } = options;
  const span = 2 * search + 1;
  const cells = width * height;
  const costs = new Float32Array(span * span * cells); // [span·span, H, W]
  const padded = padPlane(previous, search);
  const scratch = new Float32Array(cells);
  for (let dy = -search; dy <= search; dy++) {
    for (let dx = -search; dx <= search; dx++) {
      const index = (dy + search) * span + dx + search;
      const cost = costs.subarray(index * cells, (index + 1) * cells);
      clampedDifference(current, padded, dx, dy, search, options.clamp, scratch);
      windowMean(scratch, cost, width, height, options.radius);
    }
  }
  return bestDisplacement(costs, current, options);
}

function padPlane(plane: Plane, margin: number): Plane {
  const padded = createPlane(plane.width + 2 * margin, plane.height + 2 * margin);
  for (let y = 0; y < padded.height; y++) {
    const source = Math.min(Math.max(y - margin, 0), plane.height - 1) * plane.width;
    for (let x = 0; x < padded.width; x++) {
      padded.values[y * padded.width + x] = plane.values[source + Math.min(Math.max(x - margin, 0), plane.width - 1)];
    }
  }
  return padded;
}

function clampedDifference(
  current: Plane,
  padded: Plane,
  dx: number,
  dy: number,
  margin: number,
  clamp: number,
  out: Float32Array,
) {
  const { width, height, values } = current;
  for (let y = 0, i = 0; y < height; y++) {
    let j = (y - dy + margin) * padded.width + margin - dx;
    for (let x = 0; x < width; x++, i++, j++) {
      const difference = Math.abs(values[i] - padded.values[j]);
      out[i] = difference < clamp ? difference : clamp;
    }
  }
}

const columnSums = { values: new Float32Array(0) };

/** Mean over the window by column sums carried from row to row; edges are repeated. */
function windowMean(from: Float32Array, to: Float32Array, width: number, height: number, radius: number) {
  if (columnSums.values.length < width) columnSums.values = new Float32Array(width);
  const columns = columnSums.values;
  const norm = 1 / (2 * radius + 1) ** 2;
  const row = (y: number) => Math.min(Math.max(y, 0), height - 1) * width;
  for (let x = 0; x < width; x++) {
    let sum = 0;
    for (let y = -radius; y <= radius; y++) sum += from[row(y) + x];
    columns[x] = sum;
  }
  const last = width - 1;
  for (let y = 0; y < height; y++) {
    let sum = columns[0] * (radius + 1);
    for (let x = 1; x <= radius; x++) sum += columns[x < last ? x : last];
    const base = y * width;
    for (let x = 0; x < width; x++) {
      to[base + x] = sum * norm;
      const enter = x + radius + 1;
      const leave = x - radius;
      sum += columns[enter < last ? enter : last] - columns[leave > 0 ? leave : 0];
    }
    const enter = row(y + radius + 1);
    const leave = row(y - radius);
    for (let x = 0; x < width; x++) columns[x] += from[enter + x] - from[leave + x];
  }
}

function bestDisplacement(costs: Float32Array, current: Plane, options: BlockMatchingOptions): Displacement {
  const { width, height } = current;
  const { search, bias } = options;
  const span = 2 * search + 1;
  const cells = width * height;
  const x = createPlane(width, height);
  const y = createPlane(width, height);
  const stillCost = createPlane(width, height);
  const best = new Int32Array(cells);
  const lowest = new Float32Array(cells).fill(Number.POSITIVE_INFINITY);
  for (let index = 0; index < span * span; index++) {
    const penalty = bias * Math.hypot((index % span) - search, Math.floor(index / span) - search);
    const offset = index * cells;
    for (let i = 0; i < cells; i++) {
      const cost = costs[offset + i] + penalty;
      if (cost < lowest[i]) {
        lowest[i] = cost;
        best[i] = index;
      }
    }
  }
  const centre = (span * search + search) * cells;
  for (let i = 0; i < cells; i++) {
    const dx = (best[i] % span) - search;
    const dy = Math.floor(best[i] / span) - search;
    stillCost.values[i] = costs[centre + i];
    if (dx === 0 && dy === 0) continue;
    x.values[i] = dx + subCell(costs, i, cells, best[i], 1, Math.abs(dx) < search);
    y.values[i] = dy + subCell(costs, i, cells, best[i], span, Math.abs(dy) < search);
  }
  return { x, y, stillCost };
}

/** Vertex of the parabola through the best cost and its two neighbours, −0.5…0.5 cells. */
function subCell(costs: Float32Array, i: number, cells: number, index: number, step: number, inside: boolean): number {
  if (!inside) return 0;
  const before = costs[(index - step) * cells + i];
  const at = costs[index * cells + i];
  const after = costs[(index + step) * cells + i];
  const curvature = before - 2 * at + after;
  if (curvature <= 1e-6) return 0;
  return Math.min(0.5, Math.max(-0.5, (0.5 * (before - after)) / curvature));
}
