/** The part of the timeline in view as a series to draw: decimated with its peaks, broken where nobody looked. */
import type { Alert } from '../../alerts/alert-rules';
import type { TimelineGap, TimelinePoint } from '../../state/watch-store';

/** One point to draw; a null score breaks the line. */
export interface SeriesPoint {
  timeS: number;
  score: number | null;
}

/** A stretch of time that stands out. */
export type Mark = Pick<Alert, 'id' | 'startS' | 'endS' | 'severity'>;

/** A stretch of time, in seconds. */
export type Span = [fromS: number, toS: number];

/** The highest point of each of at most `most` equal spells of time, in order. */
function peaks(points: TimelinePoint[], [fromS, toS]: Span, most: number): TimelinePoint[] {
  if (points.length <= most) return points;
  const highest = new Map<number, TimelinePoint>();
  for (const point of points) {
    const spell = Math.min(most - 1, Math.floor(((point.timeS - fromS) / (toS - fromS)) * most));
    const known = highest.get(spell);
    if (!known || point.score > known.score) highest.set(spell, point);
  }
  return [...highest.values()];
}

/**
 * Points within `view` (and the nearest on either side, so that the line reaches the edge), at most about `most`,
 * with a break for every gap between two of them.
 */
export function timelineSeries(points: TimelinePoint[], gaps: TimelineGap[], view: Span, most = 600): SeriesPoint[] {
  const [fromS, toS] = view;
  const first = Math.max(0, points.findIndex(({ timeS }) => timeS >= fromS) - 1);
  const after = points.findIndex(({ timeS }) => timeS > toS);
  const inView = points.slice(first, after < 0 ? points.length : after + 1);
  const series: SeriesPoint[] = peaks(inView, view, most).map(({ timeS, score }) => ({ timeS, score }));
  for (const gap of gaps) series.push({ timeS: (gap.fromS + gap.toS) / 2, score: null });
  return series.sort((a, b) => a.timeS - b.timeS);
}

/** The judged point nearest to a moment, unless a gap holds it or none lies within `reachS` seconds; else null. */
export function pointAt(points: TimelinePoint[], gaps: TimelineGap[], timeS: number, reachS: number) {
  if (gaps.some((gap) => timeS >= gap.fromS && timeS <= gap.toS)) return null;
  let nearest: TimelinePoint | null = null;
  for (const point of points) {
    if (!nearest || Math.abs(point.timeS - timeS) < Math.abs(nearest.timeS - timeS)) nearest = point;
  }
  return nearest && Math.abs(nearest.timeS - timeS) <= reachS ? nearest : null;
}

/** The stretch in view: the chosen one, or all; `following` keeps the chosen length at the growing end. */
export function viewOf(chosen: Span | null, following: boolean, whole: Span): Span {
  if (!chosen) return whole;
  const length = Math.min(chosen[1] - chosen[0], whole[1] - whole[0]);
  return following ? [whole[1] - length, whole[1]] : [Math.max(whole[0], chosen[0]), Math.min(whole[1], chosen[1])];
}

const severities = ['notice', 'warning', 'critical'] as const;

/**
 * The marks within the view, at most about `most`: neighbours too near to be told apart are merged and take the gravest
 * severity. Those of an overcrowded view thus stay as many as the screen can show.
 */
export function mergedMarks(marks: readonly Mark[], view: Span, most = 150): Mark[] {
  const apartS = (view[1] - view[0]) / most;
  const inView = marks
    .filter(({ startS, endS }) => startS <= view[1] && (endS ?? Number.POSITIVE_INFINITY) >= view[0])
    .toSorted((a, b) => a.startS - b.startS);
  const merged: Mark[] = [];
  for (const mark of inView) {
    const last = merged.at(-1);
    if (!last || last.endS === null || mark.startS - last.endS >= apartS || inView.length <= most) merged.push(mark);
    else merged[merged.length - 1] = joined(last, mark);
  }
  return merged;
}

function joined(a: Mark, b: Mark): Mark {
  const endS = a.endS === null || b.endS === null ? null : Math.max(a.endS, b.endS);
  const gravest = Math.max(severities.indexOf(a.severity), severities.indexOf(b.severity));
  return { ...a, endS, severity: severities[gravest] };
}
