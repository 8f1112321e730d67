/** A recap while it plays: which event it is and why, how far the reel is, and the buttons that steer it. */
import { ActionIcon, Button, Group, SegmentedControl, Text, Tooltip } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import {
  IconPlayerPauseFilled,
  IconPlayerPlayFilled,
  IconPlayerSkipBackFilled,
  IconPlayerSkipForwardFilled,
} from '@tabler/icons-react';
import type { Recap, RecapOrder } from '../../state/recap';
import { useReview, useReviewActions } from '../review-context';
import { eventInWords, eventTime } from '../words/event';
import classes from './recap.module.css';
import { useRecapDriver } from './use-recap-driver';

/** Time and reason over the picture, and a dash for every event. */
export function RecapCaption() {
  const recap = useReview((state) => state.recap);
  const event = useReview((state) => state.event);
  const live = useReview((state) => state.recording?.source.live ?? false);
  if (!recap) return null;
  return (
    <div className={classes.caption}>
      <div className={classes.dashes} aria-hidden>
        {recap.parts.map(({ eventId }, index) => (
          <span key={eventId} data-state={index === recap.index ? 'now' : index < recap.index ? 'seen' : 'coming'} />
        ))}
      </div>
      <p role="status" aria-label="Recap">
        <span className={classes.place}>
          {recap.index + 1} of {recap.parts.length}
        </span>
        {event && (
          <>
            <strong>{eventTime(event, live)}</strong> <span className={classes.reason}>{eventInWords(event)}</span>
          </>
        )}
      </p>
    </div>
  );
}

const orders = [
  { value: 'unusual', label: 'Most unusual first' },
  { value: 'time', label: 'In order of time' },
] satisfies { value: RecapOrder; label: string }[];

export function RecapControls({ recap, speed }: { recap: Recap; speed: number }) {
  const actions = useReviewActions().recap;
  useRecapDriver(recap, speed);
  const { playing, index, order } = recap;
  // Also while the order has the focus.
  useHotkeys(
    [
      ['J', () => void actions.step(1)],
      ['K', () => void actions.step(-1)],
      ['Escape', actions.end],
    ],
    ['TEXTAREA', 'SELECT'],
  );
  const Icon = playing ? IconPlayerPauseFilled : IconPlayerPlayFilled;
  return (
    <Group gap="xs" role="group" aria-label="Recap controls">
      <Tooltip label="Event before ( K )">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Back"
          disabled={index === 0}
          onClick={() => void actions.step(-1)}
        >
          <IconPlayerSkipBackFilled size={16} />
        </ActionIcon>
      </Tooltip>
      <ActionIcon
        variant="default"
        size="lg"
        aria-label={playing ? 'Pause' : 'Play'}
        onClick={() => void actions.setPlaying(!playing)}
      >
        <Icon size={18} />
      </ActionIcon>
      <Tooltip label="Next event ( J )">
        <ActionIcon
          variant="default"
          size="lg"
          aria-label="Skip"
          disabled={index === recap.parts.length - 1}
          onClick={() => void actions.step(1)}
        >
          <IconPlayerSkipForwardFilled size={16} />
        </ActionIcon>
      </Tooltip>
      <SegmentedControl
        size="xs"
        aria-label="Order of the recap"
        data={orders}
        value={order}
        onChange={(value) => void actions.setOrder(value as RecapOrder)}
      />
      <Tooltip label="Esc">
        <Button size="compact-sm" variant="subtle" onClick={actions.end}>
          End recap
        </Button>
      </Tooltip>
      <Text size="sm" c="dimmed" visibleFrom="lg">
        T true, N normal here
      </Text>
    </Group>
  );
}
