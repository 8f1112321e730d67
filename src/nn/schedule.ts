/** The learning rate over a training run. */

export interface OneCycleOptions {
  /** Highest learning rate. */
  peak: number;
  /** Part of the run in which the rate rises, 0 … 1. */
  warmUp: number;
  /** The run starts at peak/start … */
  startDivisor: number;
  /** … and ends at peak/end. */
  endDivisor: number;
}

export const oneCycleDefaults: OneCycleOptions = { peak: 1e-3, warmUp: 0.3, startDivisor: 25, endDivisor: 1e4 };

/**
 * One-cycle learning rate (Smith & Topin 2019) at `step` of `steps` (0 … steps − 1): along half a cosine from the start up
 * to the peak, then along half a cosine down to the end. Throws RangeError where `steps` is not positive.
 */
export function oneCycle(step: number, steps: number, options: Partial<OneCycleOptions> = {}): number {
  if (!(steps > 0)) throw new RangeError(`a schedule needs a positive number of steps, got ${steps}`);
  const { peak, warmUp, startDivisor, endDivisor } = { ...oneCycleDefaults, ...options };
  const progress = steps === 1 ? 1 : Math.min(1, step / (steps - 1));
  if (progress < warmUp) return cosine(peak / startDivisor, peak, progress / warmUp);
  return cosine(peak, peak / endDivisor, warmUp === 1 ? 1 : (progress - warmUp) / (1 - warmUp));
}

const cosine = (from: number, to: number, progress: number) =>
  from + ((to - from) * (1 - Math.cos(Math.PI * progress))) / 2;
