/** What the user called normal is part of what is normal here: things like it, there, and the motion at them score as nothing. */
import { cuesOf, type Exception, isExcused, reachOf } from '../../alerts/exception';
import type { ObservedObject, Reason } from '../../alerts/moment';
import type { Box } from '../../lib/box';
import type { HybridFeatures } from './features';
import { forEachCell } from './features';
import type { ScoredFrame } from './scorer';

interface AcceptedParts {
  features: HybridFeatures;
  /** Sights that are normal here after all. */
  accepted: readonly Exception[];
  /** Why a cell is unusual. */
  reasonsAt(cell: number): Reason[];
}

/** Objects that are accepted, with the score of nothing, and the dense scores without what moves at them; `scored` stays as it is. */
export function withoutAccepted(
  scored: ScoredFrame,
  found: readonly ObservedObject[],
  { features, accepted, reasonsAt }: AcceptedParts,
): Pick<ScoredFrame, 'objects' | 'dense'> {
  const objects = [...scored.objects];
  const dense = scored.dense.slice();
  const silence = (box: Box) =>
    forEachCell(features.flowGrid, reachOf(box), (cell) => {
      dense[cell] = Math.min(0, dense[cell]);
    });
  found.forEach((object, index) => {
    if (object.raw <= 0 || !isExcused(object, accepted)) return;
    objects[index] = 0;
    silence(object);
  });
  for (const exception of accepted) {
    // Of what was at no thing its place is known; it is excused as long as it is unusual by the same cues, and no more so.
    if (exception.label !== '' && exception.label !== 'motion') continue;
    const peak = peakIn(features, dense, exception.box);
    const isAlike = dense[peak] <= AS_STRONG * exception.raw && isOfCues(reasonsAt(peak), exception.cues);
    if (dense[peak] > 0 && isAlike) silence(exception.box);
  }
  return { objects, dense };
}

/** What is so many times as strong as what was accepted at a place is not excused. */
const AS_STRONG = 1.5;

const isOfCues = (reasons: Reason[], known: readonly string[]) =>
  cuesOf({ reasons }).every((cue) => known.includes(cue));

function peakIn({ flowGrid }: HybridFeatures, dense: Float32Array, box: Box): number {
  let peak = 0;
  let largest = Number.NEGATIVE_INFINITY;
  forEachCell(flowGrid, box, (cell) => {
    if (dense[cell] <= largest) return;
    largest = dense[cell];
    peak = cell;
  });
  return peak;
}
