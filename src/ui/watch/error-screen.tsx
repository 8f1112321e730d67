/** Nothing can go on: what happened, what to do, the way back. */
import { Button } from '@mantine/core';
import {
  IconAlertTriangle,
  IconCpu,
  IconFileAlert,
  IconLayoutGrid,
  IconPlugConnectedX,
  IconVideoOff,
} from '@tabler/icons-react';
import { useActions, useWatch } from '../watch-context';
import { CentreScreen } from './centre-screen';

/** What kind of trouble a code stands for; any other code gets the last entry. */
const troubles = [
  { codes: ['permission-denied'], title: 'The camera is not allowed', icon: IconVideoOff },
  { codes: ['no-camera'], title: 'No camera was found', icon: IconVideoOff },
  { codes: ['camera-in-use'], title: 'The camera is busy', icon: IconVideoOff },
  { codes: ['already-watched'], title: 'Watched already', icon: IconLayoutGrid },
  { codes: ['unplugged'], title: 'The camera is gone', icon: IconPlugConnectedX },
  {
    codes: [
      'not-a-video',
      'truncated',
      'no-video-track',
      'too-small',
      'codec-unsupported',
      'no-images',
      'image-unreadable',
    ],
    title: 'This file cannot be watched',
    icon: IconFileAlert,
  },
  { codes: ['no-backend', 'unsupported'], title: 'This browser cannot run Oriel', icon: IconCpu },
  { codes: [], title: 'Something went wrong', icon: IconAlertTriangle },
];

export function ErrorScreen() {
  const error = useWatch((state) => state.error);
  const actions = useActions();
  const trouble = troubles.find(({ codes }) => error && codes.includes(error.code)) ?? troubles[troubles.length - 1];
  return (
    <div role="alert">
      <CentreScreen
        icon={trouble.icon}
        title={trouble.title}
        text={error?.message ?? 'Please start again; what was learned is kept.'}
      >
        <Button onClick={() => actions.dismissError()}>Start again</Button>
      </CentreScreen>
    </div>
  );
}
