/** How sensitive the rules would have had to be to raise an alert that they missed. Pure. */
import { replayAlerts } from './alert-rules';
import type { AlertOptions } from './alert-settings';
import type { Moment } from './moment';

/** A part of the picture, and so many times the present sensitivity there. */
export interface SensitivityNeed {
  /** Null: outside of all zones. */
  zone: { id: string; name: string } | null;
  /** 1 where the present rules raise an alert already. */
  times: number;
  /** The sensitivity that the part has, and the one it needs. */
  present: number;
  needed: number;
}

type Sensitive = Pick<AlertOptions, 'zones' | 'sensitivity'>;

/** An alert that ordinary footage raises more often than this, in seconds, is none. */
export const LEAST_PERIOD_S = 40;
/** Halvings of the search: the sensitivity is found to a hundredth. */
const HALVINGS = 14;

/** The rules with another sensitivity in one zone, or outside of all (null). */
export function withSensitivity<T extends Sensitive>(rules: T, zoneId: string | null, sensitivity: number): T {
  if (zoneId === null) return { ...rules, sensitivity };
  return { ...rules, zones: rules.zones.map((zone) => (zone.id === zoneId ? { ...zone, sensitivity } : zone)) };
}

/**
 * The part of the picture that needs least to raise an alert which overlaps the stretch, and what it needs. `moments` are those
 * of the stretch and shortly around it. Null where none would, down to moments as common as once in 40 seconds.
 */
export function sensitivityNeeded(
  moments: readonly Moment[],
  options: AlertOptions,
  { fromS, toS }: { fromS: number; toS: number },
): SensitivityNeed | null {
  const watched = options.zones.filter(({ kind }) => kind === 'watch');
  const rest = options.zones.length === 0 || options.outside ? [null] : [];
  const needs = [...rest, ...watched].flatMap((zone): SensitivityNeed[] => {
    const present = zone?.sensitivity ?? options.sensitivity;
    const raises = (times: number) =>
      replayAlerts(moments, withSensitivity(options, zone?.id ?? null, present * times)).some(
        (alert) =>
          alert.kind === 'unusual' &&
          (alert.zone?.id ?? null) === (zone?.id ?? null) &&
          alert.startS <= toS &&
          (alert.endS ?? alert.startS) >= fromS,
      );
    const times = leastTimes(raises, 3600 / (options.perHour * present) / LEAST_PERIOD_S);
    const where = zone && { id: zone.id, name: zone.name };
    return times === null ? [] : [{ zone: where, times, present, needed: present * times }];
  });
  return needs.sort((a, b) => a.times - b.times)[0] ?? null;
}

/** The least factor from 1 to `most` that does, rounded up to two figures; null where none does. */
function leastTimes(does: (times: number) => boolean, most: number): number | null {
  if (does(1)) return 1;
  if (most <= 1 || !does(most)) return null;
  let [low, high] = [0, Math.log(most)];
  for (let step = 0; step < HALVINGS; step++) {
    const middle = (low + high) / 2;
    if (does(Math.exp(middle))) high = middle;
    else low = middle;
  }
  const unit = 10 ** (Math.floor(high / Math.LN10) - 1);
  return Math.min(most, Number((Math.ceil(Math.exp(high) / unit) * unit).toPrecision(2)));
}
