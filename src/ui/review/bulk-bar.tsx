/** What can be done with all chosen events at once. */
import { ActionIcon, Checkbox, Group, Text, Tooltip } from '@mantine/core';
import { IconCheck, IconEye, IconLock, IconThumbUp } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { EventRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import classes from './review.module.css';

function Bulk({ label, children, onClick }: { label: string; children: ReactNode; onClick: () => void }) {
  return (
    <Tooltip label={label}>
      <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={onClick}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}

export function BulkBar({ shown }: { shown: EventRecord[] }) {
  const chosen = useReview((state) => state.chosen);
  const actions = useReviewActions();
  const ids = shown.filter(({ id }) => chosen.has(id)).map(({ id }) => id);
  const all = shown.length > 0 && ids.length === shown.length;
  const amount = shown.length.toLocaleString();
  const finish = (work: Promise<void>) => void work.then(() => actions.choose(ids, false));
  return (
    <div className={classes.bulk}>
      <Checkbox
        size="sm"
        checked={all}
        indeterminate={ids.length > 0 && !all}
        disabled={shown.length === 0}
        onChange={({ currentTarget }) =>
          actions.choose(
            shown.map(({ id }) => id),
            currentTarget.checked,
          )
        }
        label={
          ids.length > 0
            ? `${ids.length.toLocaleString()} of ${amount} chosen`
            : amount === '1'
              ? '1 event'
              : `${amount} events`
        }
      />
      {ids.length > 0 && (
        <Group gap={2} ml="auto" wrap="nowrap">
          <Bulk label="Mark as reviewed" onClick={() => finish(actions.setReviewed(ids, true))}>
            <IconEye size={18} />
          </Bulk>
          <Bulk label="Mark as true" onClick={() => finish(actions.judge(ids, 'true'))}>
            <IconCheck size={18} />
          </Bulk>
          <Bulk label="Mark as normal here" onClick={() => finish(actions.judge(ids, 'normal'))}>
            <IconThumbUp size={18} />
          </Bulk>
          <Bulk label="Keep their video" onClick={() => finish(actions.setKept(ids, true))}>
            <IconLock size={18} />
          </Bulk>
        </Group>
      )}
      {ids.length === 0 && (
        <Text size="xs" c="dimmed" ml="auto">
          newest first
        </Text>
      )}
    </div>
  );
}
