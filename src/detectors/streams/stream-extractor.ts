/** Frames to streams: optical flow on a fine grid, pooled to the cells the networks read, and the looks of the same cells. */
import type { Frame } from '../../media/frame';
import type { CellGrid } from '../../vision/coarse-motion';
import { coarseGrid, coarseReader } from '../../vision/coarse-motion';
import { DenseMotion, denseMotionDefaults, type MotionField } from '../../vision/dense-motion';
import { halved, type Plane } from '../../vision/plane';
import { StillTexture } from '../../vision/still-texture';
import { STREAM_AVERAGE_S, type StreamFrame } from './stream-frame';

/** Cells along the longer side of the streams' grid: half of the flow's. */
export const STREAM_CELLS = denseMotionDefaults.cells / 2;
/** Change of texture that is stored as 255, in levels. */
const MOST_CHANGE = 40;

/** Streaming and causal; frames of one clip in order, `reset` between clips. */
export class StreamExtractor {
  private readonly motion = new DenseMotion({ ...denseMotionDefaults, averageS: STREAM_AVERAGE_S });
  private readonly still = new StillTexture();

  reset() {
    this.motion.reset();
    this.still.reset();
  }

  step(frame: Frame): StreamFrame {
    const field = this.motion.step(frame);
    const { texture } = field;
    const grid = coarseGrid(field);
    const coarse = halved(texture).values;
    return {
      timeS: frame.timeS,
      frameWidth: frame.width,
      frameHeight: frame.height,
      moving: field.moving,
      grid,
      ...velocities(field),
      change: Uint8Array.from(
        halved(field.change).values,
        (level) => (255 * Math.min(level, MOST_CHANGE)) / MOST_CHANGE,
      ),
      texture: levels(coarse),
      gradientX: levels(halved(differences(texture, 1, 0)).values),
      gradientY: levels(halved(differences(texture, 0, 1)).values),
      ...chroma(frame, grid),
      still: this.still.step({ timeS: frame.timeS, texture: { ...grid, values: coarse }, cellSize: grid.cellSize })
        .texture,
    };
  }
}

/** The average is that of bodies: what has just come has its own speed at once. */
function velocities(field: MotionField): Pick<StreamFrame, 'averagedX' | 'averagedY' | 'velocityX' | 'velocityY'> {
  const read = coarseReader(field);
  return {
    averagedX: read(field.bodyX, 2),
    averagedY: read(field.bodyY, 2),
    velocityX: read(field.x, 1),
    velocityY: read(field.y, 1),
  };
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
function chroma(frame: Frame, grid: CellGrid): Pick<StreamFrame, 'redness' | 'blueness'> {
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
