/** The event on screen: why it is one, and what the user says of it. */
import { Button, Group, Text, Title, Tooltip } from '@mantine/core';
import { IconCheck, IconEye, IconEyeOff, IconLock, IconLockOpen, IconThumbUp } from '@tabler/icons-react';
import type { ComponentType, ReactNode } from 'react';
import type { AlikePreview } from '../../state/alike-preview';
import type { EventRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import { span } from '../words/clock';
import { eventInWords, eventTime } from '../words/event';
import { capitalised } from '../words/reasons';
import { rarityInWords } from '../words/return-period';
import classes from './review.module.css';

interface VerdictProps {
  Icon: ComponentType<{ size: number }>;
  keyName?: string;
  pressed: boolean;
  children: ReactNode;
  onClick: () => void;
}

function Verdict({ Icon, keyName, pressed, children, onClick }: VerdictProps) {
  return (
    <Tooltip label={`Key ${keyName}`} disabled={!keyName}>
      <Button
        size="xs"
        variant={pressed ? 'filled' : 'default'}
        aria-pressed={pressed}
        leftSection={<Icon size={16} />}
        onClick={onClick}
      >
        {children}
      </Button>
    </Tooltip>
  );
}

function Verdicts({ event: { id, verdict, reviewed, kept } }: { event: EventRecord }) {
  const actions = useReviewActions();
  return (
    <Group gap="xs">
      <Verdict
        Icon={IconCheck}
        keyName="T"
        pressed={verdict === 'true'}
        onClick={() => void actions.judge([id], verdict === 'true' ? null : 'true')}
      >
        True
      </Verdict>
      <Verdict
        Icon={IconThumbUp}
        keyName="N"
        pressed={verdict === 'normal'}
        onClick={() => void actions.judge([id], verdict === 'normal' ? null : 'normal')}
      >
        Normal here
      </Verdict>
      <Verdict
        Icon={reviewed ? IconEye : IconEyeOff}
        keyName="R"
        pressed={reviewed}
        onClick={() => void actions.setReviewed([id], !reviewed)}
      >
        Reviewed
      </Verdict>
      <Verdict Icon={kept ? IconLock : IconLockOpen} pressed={kept} onClick={() => void actions.setKept([id], !kept)}>
        Keep
      </Verdict>
    </Group>
  );
}

const alerts = (count: number) => (count === 1 ? '1 alert' : `${count} alerts`);

/** What calling it normal changes, or has changed. */
function alikeInWords({ before, after, whole }: AlikePreview, isNormal: boolean): string {
  const where = whole ? 'in this recording' : 'in the hour around it';
  if (before === after) return isNormal ? '' : `Calling it normal would change no alert ${where}.`;
  const verb = isNormal ? 'Normal here: raises' : 'If this is normal here:';
  return `${verb} ${after} instead of ${alerts(before)} ${where}.`;
}

export function EventPanel() {
  const event = useReview((state) => state.event);
  const details = useReview((state) => state.details);
  const alike = useReview((state) => state.alike);
  const live = useReview((state) => state.recording?.source.live ?? false);
  if (!event) return null;
  const { startS, endS, returnPeriodS, extrapolated, zone } = event;
  const more = details?.peak.reasons.slice(1, 3).map(({ text }) => text) ?? [];
  const facts = [
    eventTime(event, live),
    endS === null ? 'goes on' : `lasted ${span(Math.max(1, endS - startS))}`,
    ...(event.kind === 'unusual' ? [rarityInWords(returnPeriodS, extrapolated)] : []),
    ...(zone ? [`in “${zone}”`] : []),
  ];
  return (
    <section className={classes.eventPanel} aria-label="Event">
      <div className={classes.eventWords}>
        <Title order={2} size="h5">
          {eventInWords(event)}
        </Title>
        <Text size="sm" c="dimmed">
          {facts.join(' · ')}
        </Text>
        {more.length > 0 && (
          <Text size="sm" c="dimmed">
            Also: {more.map(capitalised).join('; ')}
          </Text>
        )}
        {alike && (
          <Text size="sm" c="dimmed">
            {alikeInWords(alike, event.verdict === 'normal')}
          </Text>
        )}
      </div>
      <Verdicts event={event} />
    </section>
  );
}
