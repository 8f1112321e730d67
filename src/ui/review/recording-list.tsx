/** Recordings and analysed files, newest first. */
import { ActionIcon, Button, Group, Modal, Text, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useMemo, useState } from 'react';
import type { RecordingRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import { sourceIcons } from '../shell/source-icons';
import { span } from '../words/clock';
import { dayAndTime } from '../words/day';
import { eventCount } from '../words/event';
import classes from './review.module.css';

const stateWords = {
  open: ' · being recorded',
  interrupted: ' · interrupted',
  closed: '',
} satisfies Record<RecordingRecord['state'], string>;

function AskBeforeDeleting({ recording, close }: { recording: RecordingRecord | null; close: () => void }) {
  const actions = useReviewActions();
  const erase = () => {
    if (recording) void actions.deleteRecording(recording.id);
    close();
  };
  return (
    <Modal
      opened={recording !== null}
      onClose={close}
      title="Delete this recording?"
      centered
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <Text size="sm" mb="lg">
        Its scores, events, labels and video go for good
        {recording?.source.kind === 'file' ? '; the file itself stays' : ''}.
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={close}>
          Keep it
        </Button>
        <Button color="red" onClick={erase}>
          Delete
        </Button>
      </Group>
    </Modal>
  );
}

export function RecordingList() {
  const recordings = useReview((state) => state.recordings);
  const events = useReview((state) => state.events);
  const current = useReview((state) => state.recording?.id);
  const actions = useReviewActions();
  const [doomed, setDoomed] = useState<RecordingRecord | null>(null);
  const counts = useMemo(() => {
    const found = new Map<string, number>();
    for (const { recordingId } of events) found.set(recordingId, (found.get(recordingId) ?? 0) + 1);
    return found;
  }, [events]);
  return (
    <>
      <ul className={classes.recordings} aria-label="Recordings">
        {recordings.map((recording) => {
          const { id, source, startedAt, endS, state } = recording;
          const Icon = sourceIcons[source.kind];
          const amount = counts.get(id) ?? 0;
          return (
            <li key={id} className={classes.recording}>
              <button
                type="button"
                className={classes.recordingButton}
                aria-current={id === current}
                onClick={() => void actions.showRecording(id)}
              >
                <Icon size={20} aria-hidden />
                <span className={classes.recordingBody}>
                  <span className={classes.recordingName}>{source.name}</span>
                  <span className={classes.recordingFacts}>
                    {dayAndTime(startedAt)} · {span(endS)} · {eventCount(amount)}
                    {stateWords[state]}
                  </span>
                </span>
              </button>
              {state !== 'open' && (
                <Tooltip label="Delete">
                  <ActionIcon
                    variant="subtle"
                    color="gray"
                    aria-label={`Delete the recording of ${dayAndTime(startedAt)}`}
                    onClick={() => setDoomed(recording)}
                  >
                    <IconTrash size={17} />
                  </ActionIcon>
                </Tooltip>
              )}
            </li>
          );
        })}
      </ul>
      <AskBeforeDeleting recording={doomed} close={() => setDoomed(null)} />
    </>
  );
}
