/** The model loads and compiles: one real progress bar. */
import { Text } from '@mantine/core';
import { IconCpu } from '@tabler/icons-react';
import { ProgressBar } from '../shell/progress-bar';
import { useWatch } from '../watch-context';
import { CentreScreen } from './centre-screen';
import classes from './watch.module.css';

export function LoadingScreen() {
  const { fraction, step } = useWatch((state) => state.loading);
  const percent = Math.round(fraction * 100);
  return (
    <CentreScreen
      icon={IconCpu}
      title="Getting ready"
      text="A few megabytes once; the browser keeps them for next time."
    >
      <div className={classes.loading}>
        <ProgressBar label="Loading model" percent={percent} words={`${percent} %, ${step}`} />
        <div className={classes.loadingStep}>
          <Text size="sm" c="dimmed">
            {step || 'Starting'}
          </Text>
          <Text size="sm" c="dimmed">
            {percent} %
          </Text>
        </div>
      </div>
    </CentreScreen>
  );
}
