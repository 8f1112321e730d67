/** How far a recording has been analysed; gone when all of it is. */
import { Progress, Text } from '@mantine/core';
import type { WatchState } from '../../state/watch-store';
import { useSlowWatch, useWatch } from '../watch-context';
import { timeLeft } from '../words/clock';
import classes from './watch.module.css';

const selectProgress = (state: WatchState) => state.progress;

export function AnalysisProgress() {
  const progress = useSlowWatch(selectProgress, 500);
  const ended = useWatch((state) => state.phase === 'ended');
  if (!progress || ended) return null;
  const percent = Math.min(100, (100 * progress.timeS) / Math.max(progress.durationS, 1e-3));
  return (
    <div className={classes.analysis}>
      <Progress.Root size="xs" flex={1}>
        <Progress.Section
          value={percent}
          aria-label="Analysing"
          aria-valuetext={`${Math.round(percent)} %, ${timeLeft(progress.remainingS)}`}
        />
      </Progress.Root>
      <Text size="sm" c="dimmed">
        Analysing, {timeLeft(progress.remainingS)}
      </Text>
    </div>
  );
}
