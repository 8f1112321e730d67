/** The events that pass the filter, newest first; only those in view are in the page, so that ten thousand scroll like ten. */
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useMemo, useRef } from 'react';
import type { EventRecord } from '../../storage/recording-rows';
import { useReview } from '../review-context';
import { shortEventTime } from '../words/event';
import classes from './event-list.module.css';
import { EventRow } from './event-row';

/** Height of a row, in rem. */
const ROW_REM = 5.75;

export function EventList({ events }: { events: EventRecord[] }) {
  const scroller = useRef<HTMLDivElement>(null);
  const current = useReview((state) => state.event?.id);
  const chosen = useReview((state) => state.chosen);
  const recordings = useReview((state) => state.recordings);
  const live = useMemo(() => new Set(recordings.filter(({ source }) => source.live).map(({ id }) => id)), [recordings]);
  const rowHeight = ROW_REM * Number.parseFloat(getComputedStyle(document.documentElement).fontSize);
  const rows = useVirtualizer({
    count: events.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => events[index].id,
    overscan: 6,
  });
  const place = events.findIndex(({ id }) => id === current);
  useEffect(() => {
    if (place >= 0) rows.scrollToIndex(place, { align: 'auto' });
  }, [place, rows]);
  return (
    // Scrolls with the keyboard through the rows' buttons.
    <div ref={scroller} className={classes.scroller}>
      <ul className={classes.list} style={{ height: rows.getTotalSize() }} aria-label="Events">
        {rows.getVirtualItems().map(({ key, index, start }) => {
          const event = events[index];
          return (
            <li
              key={key}
              className={classes.row}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              aria-setsize={events.length}
              aria-posinset={index + 1}
            >
              <EventRow
                event={event}
                time={shortEventTime(event, live.has(event.recordingId))}
                current={event.id === current}
                chosen={chosen.has(event.id)}
              />
            </li>
          );
        })}
      </ul>
    </div>
  );
}
