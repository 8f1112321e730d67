/**
 * Which moments become alerts: a run of moments rarer than the alert budget allows. Pure and replayable.
 *
 *   quiet ──rare──► pending ──minimum duration──► open ──ordinary──► closing ──release──► quiet (cooling)
 *     ▲───not rare─────┘                           ▲──rare again──────┘
 *     └ a moment as rare within the cooldown reopens the alert that closed
 *
 * An alert is about one thing: when that is gone for the release time and another, elsewhere, is what is rare, the alert
 * ends and the next begins.
 */
import type { Moment, ObservedObject } from './moment';
import { followed, isNear, subjectOf } from './subject';

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
  /** A rare moment this soon after an alert's end belongs to that alert, in seconds, unless it is about a thing elsewhere. */
  cooldownS: number;
}

export const defaultAlertOptions: AlertOptions = {
  perHour: 1,
  minimumDurationS: 0.3,
  hysteresis: 4,
  releaseS: 1,
  cooldownS: 4,
};

/** The run of rare moments under way: pending until `raised`. */
interface Run {
  startS: number;
  peak: Moment;
  raised: boolean;
  /** What it is about, and when that was last seen. */
  subject: ObservedObject | null;
  subjectS: number;
}

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
  let run: Run | null = null;
  let closed: { alert: Alert; subject: ObservedObject | null } | null = null;
  let rareS = 0;
  let number = 0;

  const snapshot = (endS: number | null): Alert => ({
    id: `alert-${number}`,
    startS: run!.startS,
    endS,
    peak: run!.peak,
    severity: severityOf(run!.peak.returnPeriodS, options.perHour),
  });
  const close = (endS = rareS): Alert | null => {
    const ended = run?.raised ? snapshot(endS) : null;
    if (ended) closed = { alert: ended, subject: run!.subject };
    run = null;
    return ended;
  };
  const open = (moment: Moment): Alert | null => {
    const begun = { startS: moment.timeS, peak: moment, subject: subjectOf(moment), subjectS: moment.timeS };
    if (!closed || !reopens(closed.alert, closed.subject, moment, options.cooldownS)) {
      run = { ...begun, raised: false };
      return null;
    }
    const { startS, peak } = closed.alert;
    run = { ...begun, startS, peak: rarer(peak, moment), raised: true };
    return snapshot(null);
  };
  /** The alert goes on: its peak and where its subject is. Returns it where it was raised or reached a new peak. */
  const goOn = (moment: Moment, current: Run): Alert | null => {
    const subject = current.subject ? followed(current.subject, moment) : subjectOf(moment);
    const about = subject !== null || moment.objects.length === 0;
    if (about) Object.assign(current, { subject: subject ?? current.subject, subjectS: moment.timeS });
    const peaked = about && moment.returnPeriodS > current.peak.returnPeriodS;
    if (about) current.peak = rarer(current.peak, moment);
    if (!current.raised && moment.timeS - current.startS >= options.minimumDurationS) {
      current.raised = true;
      number++;
      return snapshot(null);
    }
    return current.raised && peaked ? snapshot(null) : null;
  };

  return {
    step(moment) {
      const threshold = thresholdPeriodS(options.perHour);
      const rare = moment.returnPeriodS >= threshold;
      if (rare || (run && moment.returnPeriodS >= threshold / options.hysteresis)) rareS = moment.timeS;
      if (!run) return rare ? open(moment) : null;
      if (moment.timeS - rareS > (run.raised ? options.releaseS : 0)) return close();
      const changed = goOn(moment, run);
      if (!rare || !run.raised || moment.timeS - run.subjectS <= options.releaseS) return changed;
      const ended = close(run.subjectS);
      open(moment);
      return ended;
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

/** Whether a rare moment belongs to the alert that has just closed. */
function reopens(closed: Alert, about: ObservedObject | null, moment: Moment, cooldownS: number): boolean {
  if (closed.endS === null || moment.timeS - closed.endS > cooldownS) return false;
  const subject = subjectOf(moment);
  return !about || !subject || about.trackId === subject.trackId || isNear(about, subject);
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
