/** Taking a stretch away: as video, picture or scores. */
import { Button, Group, Modal, SegmentedControl, Stack, Switch, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { IconBraces, IconMovie, IconPhoto, IconTable } from '@tabler/icons-react';
import { type ReactNode, useRef, useState } from 'react';
import type { Stretch } from '../../state/exports';
import type { RecordingRecord } from '../../storage/recording-rows';
import { useReview, useReviewActions } from '../review-context';
import { ProgressBar } from '../shell/progress-bar';
import { useStageStore } from '../stage/stage-context';
import { useWatchStore } from '../watch-context';
import { span } from '../words/clock';
import { momentWords } from '../words/event';
import { createOverlayPainter } from './overlay-painter';
import { stillPicture } from './still-picture';

/** An event is exported with so much before and after it, in seconds. */
const AROUND_S = 3;

interface ExportDialogProps {
  recording: RecordingRecord;
  /** The stretch that the timeline shows. */
  view: Stretch;
  opened: boolean;
  close: () => void;
}

/** Runs one export at a time: how far it is, and what went wrong. */
function useExport() {
  const [fraction, setFraction] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  const run = async (work: (signal: AbortSignal, onProgress: (fraction: number) => void) => Promise<void>) => {
    controller.current = new AbortController();
    const { signal } = controller.current;
    setProblem(null);
    setFraction(0);
    try {
      await work(signal, setFraction);
      notifications.show({ title: 'Exported', message: 'It is in your downloads folder.', color: 'oriel' });
    } catch (error) {
      if (!signal.aborted) setProblem((error as Error).message);
    } finally {
      setFraction(null);
    }
  };
  return { fraction, problem, run, cancel: () => controller.current?.abort() };
}

function Format({
  icon,
  children,
  hint,
  disabled,
  onClick,
}: {
  icon: ReactNode;
  children: string;
  hint: string;
  disabled: boolean;
  onClick: () => void;
}) {
  return (
    <Button
      variant="default"
      justify="flex-start"
      leftSection={icon}
      disabled={disabled}
      onClick={onClick}
      h="auto"
      py="xs"
    >
      <span>
        {children}
        <Text component="span" size="sm" c="dimmed" fw={400}>
          {' '}
          {hint}
        </Text>
      </span>
    </Button>
  );
}

export function ExportDialog({ recording, view, opened, close }: ExportDialogProps) {
  const event = useReview((state) => state.event);
  const { exports } = useReviewActions();
  const overlayStore = useWatchStore();
  const stage = useStageStore();
  const [what, setWhat] = useState<'event' | 'view'>('event');
  const [overlaid, setOverlaid] = useState(true);
  const { fraction, problem, run, cancel } = useExport();
  const isEvent = what === 'event' && event !== null;
  const stretch = isEvent
    ? { fromS: Math.max(0, event.startS - AROUND_S), toS: (event.endS ?? event.peakS) + AROUND_S }
    : view;
  const painter = () => (overlaid ? createOverlayPainter(overlayStore.getState().overlay, recording.source) : null);
  const busy = fraction !== null;
  const word = momentWords(recording);
  const picture = async () => exports.savePicture(await stillPicture(stage.getState(), painter()));
  return (
    <Modal opened={opened} onClose={close} title="Export" centered closeButtonProps={{ 'aria-label': 'Close' }}>
      <Stack gap="sm">
        <SegmentedControl
          aria-label="What to export"
          value={isEvent ? 'event' : 'view'}
          onChange={(value) => setWhat(value as typeof what)}
          data={[
            { value: 'event', label: 'This event', disabled: event === null },
            { value: 'view', label: 'All that the timeline shows' },
          ]}
        />
        <Text size="sm" c="dimmed">
          {word(stretch.fromS)} to {word(stretch.toS)} ({span(stretch.toS - stretch.fromS)})
        </Text>
        <Switch
          label="Draw evidence and boxes into video and picture"
          checked={overlaid}
          onChange={({ currentTarget }) => setOverlaid(currentTarget.checked)}
        />
        <Format
          icon={<IconMovie size={18} />}
          hint="MP4"
          disabled={busy}
          onClick={() =>
            void run((signal, onProgress) => exports.saveVideo({ ...stretch, paint: painter(), signal, onProgress }))
          }
        >
          Video
        </Format>
        <Format
          icon={<IconPhoto size={18} />}
          hint="PNG, of the moment on screen"
          disabled={busy}
          onClick={() => void run(picture)}
        >
          Picture
        </Format>
        <Format
          icon={<IconTable size={18} />}
          hint="CSV, one line per analysed frame"
          disabled={busy}
          onClick={() => void run(() => exports.saveScores('csv', stretch))}
        >
          Scores
        </Format>
        <Format
          icon={<IconBraces size={18} />}
          hint="JSON, with events and boxes"
          disabled={busy}
          onClick={() => void run(() => exports.saveScores('json', stretch))}
        >
          Report
        </Format>
        {fraction !== null && (
          <Group wrap="nowrap">
            <ProgressBar label="Exporting" percent={100 * fraction} words={`${Math.round(100 * fraction)} %`} />
            <Button size="compact-sm" variant="default" onClick={cancel}>
              Cancel
            </Button>
          </Group>
        )}
        {problem && (
          <Text size="sm" c="var(--critical)" role="alert">
            {problem}
          </Text>
        )}
      </Stack>
    </Modal>
  );
}
