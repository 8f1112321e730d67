/** Before a stretch is marked as missed: what would have raised an alert, and what else that would raise. */
import { Button, Group, Modal, Stack, Text } from '@mantine/core';
import type { MissedPreview } from '../../state/missed-preview';
import { useReview, useReviewActions } from '../review-context';
import { budgetInWords, periodInWords, periodOfBudget } from '../words/return-period';

const alerts = (count: number) => (count === 1 ? '1 alert' : `${count} alerts`);

/** What the stretch needed. */
function needInWords({ need, perHour }: MissedPreview): string {
  if (!need)
    return 'Nothing that lasted in this stretch was rare here, so no threshold that leaves the rest in peace would have raised it. It is kept as a label all the same.';
  const { times, zone, needed } = need;
  if (times <= 1) return 'With the rules in force now it would raise an alert already.';
  const where = zone ? `in “${zone.name}”` : 'in this scene';
  const allowed = perHour * needed;
  return `It would have taken ${times}× the sensitivity ${where}: alerts from what comes once in ${periodInWords(periodOfBudget(allowed))}, which allows about ${budgetInWords(allowed)}.`;
}

/** What else that would have raised. */
function effectInWords({ before, after, whole }: MissedPreview): string {
  const where = whole ? 'in this recording' : 'in the hour around it';
  if (before === after) return `It would have raised ${alerts(after)} ${where}, as before.`;
  return `It would have raised ${after} instead of ${alerts(before)} ${where}.`;
}

export function MissedDialog() {
  const missed = useReview((state) => state.missed);
  const actions = useReviewActions();
  const lowers = (missed?.need?.times ?? 1) > 1;
  const mark = (lowering: boolean) => missed && void actions.markMissed(missed.fromS, missed.toS, lowering);
  return (
    <Modal
      opened={missed !== null}
      onClose={actions.dismissMissed}
      title="You missed this"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {missed && (
        <Stack gap="sm">
          <Text size="sm">{needInWords(missed)}</Text>
          {lowers && (
            <Text size="sm" role="status" aria-label="Preview">
              {effectInWords(missed)}
            </Text>
          )}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={() => mark(false)}>
              {lowers ? 'Only mark it' : 'Mark it'}
            </Button>
            {lowers && <Button onClick={() => mark(true)}>Lower the threshold</Button>}
          </Group>
        </Stack>
      )}
    </Modal>
  );
}
