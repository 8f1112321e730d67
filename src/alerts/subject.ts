/** What an alert is about: the most unusual thing of a moment, and whether it is still the same one later. */
import { type Box, boxCentre, boxHeight, boxWidth } from '../lib/box';
import type { Moment, ObservedObject } from './moment';

/** Of the most unusual thing's score: what is less unusual than this share of it is not what the alert is about. */
const SHARE = 0.5;

/** The most unusual thing of the moment; null where no single thing stands out. */
export function subjectOf(moment: Moment): ObservedObject | null {
  let top: ObservedObject | null = null;
  for (const object of moment.objects) if (object.raw > 0 && (!top || object.raw > top.raw)) top = object;
  return top;
}

/** The subject as it is now: the same track, or something where it was, among the unusual things; null when it is gone. */
export function followed(subject: ObservedObject, moment: Moment): ObservedObject | null {
  const least = SHARE * (subjectOf(moment)?.raw ?? 0);
  const unusual = moment.objects.filter((object) => object.raw > 0 && object.raw >= least);
  return (
    unusual.find((object) => object.trackId === subject.trackId) ??
    unusual.find((object) => isNear(object, subject)) ??
    null
  );
}

/** Nearer to each other than the larger one is long. */
export function isNear(a: Box, b: Box): boolean {
  const from = boxCentre(a);
  const to = boxCentre(b);
  const longest = Math.max(boxWidth(a), boxHeight(a), boxWidth(b), boxHeight(b));
  return Math.hypot(from.x - to.x, from.y - to.y) < longest;
}
