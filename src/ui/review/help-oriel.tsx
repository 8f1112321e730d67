/** A question at a time about the events whose verdict would tell most; answered by button or, once on screen, by key. */
import { Button, CloseButton, Group, Text } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { useMemo, useState } from 'react';
import { askedEvents } from '../../state/asked-events';
import { useReview, useReviewActions } from '../review-context';
import { eventInWords, shortEventTime } from '../words/event';
import { EventThumbnail } from './event-thumbnail';
import classes from './help-oriel.module.css';

/** Questions of one visit. */
const MOST = 3;

export function HelpOriel() {
  const events = useReview((state) => state.events);
  const recordings = useReview((state) => state.recordings);
  const current = useReview((state) => state.event?.id);
  const actions = useReviewActions();
  const [skipped, setSkipped] = useState<ReadonlySet<string>>(new Set());
  const [answered, setAnswered] = useState(0);
  const [closed, setClosed] = useState(false);
  const asked = useMemo(() => askedEvents(events, recordings, 2 * MOST), [events, recordings]);
  const event = asked.find(({ id }) => !skipped.has(id));
  const isOver = closed || answered + skipped.size >= MOST || !event;
  const skip = () => event && setSkipped(new Set([...skipped, event.id]));
  useHotkeys([['S', () => !isOver && skip()]]);
  if (isOver) return null;
  const live = recordings.find(({ id }) => id === event.recordingId)?.source.live ?? false;
  const answer = (verdict: 'true' | 'normal') => {
    setAnswered(answered + 1);
    void actions.judge([event.id], verdict);
  };
  return (
    <section className={classes.help} aria-label="Help Oriel">
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <Text size="sm" fw={600}>
          Help Oriel: is this unusual?
        </Text>
        <CloseButton size="sm" aria-label="No questions now" onClick={() => setClosed(true)} />
      </Group>
      <button
        type="button"
        className={classes.event}
        aria-current={event.id === current}
        onClick={() => void actions.showEvent(event.id)}
      >
        <EventThumbnail id={event.id} className={classes.thumbnail} />
        <span className={classes.body}>
          <time className={classes.time}>{shortEventTime(event, live)}</time>
          <span className={classes.reason}>{eventInWords(event)}</span>
        </span>
      </button>
      <Group gap="xs">
        <Button size="compact-sm" variant="default" onClick={() => answer('true')}>
          Yes, true
        </Button>
        <Button size="compact-sm" variant="default" onClick={() => answer('normal')}>
          No, normal here
        </Button>
        <Button size="compact-sm" variant="subtle" onClick={skip}>
          Skip
        </Button>
      </Group>
    </section>
  );
}
