/** Dwell time: how long things stay at each place, and what stays where nothing used to. */
import { boxCentre } from '../../lib/box';
import { type PlaceGrid, placesAround } from '../../normality/motion-places';
import type { HybridFeatures, ObjectFeatures } from './features';

type FrameSize = Pick<HybridFeatures, 'frameWidth' | 'frameHeight'>;

/** The longest stay seen at the places of a coarse grid, in seconds; Infinity where something always stands. */
export interface DwellMemory extends PlaceGrid {
  longestS: Float32Array;
}

/** Stays are compared as (stay + GRACE_S) / (longest + GRACE_S): a short halt is normal everywhere. */
const GRACE_S = 3;
/** What stays for this share of the footage belongs there. */
const ALWAYS = 0.4;

/** From frames in order of time, of one or more clips. */
export function learnDwell(frames: readonly HybridFeatures[], places: PlaceGrid): DwellMemory {
  const memory = { ...places, longestS: new Float32Array(places.columns * places.rows) };
  const always = ALWAYS * longestRunS(frames);
  for (const frame of frames) {
    for (const object of frame.objects) {
      const stay = object.stayS >= always ? Number.POSITIVE_INFINITY : object.stayS;
      for (const place of placesAround(placeOfFeet(object, frame, places), places))
        memory.longestS[place] = Math.max(memory.longestS[place], stay);
    }
  }
  return memory;
}

/** ln((stay + 3 s) / (longest stay seen there + 3 s)), at least 0. */
export function dwellCue(object: ObjectFeatures, size: FrameSize, memory: DwellMemory): number {
  const longest = memory.longestS[placeOfFeet(object, size, memory)];
  return Math.max(0, Math.log((object.stayS + GRACE_S) / (longest + GRACE_S)));
}

/** The longest stay seen at its place, in seconds, from an object's stay and its cue where that is above 0. */
export const longestStayS = (stayS: number, cue: number): number => (stayS + GRACE_S) / Math.exp(cue) - GRACE_S;

/** Length of the longest clip: within one the time does not go back. */
function longestRunS(frames: readonly HybridFeatures[]): number {
  let longest = 0;
  let start = frames[0]?.timeS ?? 0;
  frames.forEach(({ timeS }, index) => {
    if (index > 0 && timeS < frames[index - 1].timeS) start = timeS;
    longest = Math.max(longest, timeS - start);
  });
  return longest;
}

function placeOfFeet({ box }: ObjectFeatures, size: FrameSize, { columns, rows }: PlaceGrid): number {
  const cell = (value: number, whole: number, count: number) =>
    Math.min(count - 1, Math.max(0, Math.floor((value / whole) * count)));
  return cell(box.y1, size.frameHeight, rows) * columns + cell(boxCentre(box).x, size.frameWidth, columns);
}
