/** Events per second over the last few seconds, for the engine's status. */

/** Counts events over a sliding window of `windowMs` milliseconds; `now` in milliseconds of a steady clock. */
export function createRateMeter(windowMs = 3000) {
  let times: number[] = [];
  let firstMs: number | null = null;
  return {
    count(now: number): void {
      firstMs ??= now;
      times.push(now);
    },
    /** Events per second; the window is shorter at the start. */
    rate(now: number): number {
      times = times.filter((time) => now - time < windowMs);
      if (firstMs === null) return 0;
      const spanMs = Math.min(windowMs, now - firstMs);
      return spanMs < 250 ? 0 : (times.length * 1000) / spanMs;
    },
  };
}
