/** Optical flow averaged along the motion itself, which turns the swing of legs and arms into the speed of the body. */
import type { Flow } from './flow-fusion';
import { boxMean, createPlane, type Plane, sampleBilinear } from './plane';

/** What the first frame of a clip counts as, in seconds. */
const FIRST_S = 0.1;
/** The motion around a cell is that of the (2·radius + 1)² cells around it. */
const AROUND = 3;
/** So much more weight of rest is around each cell: a single cell that flickers is no body. */
const REST = 0.02;

export interface AveragedMotion {
  /**
   * E_t(x) = α·v_t(x) + (1−α)·E_{t−1}(x − v_t(x)·Δt) with α = 1 − exp(−Δt/τ), corrected for the beginning of the clip. What was at rest
   * before counts as rest: what begins to move, or enters, is slow for a time.
   */
  averaged: Flow;
  /**
   * The same where a moving cell counts only what moved: the weight that it lacks is filled with the mean of what moves around it
   * (normalised convolution: Knutsson & Westin, CVPR 1993). A leg that swings has the speed of its body, and what has just entered its own.
   */
  body: Flow;
}

interface Memory extends Flow {
  /** How much of each cell's average was motion, 0…1. */
  share: Plane;
  /** How much of the average has been filled since the clip began, 0…1. */
  filled: number;
  timeS: number;
}

export class MotionAverage {
  private memory: Memory | null = null;

  /** `averageS`: the time constant τ, in seconds. */
  constructor(private readonly averageS: number) {}

  reset() {
    this.memory = null;
  }

  /** Takes in the flow of a moment, in frame pixels per second on cells of `cellSize` pixels; moments come in order of time. */
  step(flow: Flow, timeS: number, cellSize: number): AveragedMotion {
    const next = this.moved(flow, timeS, cellSize);
    this.memory = next;
    const corrected = (plane: Plane): Plane => ({ ...plane, values: plane.values.map((value) => value / next.filled) });
    return { averaged: { x: corrected(next.x), y: corrected(next.y) }, body: completed(next, flow) };
  }

  private moved({ x, y }: Flow, timeS: number, cellSize: number): Memory {
    const { width, height } = x;
    const before = this.memory;
    const elapsed = before ? timeS - before.timeS : 0;
    const alpha = 1 - Math.exp(-(before ? elapsed : FIRST_S) / this.averageS);
    const [toX, toY, share] = [0, 1, 2].map(() => createPlane(width, height));
    for (let row = 0, i = 0; row < height; row++) {
      for (let column = 0; column < width; column++, i++) {
        toX.values[i] = alpha * x.values[i];
        toY.values[i] = alpha * y.values[i];
        share.values[i] = moves(x, y, i) ? alpha : 0;
        if (!before) continue;
        const fromX = column - (x.values[i] * elapsed) / cellSize;
        const fromY = row - (y.values[i] * elapsed) / cellSize;
        toX.values[i] += (1 - alpha) * sampleBilinear(before.x, fromX, fromY);
        toY.values[i] += (1 - alpha) * sampleBilinear(before.y, fromX, fromY);
        share.values[i] += (1 - alpha) * sampleBilinear(before.share, fromX, fromY);
      }
    }
    return { x: toX, y: toY, share, filled: alpha + (1 - alpha) * (before?.filled ?? 0), timeS };
  }
}

const moves = (x: Plane, y: Plane, cell: number) => x.values[cell] !== 0 || y.values[cell] !== 0;

function completed({ x, y, share, filled }: Memory, now: Flow): Flow {
  const [aroundX, aroundY, aroundShare] = [x, y, share].map((plane) => boxMean(plane, AROUND).values);
  const complete = (plane: Plane, around: Float32Array): Plane => ({
    ...plane,
    values: plane.values.map((value, i) =>
      moves(now.x, now.y, i) ? value + ((1 - share.values[i]) / (aroundShare[i] + REST)) * around[i] : value / filled,
    ),
  });
  return { x: complete(x, aroundX), y: complete(y, aroundY) };
}
