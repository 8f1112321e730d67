/** What the user may set about alerts, and what holds until they do. */
import type { RunOptions } from './alert-run';
import type { Exception } from './exception';
import type { Zone } from './zone';

/** No alerts for a while: in one zone (by its id), outside of all zones (''), or anywhere (null). Times of the source. */
export interface Snooze {
  zoneId: string | null;
  fromS: number;
  untilS: number;
}

export interface AlertOptions extends RunOptions {
  /** Times rarer than the threshold at which an alert is a warning, and at which it is critical. */
  warningTimes: number;
  criticalTimes: number;
  /** Moments farther apart than this have a gap between them that nobody watched: alerts end before it, in seconds. */
  gapS: number;
  zones: readonly Zone[];
  /** So many times the alert budget is allowed outside of all zones: above 1 more alerts, below 1 fewer. */
  sensitivity: number;
  /** Whether what happens outside of all zones raises alerts too. */
  outside: boolean;
  snoozes: readonly Snooze[];
  /** What the user called normal here. */
  exceptions: readonly Exception[];
}

/** What is set for one source: all but the budget, which holds everywhere, and what the session knows by itself. */
export type SceneRules = Pick<
  AlertOptions,
  'minimumDurationS' | 'cooldownS' | 'warningTimes' | 'criticalTimes' | 'zones' | 'sensitivity' | 'outside'
>;

/** Live sources are looked at once a second or more; a recording may show nothing new for minutes. */
export function gapOf(live: boolean): number {
  return live ? 2.5 : Number.POSITIVE_INFINITY;
}

export const defaultAlertOptions: AlertOptions = {
  perHour: 1,
  minimumDurationS: 0.3,
  hysteresis: 4,
  releaseS: 1,
  cooldownS: 4,
  warningTimes: 4,
  criticalTimes: 24,
  gapS: gapOf(true),
  zones: [],
  sensitivity: 1,
  outside: true,
  snoozes: [],
  exceptions: [],
};

export const defaultSceneRules: SceneRules = {
  minimumDurationS: defaultAlertOptions.minimumDurationS,
  cooldownS: defaultAlertOptions.cooldownS,
  warningTimes: defaultAlertOptions.warningTimes,
  criticalTimes: defaultAlertOptions.criticalTimes,
  zones: [],
  sensitivity: 1,
  outside: true,
};

/** Throws RangeError, with what to change, where a setting is not possible. */
export function checkAlertOptions(options: AlertOptions): void {
  const { perHour, warningTimes, criticalTimes, zones, sensitivity: outside } = options;
  if (!(perHour > 0 && Number.isFinite(perHour)))
    throw new RangeError(`An alert budget of ${perHour} per hour is not possible; give a number above 0.`);
  for (const name of ['minimumDurationS', 'releaseS', 'cooldownS'] as const)
    if (!(options[name] >= 0 && Number.isFinite(options[name])))
      throw new RangeError(`${options[name]} seconds are not possible for ${name}; give 0 or more.`);
  if (!(warningTimes >= 1 && criticalTimes >= warningTimes))
    throw new RangeError(
      `Warnings from ${warningTimes} and critical from ${criticalTimes} times: give 1 or more, in this order.`,
    );
  if (!(outside > 0 && Number.isFinite(outside)))
    throw new RangeError(`A sensitivity of ${outside} is not possible; give a number above 0.`);
  for (const { name, points, sensitivity } of zones) {
    if (points.length < 3)
      throw new RangeError(`The zone “${name}” has ${points.length} corners; it needs at least 3.`);
    if (!(sensitivity > 0 && Number.isFinite(sensitivity)))
      throw new RangeError(`A sensitivity of ${sensitivity} is not possible for “${name}”; give a number above 0.`);
  }
}
