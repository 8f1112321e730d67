/** What the user called normal at no thing in particular is normal at its place: what is unusual there by the same cues, and no more so, scores as nothing. */
import { cuesOf, type Exception } from '../alerts/exception';
import type { Reason } from '../alerts/moment';
import { boxHeight, grownBox } from '../lib/box';
import { forEachCell } from '../vision/cells-in-box';
import type { CellGrid } from '../vision/coarse-motion';

/** What is so many times as strong as what was accepted at a place is not excused. */
const AS_STRONG = 1.5;

/** The box of what has no name is a square around its most unusual place: it may reach so much farther, in heights of the box. */
const AROUND = 0.5;

/** Exceptions that are about a place. */
const isOfPlace = ({ label }: Exception) => label === '' || label === 'motion';

/** The scores of the grid's places without what is accepted; `scores` stay as they are. `reasonsAt` says why a place is unusual. */
export function withoutAcceptedPlaces(
  scores: Float32Array,
  grid: CellGrid,
  accepted: readonly Exception[],
  reasonsAt: (place: number) => Reason[],
): Float32Array {
  const rest = scores.slice();
  for (const { label, box, raw, cues } of accepted.filter(isOfPlace)) {
    forEachCell(grid, label === '' ? grownBox(box, AROUND * boxHeight(box)) : box, (place) => {
      if (rest[place] <= 0 || rest[place] > AS_STRONG * raw) return;
      if (cuesOf({ reasons: reasonsAt(place) }).every((cue) => cues.includes(cue))) rest[place] = 0;
    });
  }
  return rest;
}
