/** Learning goes on: how far, how long still, whether there is anything to learn from. */
import { Button, Text, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ProgressBar } from '../shell/progress-bar';
import { useActions, useRun, useWatch } from '../watch-context';
import { timeLeft } from '../words/clock';
import classes from './watch.module.css';

/** Below this share of moving picture, for so long, there is hardly anything to learn from. */
const STILL = 0.002;
const STILL_FOR_MS = 4000;

/** True once nothing has moved for a while; false again with the first movement. */
function useStandstill(moving: number | null): boolean {
  const still = moving !== null && moving < STILL;
  const [standstill, setStandstill] = useState(false);
  useEffect(() => {
    if (!still) return setStandstill(false);
    const timer = setTimeout(() => setStandstill(true), STILL_FOR_MS);
    return () => clearTimeout(timer);
  }, [still]);
  return standstill;
}

export function LearningPanel() {
  const { fraction, remainingS, moving } = useWatch((state) => state.learning);
  const actions = useActions();
  const run = useRun();
  const percent = Math.round(fraction * 100);
  const left = timeLeft(remainingS);
  const standstill = useStandstill(moving);
  const hint =
    moving === null
      ? 'Enough was seen. What is normal here is being worked out.'
      : standstill
        ? 'Hardly anything moves right now. Learning needs ordinary life: people, traffic, machines at work.'
        : 'Keep the camera where it is. Whatever happens now counts as normal here.';
  return (
    <div className={classes.panel}>
      <Title order={2} size="h4">
        Learning what is normal
      </Title>
      <div>
        <ProgressBar label="Learning" percent={percent} words={`${percent} %, ${left}`} />
      </div>
      <div className={classes.loadingStep}>
        <Text size="sm">{percent} %</Text>
        <Text size="sm" c="dimmed">
          {left}
        </Text>
      </div>
      <Text size="sm" c="dimmed">
        {hint}
      </Text>
      <Button variant="default" onClick={() => run(actions.cancelLearning())}>
        Cancel learning
      </Button>
    </div>
  );
}
