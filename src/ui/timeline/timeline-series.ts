/** The part of the timeline in view as a series to draw: decimated with its peaks, broken where nobody looked. */
import type { TimelineGap, TimelinePoint } from '../../state/watch-store';

/** One point to draw; a null score breaks the line. */
export interface SeriesPoint {
  timeS: number;
  score: number | null;
}

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
