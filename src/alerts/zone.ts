/** Parts of the picture with rules of their own: which of a moment's things lie in which, and how rare it is there. */
import { type Box, boxCentre } from '../lib/box';
import type { Moment, ObservedObject } from './moment';
import { holds, type Schedule } from './schedule';
import { subjectOf } from './subject';

export interface Point {
  x: number;
  y: number;
}

/** A polygon on the picture. */
export interface Zone {
  id: string;
  name: string;
  /** What happens inside is watched, or never raises an alert. */
  kind: 'watch' | 'ignore';
  /** Corners in pixels of the analysed frame, at least three; the last is joined to the first. */
  points: Point[];
  /** So many times the alert budget is allowed here: above 1 more alerts, below 1 fewer. */
  sensitivity: number;
  /** Null: always. Outside of its hours nothing inside raises an alert. */
  schedule: Schedule | null;
}

/** Whether the point lies inside of the polygon, by the even-odd rule. */
export function contains(points: readonly Point[], { x, y }: Point): boolean {
  let inside = false;
  for (let i = 0, j = points.length - 1; i < points.length; j = i++) {
    const a = points[i];
    const b = points[j];
    if (a.y > y !== b.y > y && x < ((b.x - a.x) * (y - a.y)) / (b.y - a.y) + a.x) inside = !inside;
  }
  return inside;
}

/** The zone that a point belongs to: a place to ignore before all others, else the first in the list; null outside of all. */
export function zoneAt(zones: readonly Zone[], point: Point): Zone | null {
  const around = zones.filter(({ points }) => contains(points, point));
  return around.find(({ kind }) => kind === 'ignore') ?? around[0] ?? null;
}

/**
 * Where a thing is: on the ground at its feet, which is its lowest row of pixels, so that what the picture's lower edge cuts
 * off is still in it; a moving region, which has no feet, at its centre.
 */
const standsAt = (object: ObservedObject): Point =>
  object.label === 'motion' ? boxCentre(object) : { x: boxCentre(object).x, y: object.y1 - 0.5 };

/**
 * The moment as it is in one part of the picture: its things there, and the return period of the rarest of them. The thing
 * at the strongest evidence carries the whole moment's return period, every other its own. `here` says what counts.
 */
export function momentIn(moment: Moment, here: (point: Point) => boolean): Moment {
  const bearer = bearerOf(moment);
  const objects = moment.objects.filter((object) => here(standsAt(object)));
  let returnPeriodS = !bearer && here(moment.place ?? nowhere) ? moment.returnPeriodS : 0;
  for (const object of objects) {
    const own = object === bearer ? moment.returnPeriodS : object.raw > 0 ? (object.returnPeriodS ?? 0) : 0;
    returnPeriodS = Math.max(returnPeriodS, own);
  }
  return { ...moment, objects, returnPeriodS };
}

/** A place that no zone holds: what happens nowhere in particular belongs to the rest of the picture. */
const nowhere: Point = { x: Number.NEGATIVE_INFINITY, y: Number.NEGATIVE_INFINITY };

/** The thing that made the moment rare: the most unusual one at the strongest evidence; null where that is at no thing. */
export function bearerOf(moment: Moment): ObservedObject | null {
  const { place } = moment;
  if (!place) return subjectOf(moment);
  return subjectOf({ ...moment, objects: moment.objects.filter((object) => isInside(object, place)) });
}

const isInside = ({ x0, y0, x1, y1 }: Box, { x, y }: Point) => x >= x0 && x <= x1 && y >= y0 && y <= y1;

/** Whether the zone raises alerts at this moment. */
export const isWatched = ({ kind, schedule }: Zone, { localMinute }: Moment): boolean =>
  kind === 'watch' && holds(schedule, localMinute);
