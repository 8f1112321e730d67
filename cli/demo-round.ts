/** Which of the plaza's planted anomalies raise an alert, how soon and how rare, and what is alerted besides. */
import { createAlertRules } from '../src/alerts/alert-rules';
import { thresholdPeriodS } from '../src/alerts/alert-run';
import type { Moment } from '../src/alerts/moment';
import type { Detector } from '../src/detectors/detector';
import type { AnomalyKind } from '../src/media/synthetic/actor';
import { createPlaza, type PlazaOptions, type Truth } from '../src/media/synthetic/plaza';

/** An analysed frame of the plaza, with what is really there. */
export interface JudgedFrame {
  moment: Moment;
  truth: Pick<Truth, 'boxes'>;
}

/** What became of one planted anomaly. */
export interface AnomalyOutcome {
  kind: AnomalyKind;
  /** When it shows, in seconds of the source. */
  fromS: number;
  toS: number;
  alerted: boolean;
  /** From its first frame to the raising of the alert that its rare moments belong to; negative where that was open already; null without one. */
  delayS: number | null;
  /** Of its rarest moment. */
  returnPeriodS: number;
  /** The strongest reason given then. */
  reason: string | null;
}

export interface RoundOutcome {
  anomalies: AnomalyOutcome[];
  /** Alerts raised when no anomaly showed. */
  others: { raisedS: number; returnPeriodS: number; reason: string | null }[];
}

/** A thing's shadow and its first third come into the picture so long before it counts as shown, in seconds. */
const LEAD_S = 0.5;
/** Evidence is averaged: what has just left still shows for so long, in seconds. */
const LINGER_S = 1.5;

/** Every frame of a stretch of the plaza through the detector, from a new clip on. */
export async function watchPlaza(
  detector: Detector,
  options: PlazaOptions & { durationS: number },
  onProgress: (timeS: number) => void = () => {},
): Promise<JudgedFrame[]> {
  const plaza = createPlaza(options);
  const frames: JudgedFrame[] = [];
  detector.reset();
  for (let index = 0; index < Math.ceil(options.durationS * plaza.fps - 1e-9); index++) {
    const { frame, truth } = plaza.frameAt(index);
    const { evidence: _, motion: __, ...moment } = await detector.step(frame);
    const objects = moment.objects.filter(({ raw }) => raw > 0).map((object) => ({ ...object, reasons: [] }));
    frames.push({ moment: { ...moment, objects }, truth: { boxes: truth.boxes } });
    onProgress(frame.timeS);
  }
  return frames;
}

/** The frames of one round, in order, through the alert rules. */
export function roundOutcome(frames: readonly JudgedFrame[], perHour = 1): RoundOutcome {
  const { raisings, openSinceS } = followAlerts(frames, perHour);
  const shown = shownAnomalies(frames);
  const anomalies = shown.map(({ kind, fromS, toS }): AnomalyOutcome => {
    const during = frames.flatMap(({ moment }, i) =>
      moment.timeS >= fromS && moment.timeS <= toS + LINGER_S ? [{ moment, sinceS: openSinceS[i] }] : [],
    );
    const rare = during.filter(({ moment }) => moment.returnPeriodS >= thresholdPeriodS(perHour));
    const sinceS = rare.find((one) => one.sinceS !== null)?.sinceS ?? null;
    const { moment: peak } = during.reduce((most, one) =>
      one.moment.returnPeriodS > most.moment.returnPeriodS ? one : most,
    );
    return {
      kind,
      fromS,
      toS,
      alerted: sinceS !== null,
      delayS: sinceS === null ? null : sinceS - fromS,
      returnPeriodS: peak.returnPeriodS,
      reason: peak.reasons[0]?.text ?? null,
    };
  });
  const explained = (raisedS: number) =>
    shown.some(({ fromS, toS }) => raisedS >= fromS - LEAD_S && raisedS <= toS + LINGER_S);
  const others = raisings
    .filter(({ raisedS }) => !explained(raisedS))
    .map(({ raisedS, peak }) => ({
      raisedS,
      returnPeriodS: peak.returnPeriodS,
      reason: peak.reasons[0]?.text ?? null,
    }));
  return { anomalies, others };
}

/** Every raising or reopening of an alert, with its peak in the end, and per frame since when one is open. */
function followAlerts(frames: readonly JudgedFrame[], perHour: number) {
  const rules = createAlertRules({ perHour });
  const raisings: { raisedS: number; peak: Moment }[] = [];
  let sinceS: number | null = null;
  const openSinceS = frames.map(({ moment }) => {
    for (const alert of rules.step(moment)) {
      if (alert.endS === null && sinceS === null) {
        sinceS = moment.timeS;
        raisings.push({ raisedS: sinceS, peak: alert.peak });
      }
      raisings[raisings.length - 1].peak = alert.peak;
      if (alert.endS !== null) sinceS = null;
    }
    return sinceS;
  });
  return { raisings, openSinceS };
}

/** Each planted anomaly that shows, in order of appearance; one thing may consist of several objects, such as a bag and who drops it. */
function shownAnomalies(frames: readonly JudgedFrame[]) {
  const shown: { kind: AnomalyKind; fromS: number; toS: number }[] = [];
  for (const { moment, truth } of frames) {
    for (const { kind } of truth.boxes.filter(({ abnormal }) => abnormal)) {
      const known = shown.findLast((one) => one.kind === kind && moment.timeS - one.toS < 5);
      if (known) known.toS = moment.timeS;
      else shown.push({ kind: kind as AnomalyKind, fromS: moment.timeS, toS: moment.timeS });
    }
  }
  return shown;
}
