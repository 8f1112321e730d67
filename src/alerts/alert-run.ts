/**
 * Alerts in one part of the picture: a run of moments rarer than the budget allows. Pure.
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

/** What one run needs to know of the settings. */
export interface RunOptions {
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

/** A run that has become an alert. */
export interface RaisedRun {
  /** Which of the runs raised here it is, from 1. */
  number: number;
  startS: number;
  /** Null while it goes on. */
  endS: number | null;
  /** The rarest moment in it. */
  peak: Moment;
}

/** The run of rare moments under way: pending until it has a number. */
interface Run {
  startS: number;
  peak: Moment;
  number: number | null;
  /** What it is about, and when that was last seen. */
  subject: ObservedObject | null;
  subjectS: number;
}

/** How rare a moment must be to count, as the seconds between two such moments in normal footage. */
export const thresholdPeriodS = (perHour: number) => 3600 / perHour;

/** `options` is asked at every moment, since the user may change it; `nextNumber` counts the alerts. */
export function createAlertRun(options: () => RunOptions, nextNumber: () => number) {
  let run: Run | null = null;
  let closed: { raised: RaisedRun; subject: ObservedObject | null } | null = null;
  let rareS = 0;

  const snapshot = ({ number, startS, peak }: Run, endS: number | null): RaisedRun => ({
    number: number ?? 0,
    startS,
    endS,
    peak,
  });
  const close = (endS = rareS): RaisedRun | null => {
    const ended = run && run.number !== null ? snapshot(run, endS) : null;
    if (run && ended) closed = { raised: ended, subject: run.subject };
    run = null;
    return ended;
  };
  const open = (moment: Moment): RaisedRun | null => {
    const begun = { startS: moment.timeS, peak: moment, subject: subjectOf(moment), subjectS: moment.timeS };
    if (!closed || !reopens(closed.raised, closed.subject, moment, options().cooldownS)) {
      run = { ...begun, number: null };
      return null;
    }
    const { startS, peak, number } = closed.raised;
    run = { ...begun, startS, peak: rarer(peak, moment), number };
    return snapshot(run, null);
  };
  /** The alert goes on: its peak and where its subject is. Returns it where it was raised or reached a new peak. */
  const goOn = (moment: Moment, current: Run): RaisedRun | null => {
    const subject = current.subject ? followed(current.subject, moment) : subjectOf(moment);
    const about = subject !== null || subjectOf(moment) === null;
    if (about) Object.assign(current, { subject: subject ?? current.subject, subjectS: moment.timeS });
    const peaked = about && moment.returnPeriodS > current.peak.returnPeriodS;
    if (about) current.peak = rarer(current.peak, moment);
    if (current.number === null && moment.timeS - current.startS >= options().minimumDurationS) {
      current.number = nextNumber();
      return snapshot(current, null);
    }
    return current.number !== null && peaked ? snapshot(current, null) : null;
  };

  return {
    /** Take the next moment; returns the alert that began, changed (new peak, end, reopened), or null. */
    step(moment: Moment): RaisedRun | null {
      const { perHour, hysteresis, releaseS } = options();
      const threshold = thresholdPeriodS(perHour);
      const rare = moment.returnPeriodS >= threshold;
      if (rare || (run && moment.returnPeriodS >= threshold / hysteresis)) rareS = moment.timeS;
      if (!run) return rare ? open(moment) : null;
      if (moment.timeS - rareS > (run.number !== null ? releaseS : 0)) return close();
      const changed = goOn(moment, run);
      if (!rare || run.number === null || moment.timeS - run.subjectS <= releaseS) return changed;
      const ended = close(run.subjectS);
      open(moment);
      return ended;
    },
    /** Close what is open, for good. */
    finish(): RaisedRun | null {
      const ended = close();
      closed = null;
      return ended;
    },
  };
}

/** Whether a rare moment belongs to the alert that has just closed. */
function reopens(closed: RaisedRun, about: ObservedObject | null, moment: Moment, cooldownS: number): boolean {
  if (closed.endS === null || moment.timeS - closed.endS > cooldownS) return false;
  const subject = subjectOf(moment);
  return !about || !subject || about.trackId === subject.trackId || isNear(about, subject);
}

const rarer = (a: Moment, b: Moment) => (b.returnPeriodS > a.returnPeriodS ? b : a);
