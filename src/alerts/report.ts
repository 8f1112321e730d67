/** The report of one analysed source, as the app and the command line save it: JSON for machines, CSV for spreadsheets. */
import type { Box } from '../lib/box';
import type { Alert, Severity } from './alert-rules';
import type { Moment, Reason } from './moment';

/** One analysed frame. */
export interface ReportFrame {
  timeS: number;
  /** Calibrated score, 0…1. */
  score: number;
  /** Return period in seconds: normal footage reaches this score once in so long. */
  rarity: number;
  /** Interval to the next analysed frame that was aimed at, milliseconds. */
  intervalMs: number;
}

export interface ReportEvent {
  startS: number;
  /** Null while it went on at the time of the report. */
  endS: number | null;
  severity: Severity;
  /** What it is about: something unusual, or the picture itself. */
  kind: Alert['kind'];
  /** Name of the zone it is in; null outside of all. */
  zone: string | null;
  /** Score, rarity and time of its rarest moment. */
  peak: number;
  peakRarity: number;
  peakS: number;
  reasons: Reason[];
  /** What was seen at the peak, most anomalous first, in pixels of the analysed frame. */
  boxes: (Box & { label: string; raw: number; reasons: Reason[] })[];
}

export interface Report {
  version: 1;
  source: { kind: string; name: string; width: number; height: number; durationS: number | null };
  detector: string;
  backend: string;
  /** What the scores rest on: the learned footage, and the alert budget. */
  calibration: { learnedDurationS: number; learnedFrames: number; alertsPerHour: number };
  /** Stretches that nobody analysed, in seconds. */
  gaps: { fromS: number; toS: number; why: string }[];
  frames: ReportFrame[];
  events: ReportEvent[];
}

export interface ReportParts extends Omit<Report, 'version' | 'frames' | 'events'> {
  frames: Iterable<Pick<Moment, 'timeS' | 'score' | 'returnPeriodS'> & { intervalMs: number }>;
  alerts: Iterable<Alert>;
}

/** Times to the millisecond, scores to four digits. */
export function createReport({ frames, alerts, ...parts }: ReportParts): Report {
  return {
    version: 1,
    ...parts,
    frames: Array.from(frames, ({ timeS, score, returnPeriodS, intervalMs }) => ({
      timeS: rounded(timeS, 3),
      score: rounded(score, 4),
      rarity: rounded(returnPeriodS, 3),
      intervalMs: rounded(intervalMs, 1),
    })),
    events: Array.from(alerts, reportEvent),
  };
}

function reportEvent({ startS, endS, severity, kind, zone, peak }: Alert): ReportEvent {
  return {
    startS: rounded(startS, 3),
    endS: endS === null ? null : rounded(endS, 3),
    severity,
    kind,
    zone: zone?.name ?? null,
    peak: rounded(peak.score, 4),
    peakRarity: rounded(peak.returnPeriodS, 3),
    peakS: rounded(peak.timeS, 3),
    reasons: peak.reasons,
    boxes: [...peak.objects]
      .sort((a, b) => b.raw - a.raw)
      .map(({ x0, y0, x1, y1, label, raw, reasons }) => ({ x0, y0, x1, y1, label, raw, reasons })),
  };
}

const rounded = (value: number, digits: number) => Math.round(value * 10 ** digits) / 10 ** digits;

/** One line per analysed frame; `event` is the number of the event that holds it, from 1, or empty. */
export function reportCsv({ frames, events }: Report): string {
  const eventAt = (timeS: number) =>
    events.findIndex(({ startS, endS }) => timeS >= startS && timeS <= (endS ?? Number.POSITIVE_INFINITY));
  const lines = frames.map(({ timeS, score, rarity, intervalMs }) => {
    const event = eventAt(timeS);
    const reasons = event < 0 ? '' : events[event].reasons.map(({ text }) => text).join('; ');
    return [timeS, score, rarity, intervalMs, event < 0 ? '' : event + 1, quoted(reasons)].join(',');
  });
  return ['timeS,score,rarityS,intervalMs,event,reasons', ...lines, ''].join('\r\n');
}

/** RFC 4180; a leading sign that a spreadsheet would take for a formula is defused. */
function quoted(text: string): string {
  const safe = /^[=+\-@\t]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
