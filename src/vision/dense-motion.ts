/**
 * Streaming dense motion: optical flow against frames fixed times ago, now and averaged along the motion itself. Several scales and
 * windows propose velocities and the closest fit is taken.
 */
import type { Frame } from '../media/frame';
import { blockMatching, blockMatchingDefaults, type Displacement } from './block-matching';
import { type Flow, fuseFlows } from './flow-fusion';
import { MotionAverage } from './motion-average';
import { createPlane, halved, highPass, lumaPlane, type Plane } from './plane';

/** Changes whenever the same frames give another flow: what was kept of an earlier one is not read. */
export const FLOW_VERSION = 2;

export interface DenseMotionOptions {
  /** Cells along the longer side of the grid. */
  cells: number;
  /** Time between the two frames that are compared for what is slow or faint, in seconds. */
  gapS: number;
  /** The same for what moves too far in that time to be found again; over it what is proposed is compared. */
  shortGapS: number;
  /** Frames farther apart than this are not compared. */
  longestGapS: number;
  /** Time constant of the average along the motion, in seconds. */
  averageS: number;
}

export const denseMotionDefaults: DenseMotionOptions = {
  cells: 96,
  gapS: 0.2,
  shortGapS: 0.08,
  longestGapS: 0.45,
  averageS: 0.4,
};

/** Motion at one moment on a grid over the frame; velocities in frame pixels per second (x right, y down). */
export interface MotionField {
  timeS: number;
  /** Frame pixels per cell. */
  cellSize: number;
  /** Velocity now. */
  x: Plane;
  y: Plane;
  /** Velocity averaged along the motion. */
  averagedX: Plane;
  averagedY: Plane;
  /** Averaged so that what it lacks where motion is young is filled from what moves around: see `AveragedMotion.body`. */
  bodyX: Plane;
  bodyY: Plane;
  /** High-passed luma: independent of brightness. */
  texture: Plane;
  /** Mean clamped texture change over the gap, per cell. */
  change: Plane;
  /** Share of cells that move, 0…1. */
  moving: number;
  /** False where no earlier frame is near enough in time: velocities are 0 then. */
  valid: boolean;
}

/** The grid for a frame: cells of equal size, `cells` along the longer side; small frames get one cell per pixel. */
export function motionGrid(width: number, height: number, cells: number) {
  const cellSize = Math.max(1, Math.max(width, height) / cells);
  return {
    width: Math.max(2, Math.round(width / cellSize)),
    height: Math.max(2, Math.round(height / cellSize)),
    cellSize,
  };
}

/** Cells slower than this many cells per gap count as still. */
const STILL = 0.25;
/** Texture is luma without its mean over so many cells each way. */
const TEXTURE_RADIUS = 7;
/** The short gap is no shorter than this share of what is asked for: flows are judged over it, to half a cell of a finer grid, and rest is what is slower. */
const LEAST_GAP = 0.9;
/** The narrow window, in cells each way: things that would be lost among the ground around them. */
const NARROW_RADIUS = 1;

interface PastFrame {
  timeS: number;
  texture: Plane;
  /** The same on half the grid; and the picture on one twice as fine, high-passed as widely. */
  half: Plane;
  fine: Plane;
}

export class DenseMotion {
  private readonly past: PastFrame[] = [];
  private readonly average: MotionAverage;

  constructor(private readonly options: DenseMotionOptions = denseMotionDefaults) {
    this.average = new MotionAverage(options.averageS);
  }

  reset() {
    this.past.length = 0;
    this.average.reset();
  }

  /** The motion of a new frame, later than all before. */
  step(frame: Frame): MotionField {
    const { gapS, shortGapS, longestGapS } = this.options;
    const grid = motionGrid(frame.width, frame.height, this.options.cells);
    const now = textures(frame, grid);
    const before = this.past[0]?.texture;
    if (before && (before.width !== grid.width || before.height !== grid.height)) this.reset();
    const long = nearestInTime(this.past, frame.timeS - gapS);
    const short = latestUntil(this.past, frame.timeS - LEAST_GAP * shortGapS);
    const gap = long ? frame.timeS - long.timeS : Number.POSITIVE_INFINITY;
    this.past.push(now);
    while (this.past.length > 2 && this.past[1].timeS <= frame.timeS - longestGapS) this.past.shift();
    if (!long || !short || gap > longestGapS) return this.stillField(frame.timeS, grid.cellSize, now.texture);
    const matched = blockMatching(now.texture, long.texture);
    return this.movingField(now, grid.cellSize, closestFlow(now, short, matched, gap), matched.stillCost, gap);
  }

  private stillField(timeS: number, cellSize: number, texture: Plane): MotionField {
    this.average.reset();
    const zero = createPlane(texture.width, texture.height);
    const planes = { x: zero, y: zero, averagedX: zero, averagedY: zero, bodyX: zero, bodyY: zero, change: zero };
    return { timeS, cellSize, texture, ...planes, moving: 0, valid: false };
  }

  /** `flow` in cells per second. */
  private movingField(now: PastFrame, cellSize: number, flow: Flow, change: Plane, gap: number): MotionField {
    let moving = 0;
    for (let i = 0; i < flow.x.values.length; i++) {
      if (Math.hypot(flow.x.values[i], flow.y.values[i]) * gap > STILL) moving++;
      flow.x.values[i] *= cellSize;
      flow.y.values[i] *= cellSize;
    }
    const { averaged, body } = this.average.step(flow, now.timeS, cellSize);
    return {
      timeS: now.timeS,
      cellSize,
      x: flow.x,
      y: flow.y,
      averagedX: averaged.x,
      averagedY: averaged.y,
      bodyX: body.x,
      bodyY: body.y,
      texture: now.texture,
      change,
      moving: moving / flow.x.values.length,
      valid: true,
    };
  }
}

function textures(frame: Frame, { width, height }: { width: number; height: number }): PastFrame {
  const luma = lumaPlane(frame, 2 * width, 2 * height);
  const texture = highPass(halved(luma), TEXTURE_RADIUS);
  return { timeS: frame.timeS, texture, half: halved(texture), fine: highPass(luma, 2 * TEXTURE_RADIUS) };
}

const perSecond = ({ x, y }: Displacement, gap: number): Flow => {
  const rate = ({ values, ...size }: Plane): Plane => ({ ...size, values: values.map((value) => value / gap) });
  return { x: rate(x), y: rate(y) };
};

/** The long gap for what is faint, a coarser grid for what is fast, a narrow window for what is narrow; in cells per second. */
function closestFlow(now: PastFrame, short: PastFrame, matched: Displacement, gap: number): Flow {
  const gapS = now.timeS - short.timeS;
  const match = (current: Plane, previous: Plane, radius = blockMatchingDefaults.radius) =>
    perSecond(blockMatching(current, previous, { ...blockMatchingDefaults, radius }), gapS);
  const proposals = [
    perSecond(matched, gap),
    ...(gapS < gap ? [match(now.texture, short.texture)] : []),
    match(now.texture, short.texture, NARROW_RADIUS),
    doubled(match(now.half, short.half), now.texture),
  ];
  return fuseFlows(proposals, { current: now.fine, previous: short.fine, gapS });
}

/** A flow on half the grid, read on the whole one, and in its cells. */
function doubled(flow: Flow, { width, height }: Plane): Flow {
  const read = (plane: Plane): Plane => {
    const whole = createPlane(width, height);
    for (let i = 0; i < whole.values.length; i++) {
      const column = Math.min(plane.width - 1, (i % width) >> 1);
      const row = Math.min(plane.height - 1, Math.floor(i / width) >> 1);
      whole.values[i] = 2 * plane.values[row * plane.width + column];
    }
    return whole;
  };
  return { x: read(flow.x), y: read(flow.y) };
}

/** The last one of that time or before; the first where all are later. */
function latestUntil<T extends { timeS: number }>(past: T[], timeS: number): T | undefined {
  return past.findLast((entry) => entry.timeS <= timeS) ?? past[0];
}

function nearestInTime<T extends { timeS: number }>(past: T[], timeS: number): T | null {
  let best: T | null = null;
  for (const entry of past) {
    if (!best || Math.abs(entry.timeS - timeS) < Math.abs(best.timeS - timeS)) best = entry;
  }
  return best;
}
