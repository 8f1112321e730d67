/** Optical flow of a frame as a few numbers that say how violently the picture moves, whatever it shows. */
import { quantile } from '../../lib/statistics';
import type { MotionField } from '../../vision/dense-motion';

/** Values of `motionActs`. */
export const MOTION_ACTS = 16;
/** Slower cells count as still, in heights of the picture per second. */
const STILL = 0.02;
const SECTORS = 8;

/** Velocities in heights of the picture per second: near and far cameras, large and small pictures compare. */
interface ScaledField {
  x: Float32Array;
  y: Float32Array;
  speed: Float32Array;
  width: number;
}

/**
 * Mean, root mean square, 90th and 99th percentile and highest speed, share of moving cells, mean and deviation of theirs, entropy of
 * directions, agreement of directions |Σv|/Σ|v|, mean and highest |divergence| and |curl|, and against the frame before mean and highest
 * change of velocity. Speeds are compressed by log(1 + 20·v). Zeros where the flow is not known.
 */
export function motionActs(field: MotionField, before: MotionField | null, frameHeight: number): Float32Array {
  if (!field.valid) return new Float32Array(MOTION_ACTS);
  const now = scaled(field, frameHeight);
  const moving = now.speed.filter((speed) => speed > STILL);
  const sum = total(now.speed);
  const drift = Math.hypot(total(now.x), total(now.y)) / (sum + 1e-6);
  const turmoil = before?.valid ? velocityChange(now, scaled(before, frameHeight)) : [0, 0];
  return Float32Array.from([
    ...[
      sum / now.speed.length,
      Math.sqrt(total(now.speed.map((speed) => speed ** 2)) / now.speed.length),
      quantile(now.speed, 0.9),
      quantile(now.speed, 0.99),
      highest(now.speed),
      mean(moving),
      deviation(moving),
      ...gradients(now),
      ...turmoil,
    ].map(compressed),
    moving.length / now.speed.length,
    directionEntropy(now),
    drift,
  ]);
}

const compressed = (value: number) => Math.log1p(20 * value);
const total = (values: Float32Array) => values.reduce((sum, value) => sum + value, 0);
const highest = (values: Float32Array) => values.reduce((most, value) => Math.max(most, value), 0);
const mean = (values: Float32Array) => (values.length ? total(values) / values.length : 0);

function deviation(values: Float32Array): number {
  const centre = mean(values);
  return Math.sqrt(mean(values.map((value) => (value - centre) ** 2)));
}

function scaled({ x, y }: MotionField, frameHeight: number): ScaledField {
  const across = x.values.map((value) => value / frameHeight);
  const down = y.values.map((value) => value / frameHeight);
  return { x: across, y: down, speed: across.map((value, i) => Math.hypot(value, down[i])), width: x.width };
}

/** Entropy of the directions of moving cells, weighted by their speed, 0 … log 8. */
function directionEntropy({ x, y, speed }: ScaledField): number {
  const sectors = new Float64Array(SECTORS).fill(1e-6);
  for (let i = 0; i < speed.length; i++) {
    if (speed[i] <= STILL) continue;
    const turn = (Math.atan2(y[i], x[i]) / (2 * Math.PI) + 1) % 1;
    sectors[Math.min(SECTORS - 1, Math.floor(turn * SECTORS))] += speed[i];
  }
  const sum = sectors.reduce((all, value) => all + value, 0);
  return -sectors.reduce((entropy, value) => entropy + (value / sum) * Math.log(value / sum), 0);
}

/** Mean and highest |∂x/∂x + ∂y/∂y| and |∂y/∂x − ∂x/∂y| by forward differences per cell. */
function gradients({ x, y, width }: ScaledField): number[] {
  const height = x.length / width;
  let [divergence, mostDivergence, curl, mostCurl] = [0, 0, 0, 0];
  for (let row = 0; row < height - 1; row++) {
    for (let column = 0; column < width - 1; column++) {
      const at = row * width + column;
      const spread = Math.abs(x[at + 1] - x[at] + y[at + width] - y[at]);
      const turn = Math.abs(y[at + 1] - y[at] - x[at + width] + x[at]);
      divergence += spread;
      curl += turn;
      mostDivergence = Math.max(mostDivergence, spread);
      mostCurl = Math.max(mostCurl, turn);
    }
  }
  const count = Math.max(1, (height - 1) * (width - 1));
  return [divergence / count, mostDivergence, curl / count, mostCurl];
}

/** Mean and highest |Δx| + |Δy|. */
function velocityChange(now: ScaledField, before: ScaledField): number[] {
  const change = now.x.map((value, i) => Math.abs(value - before.x[i]) + Math.abs(now.y[i] - before.y[i]));
  return [mean(change), highest(change)];
}
