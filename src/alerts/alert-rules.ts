/**
 * Which moments become alerts: a run of moments rarer than the alert budget allows. Pure and replayable.
 *
 *   quiet ──rare──► pending ──minimum duration──► open ──ordinary──► closing ──release──► quiet (cooling)
 *     ▲───not rare─────┘                           ▲──rare again──────┘
 *     └ a moment as rare within the cooldown reopens the alert that closed
 */
import type { Moment } from './moment';

export type Severity = 'notice' | 'warning' | 'critical';

/** A run of rare moments. */
export interface Alert {
  id: string;
  startS: number;
  /** Null while it goes on. */
  endS: number | null;
  /** The rarest moment in it. */
  peak: Moment;
  severity: Severity;
}

export interface AlertOptions {
  /** Expected false alarms per hour: a moment must be rarer than once in 3600 / perHour seconds. */
  perHour: number;
  /** A run shorter than this raises no alert, in seconds. */
  minimumDurationS: number;
  /** The run goes on until moments are this many times more ordinary than the threshold. */
  hysteresis: number;
  /** … for this long, in seconds. */
  releaseS: number;
  /** A rare moment this soon after an alert's end belongs to that alert, in seconds. */
  cooldownS: number;
}

export const defaultAlertOptions: AlertOptions = {
  perHour: 1,
  minimumDurationS: 0.3,
  hysteresis: 4,
  releaseS: 1,
  cooldownS: 4,
};

/** How rare a moment must be to count, as the seconds between two such moments in normal footage. */
export const thresholdPeriodS = (perHour: number) => 3600 / perHour;

/** Times rarer than the threshold at which an alert is a warning, and at which it is critical. */
const WARNING = 4;
const CRITICAL = 24;

export function severityOf(returnPeriodS: number, perHour: number): Severity {
  const times = returnPeriodS / thresholdPeriodS(perHour);
  if (times >= CRITICAL) return 'critical';
  return times >= WARNING ? 'warning' : 'notice';
}

export interface AlertRules {
  /** Take the next moment; returns the alert that began, changed (new peak, end, reopened), or null. The returned value is not changed later. */
  step(moment: Moment): Alert | null;
  /** Close what is open, for good: the source ended or nobody looks any more. */
  finish(): Alert | null;
  /** From now on; throws RangeError unless 0 < perHour < ∞. */
  setBudget(perHour: number): void;
}

export function createAlertRules(given: Partial<AlertOptions> = {}): AlertRules {
  const options = { ...defaultAlertOptions, ...given };
  checkBudget(options.perHour);
  /** The run under way: pending until `raised`. */
  let run: { startS: number; peak: Moment; raised: boolean } | null = null;
  let closed: Alert | null = null;
  let rareS = 0;
  let number = 0;

  const snapshot = (endS: number | null): Alert => ({
    id: `alert-${number}`,
    startS: run!.startS,
    endS,
    peak: run!.peak,
    severity: severityOf(run!.peak.returnPeriodS, options.perHour),
  });
  const close = (): Alert | null => {
    const ended = run?.raised ? snapshot(rareS) : null;
    run = null;
    if (ended) closed = ended;
    return ended;
  };
  const open = (moment: Moment): Alert | null => {
    const reopens = closed?.endS != null && moment.timeS - closed.endS <= options.cooldownS;
    if (!reopens) {
      run = { startS: moment.timeS, peak: moment, raised: false };
      return null;
    }
    run = { startS: closed!.startS, peak: rarer(closed!.peak, moment), raised: true };
    return snapshot(null);
  };

  return {
    step(moment) {
      const threshold = thresholdPeriodS(options.perHour);
      const rare = moment.returnPeriodS >= threshold;
      if (rare || (run && moment.returnPeriodS >= threshold / options.hysteresis)) rareS = moment.timeS;
      if (!run) return rare ? open(moment) : null;
      if (moment.timeS - rareS > (run.raised ? options.releaseS : 0)) return close();
      const peaked = moment.returnPeriodS > run.peak.returnPeriodS;
      run.peak = rarer(run.peak, moment);
      if (!run.raised && moment.timeS - run.startS >= options.minimumDurationS) {
        run.raised = true;
        number++;
        return snapshot(null);
      }
      return run.raised && peaked ? snapshot(null) : null;
    },
    finish() {
      const ended = close();
      closed = null;
      return ended;
    },
    setBudget(perHour) {
      checkBudget(perHour);
      options.perHour = perHour;
    },
  };
}

/** The alerts of a whole series of moments, as live analysis would have raised them. */
export function replayAlerts(moments: Iterable<Moment>, options: Partial<AlertOptions> = {}): Alert[] {
  const rules = createAlertRules(options);
  const alerts = new Map<string, Alert>();
  const keep = (alert: Alert | null) => alert && alerts.set(alert.id, alert);
  for (const moment of moments) keep(rules.step(moment));
  keep(rules.finish());
  return [...alerts.values()];
}

const rarer = (a: Moment, b: Moment) => (b.returnPeriodS > a.returnPeriodS ? b : a);

function checkBudget(perHour: number) {
  if (!(perHour > 0 && Number.isFinite(perHour))) {
    throw new RangeError(`An alert budget of ${perHour} per hour is not possible; give a number above 0.`);
  }
}
