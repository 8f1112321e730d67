/** The events that the list shows, and the one before and after the present one. */
import { useCallback, useMemo } from 'react';
import { filteredEvents } from '../../state/event-filter';
import type { EventRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';

/** Newest first. */
export function useShownEvents(): EventRecord[] {
  const events = useReview((state) => state.events);
  const filter = useReview((state) => state.filter);
  return useMemo(() => filteredEvents(events, filter, Date.now()), [events, filter]);
}

/** Shows the event so many places farther down the list; from the first one where none is shown. */
export function useStep(shown: EventRecord[]): (places: number) => void {
  const current = useReview((state) => state.event?.id);
  const actions = useReviewActions();
  return useCallback(
    (places) => {
      const index = shown.findIndex(({ id }) => id === current);
      const next = index < 0 ? shown[0] : shown[index + places];
      if (next) void actions.showEvent(next.id);
    },
    [shown, current, actions],
  );
}
