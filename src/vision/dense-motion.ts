/**
 * Streaming dense motion: optical flow against a frame a fixed time ago, averaged along the motion itself, which
 * turns the swing of legs and arms into the speed of the body.
 */
import type { Frame } from '../media/frame';
import { blockMatching, blockMatchingDefaults, type Displacement } from './block-matching';
import { type Flow, fuseFlows } from './flow-fusion';
import { createPlane, halved, highPass, lumaPlane, type Plane, sampleBilinear } from './plane';

export interface DenseMotionOptions {
  /** Cells along the longer side of the grid. */
  cells: number;
  /** Time between the two frames that are compared, in seconds. */
  gapS: number;
  /** The same for what moves too far in that time to be found again. */
  shortGapS: number;
  /** Frames farther apart than this are not compared. */
  longestGapS: number;
  /** Time constant of the average along the motion, in seconds. */
  averageS: number;
  /** Whether several scales and windows propose velocities and the closest fit is taken; else one window looks over both gaps. */
  close: boolean;
}

export const denseMotionDefaults: DenseMotionOptions = {
  cells: 96,
  gapS: 0.2,
  shortGapS: 0.08,
  longestGapS: 0.45,
  averageS: 0.4,
  close: false,
};

/** Truer for what is narrow or fast, for about as much work again. What was trained on the flow without it must go on reading that. */
export const closeMotion: DenseMotionOptions = { ...denseMotionDefaults, close: true };

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
/** The narrow window, in cells each way: things that would be lost among the ground around them. */
const NARROW_RADIUS = 1;
/** What the first frame of a clip counts as, in seconds. */
const FIRST_S = 0.1;

interface PastFrame {
  timeS: number;
  texture: Plane;
  /** Twice as fine; kept for a close look only. */
  fine: Plane | null;
}

interface Averaged extends Flow {
  weight: number;
  timeS: number;
}

export class DenseMotion {
  private readonly past: PastFrame[] = [];
  private averaged: Averaged | null = null;

  constructor(private readonly options: DenseMotionOptions = denseMotionDefaults) {}

  reset() {
    this.past.length = 0;
    this.averaged = null;
  }

  /** The motion of a new frame; frames come in order of time. */
  step(frame: Frame): MotionField {
    const { gapS, shortGapS, longestGapS } = this.options;
    const grid = motionGrid(frame.width, frame.height, this.options.cells);
    const now = this.textures(frame, grid);
    const before = this.past[0]?.texture;
    if (before && (before.width !== grid.width || before.height !== grid.height)) this.reset();
    const long = nearestInTime(this.past, frame.timeS - gapS);
    const short = nearestInTime(this.past, frame.timeS - shortGapS);
    const gap = long ? frame.timeS - long.timeS : Number.POSITIVE_INFINITY;
    this.past.push(now);
    while (this.past.length > 2 && this.past[1].timeS <= frame.timeS - longestGapS) this.past.shift();
    if (!long || !short || gap > longestGapS) return this.stillField(frame.timeS, grid.cellSize, now.texture);
    const matched = blockMatching(now.texture, long.texture);
    const flow = now.fine ? closeFlow(now, short, perSecond(matched, gap)) : farFlow(now, short, matched, gap);
    return this.movingField(now, grid.cellSize, flow, matched.stillCost, gap);
  }

  private textures(frame: Frame, { width, height }: { width: number; height: number }): PastFrame {
    if (!this.options.close)
      return { timeS: frame.timeS, texture: highPass(lumaPlane(frame, width, height), TEXTURE_RADIUS), fine: null };
    const luma = lumaPlane(frame, 2 * width, 2 * height);
    return {
      timeS: frame.timeS,
      texture: highPass(halved(luma), TEXTURE_RADIUS),
      fine: highPass(luma, 2 * TEXTURE_RADIUS),
    };
  }

  private stillField(timeS: number, cellSize: number, texture: Plane): MotionField {
    this.averaged = null;
    const zero = createPlane(texture.width, texture.height);
    const planes = { x: zero, y: zero, averagedX: zero, averagedY: zero, change: zero };
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
    const { x, y, weight } = this.average(flow, now.timeS, cellSize);
    const corrected = (plane: Plane): Plane => ({ ...plane, values: plane.values.map((value) => value / weight) });
    return {
      timeS: now.timeS,
      cellSize,
      x: flow.x,
      y: flow.y,
      averagedX: corrected(x),
      averagedY: corrected(y),
      texture: now.texture,
      change,
      moving: moving / flow.x.values.length,
      valid: true,
    };
  }

  /** E_t(x) = α·v_t(x) + (1−α)·E_{t−1}(x − v_t(x)·Δt), α = 1 − exp(−Δt/τ); `weight` corrects the start. */
  private average({ x, y }: Flow, timeS: number, cellSize: number): Averaged {
    const before = this.averaged;
    const elapsed = before ? timeS - before.timeS : 0;
    const alpha = 1 - Math.exp(-(before ? elapsed : FIRST_S) / this.options.averageS);
    const next: Averaged = { x: createPlane(x.width, x.height), y: createPlane(x.width, x.height), weight: 0, timeS };
    next.weight = alpha + (1 - alpha) * (before?.weight ?? 0);
    for (let row = 0, i = 0; row < x.height; row++) {
      for (let column = 0; column < x.width; column++, i++) {
        const fromX = column - (x.values[i] * elapsed) / cellSize;
        const fromY = row - (y.values[i] * elapsed) / cellSize;
        const oldX = before ? sampleBilinear(before.x, fromX, fromY) : 0;
        const oldY = before ? sampleBilinear(before.y, fromX, fromY) : 0;
        next.x.values[i] = alpha * x.values[i] + (1 - alpha) * oldX;
        next.y.values[i] = alpha * y.values[i] + (1 - alpha) * oldY;
      }
    }
    this.averaged = next;
    return next;
  }
}

const perSecond = ({ x, y }: Displacement, gap: number): Flow => {
  const rate = ({ values, ...size }: Plane): Plane => ({ ...size, values: values.map((value) => value / gap) });
  return { x: rate(x), y: rate(y) };
};

/** One window over both gaps, in cells per second. */
function farFlow(now: PastFrame, short: PastFrame, matched: Displacement, gap: number): Flow {
  const shortGap = now.timeS - short.timeS;
  if (shortGap < 0.75 * gap) adoptFaster(matched, blockMatching(now.texture, short.texture), gap / shortGap);
  return perSecond(matched, gap);
}

/** The long gap for what is slow or faint, a coarser grid for what is fast, a narrow window for what is narrow; in cells per second. */
function closeFlow(now: PastFrame, short: PastFrame, long: Flow): Flow {
  const gapS = now.timeS - short.timeS;
  const match = (current: Plane, previous: Plane, radius = blockMatchingDefaults.radius) =>
    perSecond(blockMatching(current, previous, { ...blockMatchingDefaults, radius }), gapS);
  const proposals = [
    long,
    match(now.texture, short.texture),
    match(now.texture, short.texture, NARROW_RADIUS),
    doubled(match(halved(now.texture), halved(short.texture)), now.texture),
  ];
  return fuseFlows(proposals, { current: now.fine!, previous: short.fine!, gapS });
}

/** A flow on half the grid, read on the whole one, and in its cells. */
function doubled(flow: Flow, { width, height }: Plane): Flow {
  const read = (plane: Plane): Plane => ({
    width,
    height,
    values: Float32Array.from({ length: width * height }, (_, i) => {
      const column = Math.min(plane.width - 1, (i % width) >> 1);
      const row = Math.min(plane.height - 1, Math.floor(i / width) >> 1);
      return 2 * plane.values[row * plane.width + column];
    }),
  });
  return { x: read(flow.x), y: read(flow.y) };
}

/** A short match counts where it fits this much better than no motion does. */
const CLEAR = 0.9;

/**
 * Over the short gap twice to three times the speed is in range. Where it is near or beyond the range of the long gap, and
 * clear, it replaces what the long one found; `ratio` is the long gap over the short one.
 */
function adoptFaster(long: Displacement, short: Displacement, ratio: number) {
  const fast = 0.75 * blockMatchingDefaults.search;
  for (let i = 0; i < long.x.values.length; i++) {
    const x = short.x.values[i] * ratio;
    const y = short.y.values[i] * ratio;
    if (Math.max(Math.abs(x), Math.abs(y)) < fast) continue;
    if (short.bestCost.values[i] > CLEAR * short.stillCost.values[i]) continue;
    long.x.values[i] = x;
    long.y.values[i] = y;
  }
}

function nearestInTime<T extends { timeS: number }>(past: T[], timeS: number): T | null {
  let best: T | null = null;
  for (const entry of past) {
    if (!best || Math.abs(entry.timeS - timeS) < Math.abs(best.timeS - timeS)) best = entry;
  }
  return best;
}
