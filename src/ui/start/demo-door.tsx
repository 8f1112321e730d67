/** Begin without camera or footage: a plaza drawn by the app itself. */
import { Button } from '@mantine/core';
import { IconSparkles } from '@tabler/icons-react';
import { useActions, useRun } from '../watch-context';
import { Door } from './door';
import classes from './start.module.css';

export function DemoButton() {
  const actions = useActions();
  const run = useRun();
  return (
    <Button fullWidth variant="default" onClick={() => run(actions.tryDemo())}>
      Try the demo
    </Button>
  );
}

export function DemoDoor() {
  return (
    <Door
      icon={IconSparkles}
      title="See it work"
      text="A busy plaza, drawn by your own browser and already learned. The first surprise comes within 20 seconds."
    >
      <DemoButton />
      <p className={classes.doorHint}>No camera, no file needed</p>
    </Door>
  );
}
