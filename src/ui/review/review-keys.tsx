/** The keys of the Review page, and the sheet that lists them. */
import { Kbd, Modal } from '@mantine/core';
import { useHotkeys } from '@mantine/hooks';
import { recapDays } from '../../state/recap';
import type { EventRecord } from '../../storage/recording-rows';
import { useReviewActions, useReviewStore } from '../review-context';
import { useTogglePlay } from '../stage/stage-context';
import { useFrameStep } from './frame-step';
import classes from './review.module.css';
import { useStep } from './shown-events';

const sheet: [keys: string[], meaning: string][] = [
  [['J'], 'Next event'],
  [['K'], 'Previous event'],
  [['R'], 'Reviewed'],
  [['T'], 'True: unusual indeed'],
  [['N'], 'Normal here'],
  [['P'], 'Recap of the recording, or of the newest day; Esc ends it'],
  [['M'], 'Motion search: draw where, see when'],
  [['S'], 'Skip Oriel’s question'],
  [['E'], 'Export'],
  [['Z'], 'Undo'],
  [['Space'], 'Play, pause'],
  [[',', '.'], 'One frame back, on'],
  [['<', '>'], 'Slower, faster'],
  [['?'], 'This list'],
];

interface ReviewKeysProps {
  shown: EventRecord[];
  speed: number;
  setSpeed: (speed: number) => void;
  speeds: readonly number[];
  openHelp: () => void;
  openExport: () => void;
  toggleSearch: () => void;
}

/** Controls that use the space bar themselves keep it. */
const usesSpace = (target: EventTarget | null) =>
  target instanceof Element && target.closest('button, input, select, [role="slider"]') !== null;

export function useReviewKeys(props: ReviewKeysProps): void {
  const { shown, speed, setSpeed, speeds, openHelp, openExport, toggleSearch } = props;
  const store = useReviewStore();
  const actions = useReviewActions();
  const step = useStep(shown);
  const toggle = useTogglePlay();
  const frames = useFrameStep();
  const withEvent = (act: (event: EventRecord) => unknown) => () => {
    const { event } = store.getState();
    if (event) act(event);
  };
  const faster = (places: number) => () => setSpeed(speeds[speeds.indexOf(speed) + places] ?? speed);
  const onSpace = (event: KeyboardEvent) => {
    if (usesSpace(event.target)) return;
    event.preventDefault(); // no scrolling
    const { recap } = store.getState();
    if (recap) void actions.recap.setPlaying(!recap.playing);
    else toggle();
  };
  const move = (places: number) => () => {
    if (!store.getState().recap) step(places);
  };
  const startRecap = () => {
    const { recording, events } = store.getState();
    const [newest] = recapDays(events, 1);
    if (recording) void actions.recap.start({ recordingId: recording.id });
    else if (newest) void actions.recap.start({ day: newest.day });
  };
  useHotkeys([
    ['J', move(1)],
    ['K', move(-1)],
    ['P', startRecap],
    ['M', toggleSearch],
    ['R', withEvent(({ id, reviewed }) => actions.setReviewed([id], !reviewed))],
    ['T', withEvent(({ id, verdict }) => actions.judge([id], verdict === 'true' ? null : 'true'))],
    ['N', withEvent(({ id, verdict }) => actions.judge([id], verdict === 'normal' ? null : 'normal'))],
    ['E', () => store.getState().recording && openExport()],
    ['Z', () => void actions.undo()],
    ['mod+Z', () => void actions.undo()],
    ['space', onSpace, { preventDefault: false }],
    [',', () => frames(-1)],
    ['.', () => frames(1)],
    ['shift+<', faster(-1)],
    ['shift+>', faster(1)],
    ['shift+?', openHelp],
  ]);
}

export function KeysSheet({ opened, close }: { opened: boolean; close: () => void }) {
  return (
    <Modal opened={opened} onClose={close} title="Keys" centered size="sm" closeButtonProps={{ 'aria-label': 'Close' }}>
      <dl className={classes.keys}>
        {sheet.map(([keys, meaning]) => (
          <div key={meaning}>
            <dt>
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{meaning}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  );
}
