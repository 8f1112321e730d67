/** What the user called normal here: things like it, there, raise no alert any more. */
import { type Box, boxCentre, boxHeight, grownBox } from '../lib/box';
import type { Moment, ObservedObject } from './moment';
import { bearerOf } from './zone';

/** One sight of something that is normal here after all. */
export interface Exception {
  /** Empty where the evidence was at no thing: then `box` is about its place. */
  label: string;
  /** Where it was, in pixels of the analysed frame. */
  box: Box;
  /** How unusual it was, and by which cues: what is so by others, or much more so, is not excused. */
  raw: number;
  cues: string[];
}

/** A thing as tall as the exception, up to this factor either way, … */
const SAME_HEIGHT = 1.6;
/** … whose centre is within so many of the exception's heights, … */
const SAME_PLACE = 0.75;
/** … and that is at most this many times as unusual, is the same again. */
const AS_UNUSUAL = 1.5;
/** Reasons that weigh less than this share of the strongest do not count. */
const COUNTS = 0.25;
/** Evidence so far outside of a box, in its heights, is still of what is in it. */
const SMEARED = 0.25;

/** The cues by which a thing is unusual, strongest first. */
export function cuesOf({ reasons }: Pick<ObservedObject, 'reasons'>): string[] {
  const least = COUNTS * Math.max(0, ...reasons.map(({ weight }) => weight));
  return [...new Set(reasons.filter(({ weight }) => weight >= least).map(({ cue }) => cue))];
}

export function isExcused(object: ObservedObject, exceptions: readonly Exception[]): boolean {
  const centre = boxCentre(object);
  const cues = cuesOf(object);
  return exceptions.some(({ label, box, raw, cues: known }) => {
    if (label !== object.label || object.raw > AS_UNUSUAL * raw) return false;
    const height = boxHeight(box);
    const ratio = boxHeight(object) / Math.max(1, height);
    const there = boxCentre(box);
    return (
      ratio < SAME_HEIGHT &&
      ratio > 1 / SAME_HEIGHT &&
      Math.hypot(centre.x - there.x, centre.y - there.y) <= SAME_PLACE * height &&
      cues.every((cue) => known.includes(cue))
    );
  });
}

/** The moment without what is excused: as rare as the rarest of the rest. */
export function momentWithout(moment: Moment, exceptions: readonly Exception[]): Moment {
  if (exceptions.length === 0) return moment;
  const excused = moment.objects.filter((object) => object.raw > 0 && isExcused(object, exceptions));
  const nothing = thingless(moment);
  const isPlaceExcused = nothing !== null && isExcused(nothing, exceptions);
  if (excused.length === 0 && !isPlaceExcused) return moment;
  const objects = moment.objects.filter((object) => !excused.includes(object));
  const bearer = bearerOf(moment);
  const isGone = bearer
    ? excused.includes(bearer)
    : isPlaceExcused || excused.some((object) => isAround(object, moment.place));
  if (!isGone) return { ...moment, objects };
  const periods = objects.map(({ raw, returnPeriodS = 0 }) => (raw > 0 ? returnPeriodS : 0));
  return { ...moment, objects, returnPeriodS: Math.max(0, ...periods) };
}

function isAround(box: Box, place: Moment['place']): boolean {
  if (!place) return true;
  const { x0, y0, x1, y1 } = reachOf(box);
  return place.x >= x0 && place.x <= x1 && place.y >= y0 && place.y <= y1;
}

/** The box with what is smeared around it. */
export const reachOf = (box: Box): Box => grownBox(box, SMEARED * boxHeight(box));

/** Evidence at no thing, as a thing without a name: as tall as the tallest one in the picture; null where a thing bears it. */
function thingless(moment: Moment): ObservedObject | null {
  const { place, raw, reasons, objects } = moment;
  if (!place || raw <= 0 || bearerOf(moment)) return null;
  const half = Math.max(LEAST_HALF, ...objects.map((object) => boxHeight(object) / 2));
  const box = { x0: place.x - half, y0: place.y - half, x1: place.x + half, y1: place.y + half };
  return { ...box, trackId: 0, label: '', raw, reasons };
}

/** Half the height of a place at which no thing is in the picture, in pixels. */
const LEAST_HALF = 20;
/** At most so many sights of one event are kept. */
const MOST_SIGHTS = 60;
/** Things this share as unusual as the most unusual one of a moment are part of what was seen, and so are those rarer than this by themselves, in seconds. */
const PART = 0.5;
const RARE_S = 60;

/** What was unusual in these moments, as exceptions; at most 60, evenly spread. */
export function exceptionsIn(moments: Iterable<Moment>): Exception[] {
  const sights: Exception[] = [];
  for (const moment of moments) {
    const most = Math.max(0, ...moment.objects.map(({ raw }) => raw));
    const isPart = ({ raw, returnPeriodS = 0 }: ObservedObject) =>
      raw > 0 && (raw >= PART * most || returnPeriodS >= RARE_S);
    const nothing = thingless(moment);
    for (const object of [...moment.objects.filter(isPart), ...(nothing ? [nothing] : [])]) {
      const { label, raw, x0, y0, x1, y1 } = object;
      sights.push({ label, raw, box: { x0, y0, x1, y1 }, cues: cuesOf(object) });
    }
  }
  const step = Math.max(1, sights.length / MOST_SIGHTS);
  return Array.from({ length: Math.min(sights.length, MOST_SIGHTS) }, (_, index) => sights[Math.floor(index * step)]);
}
