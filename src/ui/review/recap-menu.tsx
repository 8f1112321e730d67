/** Begins a recap: of the recording on screen, or of a day. */
import { ActionIcon, Button, Menu, Tooltip } from '@mantine/core';
import { IconMovie } from '@tabler/icons-react';
import { useMemo } from 'react';
import { recapDays, recapEvents } from '../../state/recap';
import { useReview, useReviewActions } from '../review-context';
import { dayName } from '../words/day';
import { eventCount } from '../words/event';

/** `compact`: an icon among the player's controls. Not shown where there is no event. */
export function RecapMenu({ compact = false }: { compact?: boolean }) {
  const events = useReview((state) => state.events);
  const recordingId = useReview((state) => state.recording?.id ?? null);
  const { recap } = useReviewActions();
  const days = useMemo(() => recapDays(events), [events]);
  const here = useMemo(() => (recordingId ? recapEvents(events, { recordingId }).length : 0), [events, recordingId]);
  if (days.length === 0) return null;
  return (
    <Menu position="bottom-start" shadow="md" withinPortal={false}>
      <Menu.Target>
        {compact ? (
          <Tooltip label="Recap ( P )">
            <ActionIcon variant="default" size="lg" aria-label="Recap">
              <IconMovie size={18} />
            </ActionIcon>
          </Tooltip>
        ) : (
          <Button variant="default" leftSection={<IconMovie size={18} />}>
            Recap
          </Button>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        {recordingId && here > 0 && (
          <Menu.Item onClick={() => void recap.start({ recordingId })}>This recording: {eventCount(here)}</Menu.Item>
        )}
        {days.map(({ day, count }) => (
          <Menu.Item key={day} onClick={() => void recap.start({ day })}>
            {dayName(day)}: {eventCount(count)}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  );
}
