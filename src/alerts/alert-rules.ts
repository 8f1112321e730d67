/**
 * Which moments become alerts. Pure and replayable: the same moments and settings give the same alerts.
 *
 * Each zone, and what lies outside of all, is judged by itself (`alert-run.ts`); while the picture as a whole cannot be
 * judged only the picture itself raises an alert (`view-alert.ts`).
 */
import { isJudged } from '../vision/view-state';
import { createAlertRun, type RaisedRun, thresholdPeriodS } from './alert-run';
import { type AlertOptions, checkAlertOptions, defaultAlertOptions } from './alert-settings';
import { momentWithout } from './exception';
import type { Moment } from './moment';
import { createViewAlert, type ViewAlertKind, type ViewRun } from './view-alert';
import { isWatched, momentIn, type Zone, zoneAt } from './zone';

export type Severity = 'notice' | 'warning' | 'critical';

/** A run of rare moments, or a stretch in which the camera could see nothing. */
export interface Alert {
  id: string;
  kind: 'unusual' | ViewAlertKind;
  /** The zone it is in; null outside of all, and for the picture as a whole. */
  zone: { id: string; name: string } | null;
  startS: number;
  /** Null while it goes on. */
  endS: number | null;
  /** The rarest moment in it; for the picture as a whole, the first. In a zone it holds what was there. */
  peak: Moment;
  severity: Severity;
}

type Tiers = Pick<AlertOptions, 'warningTimes' | 'criticalTimes'>;

/** How much rarer than the threshold of `perHour` the peak is. */
export function severityOf(returnPeriodS: number, perHour: number, tiers: Tiers = defaultAlertOptions): Severity {
  const times = returnPeriodS / thresholdPeriodS(perHour);
  if (times >= tiers.criticalTimes) return 'critical';
  return times >= tiers.warningTimes ? 'warning' : 'notice';
}

export interface AlertRules {
  /** Take the next moment; returns the alerts that began or changed (new peak, end, reopened). What is returned is not changed later. */
  step(moment: Moment): Alert[];
  /** Close what is open, for good: the source ended or nobody looks any more. */
  finish(): Alert[];
  /** From now on; throws RangeError where a setting is not possible, and keeps the ones before. */
  configure(options: Partial<AlertOptions>): void;
}

/** The rest of the picture, outside of all zones. */
const REST = '';
/** Nothing unusual: what an unjudged or unwatched moment is to a run. */
const nothing = (moment: Moment): Moment => ({ ...moment, returnPeriodS: 0, objects: [] });

export function createAlertRules(given: Partial<AlertOptions> = {}): AlertRules {
  let options = { ...defaultAlertOptions, ...given };
  checkAlertOptions(options);
  let count = 0;
  let lastS: number | null = null;
  const nextNumber = () => ++count;
  const view = createViewAlert(() => options.cooldownS, nextNumber);
  const parts = new Map<string, { zone: Zone | null; run: ReturnType<typeof createAlertRun> }>();
  /** Alerts of zones that are gone: told with the next moment. */
  let leftOver: Alert[] = [];
  arrange();

  /** One run per zone to watch and one for the rest; runs of zones that stay go on. */
  function arrange(): void {
    const zones = options.zones.filter(({ kind }) => kind === 'watch');
    for (const [id, { zone, run }] of parts) {
      if (id === REST || zones.some((each) => each.id === id)) continue;
      leftOver.push(...raised(run.finish(), zone));
      parts.delete(id);
    }
    for (const zone of [...zones, null]) {
      const id = zone?.id ?? REST;
      const run =
        parts.get(id)?.run ??
        createAlertRun(() => ({ ...options, perHour: budgetIn(parts.get(id)?.zone) }), nextNumber);
      parts.set(id, { zone, run });
    }
  }

  const budgetIn = (zone: Zone | null | undefined) => options.perHour * (zone?.sensitivity ?? options.sensitivity);

  function raised(run: RaisedRun | null, zone: Zone | null): Alert[] {
    if (!run) return [];
    const { number, startS, endS, peak } = run;
    const severity = severityOf(peak.returnPeriodS, budgetIn(zone), options);
    const where = zone && { id: zone.id, name: zone.name };
    return [{ id: `alert-${number}`, kind: 'unusual', zone: where, startS, endS, peak, severity }];
  }

  const isSnoozed = (zoneId: string, timeS: number) =>
    options.snoozes.some(
      (snooze) => (snooze.zoneId ?? zoneId) === zoneId && timeS >= snooze.fromS && timeS < snooze.untilS,
    );

  /** The moment as this part of the picture sees it. */
  function seenBy(zone: Zone | null, moment: Moment): Moment {
    const id = zone?.id ?? REST;
    const isOff = zone ? !isWatched(zone, moment) : options.zones.length > 0 && !options.outside;
    if (isOff || !isJudged(moment.view ?? 'clear') || isSnoozed(id, moment.timeS)) return nothing(moment);
    if (options.zones.length === 0) return moment;
    return momentIn(moment, (point) => (zoneAt(options.zones, point)?.id ?? REST) === id);
  }

  function finish(): Alert[] {
    const ended = [...parts.values()].flatMap(({ zone, run }) => raised(run.finish(), zone));
    const closing = view.finish();
    const all = [...takeLeftOver(), ...ended, ...(closing ? [ofView(closing)] : [])];
    lastS = null;
    return all;
  }

  function takeLeftOver(): Alert[] {
    const alerts = leftOver;
    leftOver = [];
    return alerts;
  }

  return {
    step(given) {
      const moment = momentWithout(given, options.exceptions);
      const { timeS } = moment;
      // Nobody watched in between, or the source began anew: what was open has ended.
      const before = lastS !== null && (timeS < lastS || timeS - lastS > options.gapS) ? finish() : takeLeftOver();
      lastS = timeS;
      const changed = [...parts.values()].flatMap(({ zone, run }) => raised(run.step(seenBy(zone, moment)), zone));
      return [...before, ...changed, ...view.step(moment).map(ofView)];
    },
    finish,
    configure(changes) {
      const wanted = { ...options, ...changes };
      checkAlertOptions(wanted);
      options = wanted;
      arrange();
    },
  };
}

const ofView = ({ number, kind, startS, endS, peak }: ViewRun): Alert => ({
  id: `alert-${number}`,
  kind,
  zone: null,
  startS,
  endS,
  peak,
  severity: 'critical',
});

/** The alerts of a whole series of moments, as live analysis would have raised them. */
export function replayAlerts(moments: Iterable<Moment>, options: Partial<AlertOptions> = {}): Alert[] {
  const rules = createAlertRules(options);
  const alerts = new Map<string, Alert>();
  const keep = (changed: Alert[]) => {
    for (const alert of changed) alerts.set(alert.id, alert);
  };
  for (const moment of moments) keep(rules.step(moment));
  keep(rules.finish());
  return [...alerts.values()].sort((a, b) => a.startS - b.startS);
}
