/** The browser is asking the user for the camera or the screen. */
import { Button } from '@mantine/core';
import { IconVideo } from '@tabler/icons-react';
import { useActions, useRun } from '../watch-context';
import { CentreScreen } from './centre-screen';

export function PermissionScreen() {
  const actions = useActions();
  const run = useRun();
  return (
    <CentreScreen
      icon={IconVideo}
      title="Your browser is asking for permission"
      text="Choose “Allow” in its question, at the top of the window. The pictures stay in this tab."
    >
      <Button variant="default" onClick={() => run(actions.stop())}>
        Cancel
      </Button>
    </CentreScreen>
  );
}
