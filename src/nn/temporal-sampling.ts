/** Which past frames a temporal range looks at. Ranges are defined in time, so frames may come at any, even uneven, spacing. */

/** A look back over `slots` moments, `rate` base intervals apart, the newest of them now. */
export interface TemporalRange {
  slots: number;
  rate: number;
}

/** ESTA table 4: 8 frames at rate 1, 16 at rate 2, 32 at rate 4; each therefore looks at 8 moments. */
export const ESTA_RANGES = {
  short: { slots: 8, rate: 1 },
  mid: { slots: 8, rate: 2 },
  long: { slots: 8, rate: 4 },
} as const satisfies Record<string, TemporalRange>;

/** The frame that stands for one moment of a range. */
export interface SampledFrame {
  /** Its place among the timestamps; −1 where no frame is near the moment. */
  index: number;
  /** How long ago it was, in seconds; of a missing frame, how long ago the moment is. */
  ageS: number;
}

/**
 * Slot k = 0 … slots − 1 takes the frame nearest to now − k·rate·intervalS, where now is the last timestamp. It is missing where
 * none lies within half a slot of that moment: at the start of a clip, in a gap, or where frames are sparser than the
 * range. So no frame is taken twice. `timestampsS` ascend; the last frame always fills slot 0.
 *
 * Throws RangeError on an empty list, or where rate or interval are not positive.
 */
export function sampleRange(
  timestampsS: readonly number[],
  { slots, rate }: TemporalRange,
  intervalS: number,
): SampledFrame[] {
  const slotS = rate * intervalS;
  if (!(slotS > 0)) throw new RangeError(`rate and interval must be positive, got ${rate} and ${intervalS} s`);
  if (timestampsS.length === 0) throw new RangeError('no frame to sample from');
  const nowS = timestampsS[timestampsS.length - 1];
  const samples = Array.from({ length: slots }, (_, k): SampledFrame => ({ index: -1, ageS: k * slotS }));
  const distances = new Array<number>(slots).fill(Number.POSITIVE_INFINITY);
  for (let index = timestampsS.length - 1; index >= 0; index--) {
    const ageS = nowS - timestampsS[index];
    const k = Math.round(ageS / slotS);
    if (k >= slots) break;
    const distance = Math.abs(ageS - k * slotS);
    if (distance >= distances[k]) continue;
    distances[k] = distance;
    samples[k] = { index, ageS };
  }
  return samples;
}

/** How far back in seconds any of the ranges can reach: frames older than that need not be kept. */
export function reachS(ranges: readonly TemporalRange[], intervalS: number): number {
  return Math.max(...ranges.map(({ slots, rate }) => (slots - 0.5) * rate * intervalS));
}

/** How many of the oldest frames lie beyond `reach` seconds before the last one. */
export function outdatedCount(timestampsS: readonly number[], reach: number): number {
  const nowS = timestampsS[timestampsS.length - 1];
  const first = timestampsS.findIndex((time) => nowS - time <= reach);
  return first < 0 ? 0 : first;
}
