/** The alerts of a finished recording under other rules. */
import { replayAlerts } from '../alerts/alert-rules';
import type { AlertOptions } from '../alerts/alert-settings';
import type { Moment } from '../alerts/moment';
import type { AlertEvent } from '../worker/protocol';

/** Replays the rules over all moments; an alert that overlaps one raised before takes over its thumbnail. */
export function judgedAgain(
  moments: Iterable<Moment>,
  options: AlertOptions,
  before: readonly AlertEvent[],
): AlertEvent[] {
  return replayAlerts(moments, options).map((alert) => {
    const same = before.find(
      ({ startS, endS }) => startS <= (alert.endS ?? Infinity) && alert.startS <= (endS ?? Infinity),
    );
    return { ...alert, thumbnail: same?.thumbnail ?? null };
  });
}
