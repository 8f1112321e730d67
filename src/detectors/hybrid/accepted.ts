/** What the user called normal is part of what is normal here: things like it, there, and the motion at them score as nothing. */
import { type Exception, isExcused, reachOf } from '../../alerts/exception';
import type { ObservedObject, Reason } from '../../alerts/moment';
import { forEachCell } from '../../vision/cells-in-box';
import { withoutAcceptedPlaces } from '../accepted-places';
import type { HybridFeatures } from './features';
import type { ScoredParts } from './scorer';

interface AcceptedParts {
  features: HybridFeatures;
  /** Sights that are normal here after all. */
  accepted: readonly Exception[];
  /** Why a cell is unusual. */
  reasonsAt(cell: number): Reason[];
}

/** Objects that are accepted, with the score of nothing, and the dense scores without what moves at them; `scored` stays as it is. */
export function withoutAccepted(
  scored: ScoredParts,
  found: readonly ObservedObject[],
  { features, accepted, reasonsAt }: AcceptedParts,
): Pick<ScoredParts, 'objects' | 'dense'> {
  const objects = [...scored.objects];
  const dense = withoutAcceptedPlaces(scored.dense, features.flowGrid, accepted, reasonsAt);
  found.forEach((object, index) => {
    if (object.raw <= 0 || !isExcused(object, accepted)) return;
    objects[index] = 0;
    forEachCell(features.flowGrid, reachOf(object), (cell) => {
      dense[cell] = Math.min(0, dense[cell]);
    });
  });
  return { objects, dense };
}
