/** How far a recording has been analysed, and how long the rest takes. */
import { Text } from '@mantine/core';
import type { WatchState } from '../../state/watch-store';
import { ProgressBar } from '../shell/progress-bar';
import { useSlowWatch, useWatch } from '../watch-context';
import { timeLeft } from '../words/clock';
import classes from './watch.module.css';

const selectProgress = (state: WatchState) => state.progress;

export function AnalysisProgress() {
  const progress = useSlowWatch(selectProgress, 500);
  const ended = useWatch((state) => state.phase === 'ended');
  if (ended) {
    return (
      <Text size="sm" c="dimmed">
        Analysed to the end.
      </Text>
    );
  }
  if (!progress) return null;
  const percent = Math.min(100, (100 * progress.timeS) / Math.max(progress.durationS, 1e-3));
  return (
    <div className={classes.analysis}>
      <ProgressBar
        label="Analysing"
        size="xs"
        percent={percent}
        words={`${Math.round(percent)} %, ${timeLeft(progress.remainingS)}`}
      />
      <Text size="sm" c="dimmed">
        Analysing, {timeLeft(progress.remainingS)}
      </Text>
    </div>
  );
}
