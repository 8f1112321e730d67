/** Frames to streams: optical flow on a fine grid, pooled to the cells the networks read, and the looks of the same cells. */
import type { Frame } from '../../media/frame';
import { DenseMotion, denseMotionDefaults, type MotionField } from '../../vision/dense-motion';
import { boxMean, type Plane } from '../../vision/plane';
import type { StreamFrame, StreamGrid } from './stream-frame';

/** Cells along the longer side of the streams' grid: half of the flow's. */
export const STREAM_CELLS = denseMotionDefaults.cells / 2;
/** Flow within so many fine cells of the border is not trusted: its matching window is cut off. */
const BORDER_CELLS = 3;
/** Averaged motion lingers where something has just left; it counts while this share of the 7×7 fine cells around moves. */
const MOVING_SHARE = 0.1;
/** Change of texture that is stored as 255, in levels. */
const MOST_CHANGE = 40;

/** Streaming and causal; frames of one clip in order, `reset` between clips. */
export class StreamExtractor {
  private readonly motion = new DenseMotion();

  reset() {
    this.motion.reset();
  }

  step(frame: Frame): StreamFrame {
    const field = this.motion.step(frame);
    const { texture, cellSize } = field;
    const grid = { width: texture.width >> 1, height: texture.height >> 1, cellSize: cellSize * 2 };
    return {
      timeS: frame.timeS,
      frameWidth: frame.width,
      frameHeight: frame.height,
      moving: field.moving,
      grid,
      ...velocities(field, grid),
      change: Uint8Array.from(
        pooled(field.change, grid),
        (level) => (255 * Math.min(level, MOST_CHANGE)) / MOST_CHANGE,
      ),
      texture: levels(pooled(texture, grid)),
      gradientX: levels(pooled(differences(texture, 1, 0), grid)),
      gradientY: levels(pooled(differences(texture, 0, 1), grid)),
      ...chroma(frame, grid),
    };
  }
}

function velocities(
  field: MotionField,
  grid: StreamGrid,
): Pick<StreamFrame, 'averagedX' | 'averagedY' | 'velocityX' | 'velocityY'> {
  const moves = boxMean(movingCells(field), 3).values;
  const { width, height } = field.x;
  const trusted = (column: number, row: number) =>
    column >= BORDER_CELLS &&
    column < width - BORDER_CELLS &&
    row >= BORDER_CELLS &&
    row < height - BORDER_CELLS &&
    moves[row * width + column] >= MOVING_SHARE;
  const read = (plane: Plane, radius: number) => sampled(boxMean(plane, radius), grid, trusted);
  return {
    averagedX: read(field.averagedX, 2),
    averagedY: read(field.averagedY, 2),
    velocityX: read(field.x, 1),
    velocityY: read(field.y, 1),
  };
}

/** 1 where there is motion now. */
function movingCells({ x, y }: MotionField): Plane {
  return { ...x, values: x.values.map((value, i) => (value !== 0 || y.values[i] !== 0 ? 1 : 0)) };
}

/** The lower right of each 2×2 fine cells, 0 where it is not trusted. */
function sampled(plane: Plane, grid: StreamGrid, trusted: (column: number, row: number) => boolean): Float32Array {
  const values = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      const from = [2 * column + 1, 2 * row + 1] as const;
      if (trusted(...from)) values[i] = plane.values[from[1] * plane.width + from[0]];
    }
  }
  return values;
}

/** The mean of each 2×2 fine cells. */
function pooled({ width, values }: Plane, grid: StreamGrid): Float32Array {
  const out = new Float32Array(grid.width * grid.height);
  for (let row = 0, i = 0; row < grid.height; row++) {
    for (let column = 0; column < grid.width; column++, i++) {
      const at = 2 * row * width + 2 * column;
      out[i] = (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
    }
  }
  return out;
}

/** |difference| to the cell `across` and `down`; 0 at the far border. */
function differences({ width, height, values }: Plane, across: number, down: number): Plane {
  const out = new Float32Array(values.length);
  for (let row = 0; row < height - down; row++) {
    for (let column = 0; column < width - across; column++) {
      const at = row * width + column;
      out[at] = Math.abs(values[at + down * width + across] - values[at]);
    }
  }
  return { width, height, values: out };
}

const levels = (values: Float32Array): Int8Array =>
  Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value))));

/** Mean colour of each cell against its luma, from every second pixel of every second row. */
function chroma(frame: Frame, grid: StreamGrid): Pick<StreamFrame, 'redness' | 'blueness'> {
  const cells = grid.width * grid.height;
  const red = new Float32Array(cells);
  const blue = new Float32Array(cells);
  const counts = new Float32Array(cells);
  for (let y = 0; y < frame.height; y += 2) {
    const row = Math.min(grid.height - 1, Math.floor(y / grid.cellSize));
    for (let x = 0; x < frame.width; x += 2) {
      const cell = row * grid.width + Math.min(grid.width - 1, Math.floor(x / grid.cellSize));
      const at = 4 * (y * frame.width + x);
      const luma = 0.299 * frame.data[at] + 0.587 * frame.data[at + 1] + 0.114 * frame.data[at + 2];
      red[cell] += frame.data[at] - luma;
      blue[cell] += frame.data[at + 2] - luma;
      counts[cell]++;
    }
  }
  const mean = (sums: Float32Array) => levels(sums.map((sum, cell) => sum / Math.max(1, counts[cell])));
  return { redness: mean(red), blueness: mean(blue) };
}
