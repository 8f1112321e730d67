/** What a tile says while it has no picture: the browser asks, the model loads, something went wrong. */
import { Button } from '@mantine/core';
import { ProgressBar } from '../shell/progress-bar';
import { useActions, useRun, useWatch } from '../watch-context';
import classes from './wall.module.css';

function Asking() {
  const actions = useActions();
  const run = useRun();
  return (
    <>
      <p>Your browser is asking for permission. Choose “Allow” in its question.</p>
      <Button variant="default" onClick={() => run(actions.stop())}>
        Cancel
      </Button>
    </>
  );
}

function Loading() {
  const { fraction, step } = useWatch((state) => state.loading);
  const percent = Math.round(fraction * 100);
  return (
    <>
      <p>{step || 'Getting ready'}</p>
      <div className={classes.progress}>
        <ProgressBar label="Loading model" percent={percent} words={`${percent} %, ${step}`} />
      </div>
    </>
  );
}

function Failed() {
  const error = useWatch((state) => state.error);
  const actions = useActions();
  return (
    <>
      <p role="alert">{error?.message ?? 'Please start again; what was learned is kept.'}</p>
      <Button variant="default" onClick={() => actions.dismissError()}>
        Choose again
      </Button>
    </>
  );
}

export function TileMessage() {
  const phase = useWatch((state) => state.phase);
  return (
    <div className={classes.message}>
      {phase === 'asking-permission' ? <Asking /> : phase === 'error' ? <Failed /> : <Loading />}
    </div>
  );
}
