/**
 * Streaming dense motion: optical flow against a frame a fixed time ago, averaged along the motion itself, which
 * turns the swing of legs and arms into the speed of the body.
 */
import type { Frame } from '../media/frame';
import { blockMatching, blockMatchingDefaults, type Displacement } from './block-matching';
import { createPlane, highPass, lumaPlane, type Plane, sampleBilinear } from './plane';

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

export class DenseMotion {
  private readonly past: { timeS: number; texture: Plane }[] = [];
  private averaged: { x: Plane; y: Plane; weight: number; timeS: number } | null = null;

  constructor(private readonly options: DenseMotionOptions = denseMotionDefaults) {}

  reset() {
    this.past.length = 0;
    this.averaged = null;
  }

  /** The motion of a new frame; frames come in order of time. */
  step(frame: Frame): MotionField {
    const { gapS, longestGapS } = this.options;
    const grid = motionGrid(frame.width, frame.height, this.options.cells);
    const texture = highPass(lumaPlane(frame, grid.width, grid.height), 7);
    const before = this.past[0]?.texture;
    if (before && (before.width !== texture.width || before.height !== texture.height)) this.reset();
    const reference = nearestInTime(this.past, frame.timeS - gapS);
    const recent = nearestInTime(this.past, frame.timeS - this.options.shortGapS);
    const gap = reference ? frame.timeS - reference.timeS : Number.POSITIVE_INFINITY;
    this.past.push({ timeS: frame.timeS, texture });
    while (this.past.length > 2 && this.past[1].timeS <= frame.timeS - longestGapS) this.past.shift();
    if (!reference || gap > longestGapS) return this.stillField(frame.timeS, grid.cellSize, texture);
    const flow = blockMatching(texture, reference.texture);
    if (recent && frame.timeS - recent.timeS < 0.75 * gap) {
      adoptFaster(flow, blockMatching(texture, recent.texture), gap / (frame.timeS - recent.timeS));
    }
    return this.movingField(frame.timeS, grid.cellSize, texture, flow, gap);
  }

  private stillField(timeS: number, cellSize: number, texture: Plane): MotionField {
    this.averaged = null;
    const zero = createPlane(texture.width, texture.height);
    const planes = { x: zero, y: zero, averagedX: zero, averagedY: zero, change: zero };
    return { timeS, cellSize, texture, ...planes, moving: 0, valid: false };
  }

  private movingField(timeS: number, cellSize: number, texture: Plane, flow: Displacement, gap: number): MotionField {
    const scale = cellSize / gap;
    let moving = 0;
    for (let i = 0; i < flow.x.values.length; i++) {
      if (Math.hypot(flow.x.values[i], flow.y.values[i]) > STILL) moving++;
      flow.x.values[i] *= scale;
      flow.y.values[i] *= scale;
    }
    this.average(flow.x, flow.y, timeS, cellSize);
    const { x, y, weight } = this.averaged!;
    const corrected = (plane: Plane): Plane => ({ ...plane, values: plane.values.map((value) => value / weight) });
    return {
      timeS,
      cellSize,
      x: flow.x,
      y: flow.y,
      averagedX: corrected(x),
      averagedY: corrected(y),
      texture,
      change: flow.stillCost,
      moving: moving / flow.x.values.length,
      valid: true,
    };
  }

  /** E_t(x) = α·v_t(x) + (1−α)·E_{t−1}(x − v_t(x)·Δt), α = 1 − exp(−Δt/τ); `weight` corrects the start. */
  private average(x: Plane, y: Plane, timeS: number, cellSize: number) {
    const before = this.averaged;
    const elapsed = before ? timeS - before.timeS : 0;
    const alpha = before ? 1 - Math.exp(-elapsed / this.options.averageS) : 1 - Math.exp(-0.1 / this.options.averageS);
    const next = { x: createPlane(x.width, x.height), y: createPlane(x.width, x.height), weight: 0, timeS };
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
  }
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
