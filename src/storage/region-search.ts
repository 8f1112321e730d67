/** When was it unusual in this part of the picture? Pure: from the recorded maps, as they are packed. */
import type { Moment, Reason } from '../alerts/moment';
import { contains, type Point } from '../alerts/zone';
import { boxCentre } from '../lib/box';
import { largestWithin } from '../lib/run-length';
import type { EvidenceChunk, PackedSight } from './recording-rows';
import { RARE_S } from './score-track';

/** A stretch in which the region was unusual. */
export interface RegionSpell {
  fromS: number;
  toS: number;
  /** Its strongest moment. */
  peakS: number;
  /** Evidence there, 0…2: 1 is the score that raises an alert. */
  strength: number;
  /** What it was, as a class name ('' where no single thing stood out). */
  label: string;
  /** Null where none is known. */
  reason: Reason | null;
}

/** Pictures are compared in these sizes, in pixels. */
export interface Size {
  width: number;
  height: number;
}

/** Evidence of this much of 255, a quarter of what raises an alert, counts. */
const LEAST = 32;
/** Evidence that raises an alert by itself (see `evidenceBytes`). */
const ALERT = 127.5;
/** Moments nearer than this belong together, in seconds: maps are kept every two seconds while nothing is rare. */
const JOIN_S = 5;

/** The cells of a grid whose centres lie in the region; at least the one under its middle. */
export function regionMask(points: readonly Point[], picture: Size, { width, height }: Size): Uint8Array {
  const mask = new Uint8Array(width * height);
  const at = (column: number, row: number): Point => ({
    x: ((column + 0.5) * picture.width) / width,
    y: ((row + 0.5) * picture.height) / height,
  });
  for (let cell = 0; cell < mask.length; cell++)
    mask[cell] = contains(points, at(cell % width, Math.floor(cell / width))) ? 1 : 0;
  if (!mask.includes(1)) mask[cellOf(middleOf(points), picture, { width, height })] = 1;
  return mask;
}

const middleOf = (points: readonly Point[]): Point => ({
  x: points.reduce((sum, { x }) => sum + x, 0) / points.length,
  y: points.reduce((sum, { y }) => sum + y, 0) / points.length,
});

function cellOf({ x, y }: Point, picture: Size, { width, height }: Size): number {
  const place = (value: number, whole: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor((value / whole) * cells)));
  return place(y, picture.height, height) * width + place(x, picture.width, width);
}

/** The sights of chunks for searching again and again: what the search does not look at is left out. */
export const searchable = (chunks: readonly EvidenceChunk[]): PackedSight[] =>
  chunks
    .flatMap(({ sights }) => sights)
    .map((sight) =>
      sight.moment.returnPeriodS >= RARE_S
        ? sight
        : { ...sight, moment: { ...sight.moment, reasons: [], objects: [] } },
    );

/** The stretches in which the region was unusual, strongest first, at most `most`. Sights come in order of time. */
export function unusualIn(
  sights: Iterable<PackedSight>,
  points: readonly Point[],
  picture: Size,
  most = 50,
): RegionSpell[] {
  const masks = new Map<number, Uint8Array>();
  const maskFor = ({ width, height }: Size) => {
    const key = width * 65_536 + height;
    const mask = masks.get(key) ?? regionMask(points, picture, { width, height });
    masks.set(key, mask);
    return mask;
  };
  const spells: { fromS: number; toS: number; value: number; peak: Moment }[] = [];
  for (const sight of sights) {
    const value = largestWithin(sight.codes, maskFor(sight));
    if (value < LEAST) continue;
    const { moment } = sight;
    const last = spells.at(-1);
    if (!last || moment.timeS - last.toS > JOIN_S)
      spells.push({ fromS: moment.timeS, toS: moment.timeS, value, peak: moment });
    else {
      last.toS = moment.timeS;
      if (value > last.value) Object.assign(last, { value, peak: moment });
    }
  }
  return spells
    .sort((a, b) => b.value - a.value || a.fromS - b.fromS)
    .slice(0, most)
    .map(({ fromS, toS, value, peak }) => ({
      ...{ fromS, toS, peakS: peak.timeS, strength: value / ALERT },
      ...whatWas(peak, points),
    }));
}

/** The most unusual thing in the region, or what made the moment unusual where that is in it. */
function whatWas(moment: Moment, points: readonly Point[]): Pick<RegionSpell, 'label' | 'reason'> {
  const there = moment.objects
    .filter((object) => object.raw > 0 && contains(points, boxCentre(object)))
    .sort((a, b) => b.raw - a.raw)[0];
  if (there) return { label: there.label, reason: there.reasons[0] ?? null };
  const isHere = moment.place !== undefined && contains(points, moment.place);
  return { label: '', reason: (isHere && moment.reasons[0]) || null };
}
