/** How rare a moment is, in words, and its place on the logarithmic scale of the meter and the timeline. */

const DAY_S = 86_400;
/** What comes more often than this, in seconds, is called ordinary. */
export const ORDINARY_S = 5;

/** Ticks of the scale that goes from "every second" to "once a day or rarer". */
export const rarityTicks = [
  { periodS: 1, word: '1 s' },
  { periodS: 60, word: '1 min' },
  { periodS: 3600, word: '1 h' },
  { periodS: DAY_S, word: '1 day' },
] as const;

/** Return period in seconds → 0 (every second or more often) … 1 (once a day or rarer), logarithmic. */
export function rarityOfPeriod(periodS: number): number {
  return Math.min(1, Math.max(0, Math.log(Math.max(periodS, 1)) / Math.log(DAY_S)));
}

/** The return period an alert budget allows, in seconds: one expected false alarm per so much time. */
export const periodOfBudget = (alertsPerHour: number) => 3600 / alertsPerHour;

function amount(value: number, unit: string): string {
  const whole = Math.round(value);
  return whole === 1 ? `1 ${unit}` : `${whole} ${unit}s`;
}

/** '12 seconds', '40 minutes', '3 hours', '1 day': one figure, rounded. */
export function periodInWords(periodS: number): string {
  if (periodS < 59.5) return amount(Math.max(1, periodS), 'second');
  if (periodS < 59.5 * 60) return amount(periodS / 60, 'minute');
  if (periodS < 23.5 * 3600) return amount(periodS / 3600, 'hour');
  return amount(periodS / DAY_S, 'day');
}

/**
 * How often normal footage of this scene looks like this: 'ordinary here', 'about once in 40 minutes here'.
 * `extrapolated` softens it: the period lies beyond what the learning footage can support. `where` that footage was taken:
 * 'elsewhere' while no scene is learned.
 */
export function rarityInWords(periodS: number, extrapolated = false, where: RarityPlace = 'here'): string {
  if (periodS < ORDINARY_S) return `ordinary ${where}`;
  const hedge = extrapolated ? 'perhaps' : 'about';
  if (periodS >= DAY_S) return extrapolated ? `never seen ${where}` : `rarer than once a day ${where}`;
  return `${hedge} once in ${periodInWords(periodS)} ${where}`;
}

export type RarityPlace = 'here' | 'elsewhere';

/** Where the footage was taken that a moment is compared with. */
export const rarityPlace = ({ scene }: { scene: unknown }): RarityPlace => (scene ? 'here' : 'elsewhere');

/** 'one false alarm an hour', '4 false alarms an hour', 'one false alarm in 6 hours'. */
export function budgetInWords(alertsPerHour: number): string {
  if (alertsPerHour === 1) return 'one false alarm an hour';
  if (alertsPerHour > 1) return `${Math.round(alertsPerHour)} false alarms an hour`;
  return `one false alarm in ${periodInWords(3600 / alertsPerHour)}`;
}
