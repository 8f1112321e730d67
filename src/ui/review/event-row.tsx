/** One event in the list: picture, time, reason, chips, what the user said of it. */
import { Checkbox } from '@mantine/core';
import { IconCheck, IconLock, IconThumbUp } from '@tabler/icons-react';
import { memo } from 'react';
import type { EventRecord } from '../../storage/recording-rows';
import { useReviewActions } from '../review-context';
import { severityWords } from '../words/alert';
import { wordOfCue } from '../words/cue';
import { eventInWords } from '../words/event';
import classes from './event-list.module.css';
import { EventThumbnail } from './event-thumbnail';

/** Chips that fit on one line. */
const MOST_CHIPS = 2;

/** What was said of it, as small signs with names. */
function Signs({ event: { verdict, kept, reviewed } }: { event: EventRecord }) {
  return (
    <span className={classes.signs}>
      {verdict === 'true' && <IconCheck size={16} role="img" aria-label="True" />}
      {verdict === 'normal' && <IconThumbUp size={16} role="img" aria-label="Normal here" />}
      {kept && <IconLock size={16} role="img" aria-label="Kept" />}
      {!reviewed && <span className={classes.unread} role="img" aria-label="Not reviewed" />}
    </span>
  );
}

interface EventRowProps {
  event: EventRecord;
  time: string;
  current: boolean;
  chosen: boolean;
}

export const EventRow = memo(function EventRow({ event, time, current, chosen }: EventRowProps) {
  const actions = useReviewActions();
  const { id, severity, cues, sourceName, zone, origin } = event;
  return (
    <>
      <Checkbox
        className={classes.choose}
        checked={chosen}
        onChange={({ currentTarget }) => actions.choose([id], currentTarget.checked)}
        aria-label={`Choose the event of ${time}`}
      />
      <button type="button" className={classes.event} aria-current={current} onClick={() => void actions.showEvent(id)}>
        <EventThumbnail id={id} className={classes.thumbnail} />
        <span className={classes.body}>
          <span className={classes.head}>
            <span className={classes.severity} data-severity={severity}>
              {origin === 'missed' ? 'Missed' : severityWords[severity]}
            </span>
            <time>{time}</time>
            <Signs event={event} />
          </span>
          <span className={classes.reason}>{eventInWords(event)}</span>
          <span className={classes.chips}>
            {cues.slice(0, MOST_CHIPS).map((cue) => (
              <span key={cue} className={classes.chip}>
                {wordOfCue(cue)}
              </span>
            ))}
            <span className={classes.source}>{zone ?? sourceName}</span>
          </span>
        </span>
      </button>
    </>
  );
});
