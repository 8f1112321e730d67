/** A line above the page once a new version is there; nothing happens before the user says so. */
import { Button } from '@mantine/core';
import { IconRefresh } from '@tabler/icons-react';
import { useState } from 'react';
import { useStore } from 'zustand';
import type { AppUpdate } from '../../state/app-update';
import { useAnyCamera } from '../wall-context';
import classes from './shell.module.css';

const sentences = {
  ready: 'A new version of Oriel is ready.',
  elsewhere: 'Oriel was updated in another tab.',
};

export function UpdatePrompt({ update }: { update: AppUpdate }) {
  const version = useStore(update.store, (state) => state.version);
  const busy = useAnyCamera(({ phase }) => phase === 'watching' || phase === 'paused' || phase === 'learning');
  const [later, setLater] = useState<typeof version>('current');
  return (
    <div role="status" aria-label="Update">
      {version !== 'current' && version !== later && (
        <div className={classes.update}>
          <IconRefresh size={18} aria-hidden />
          <span>
            {sentences[version]} {busy && 'Reloading ends what is running now.'}
          </span>
          <div>
            <Button size="compact-sm" onClick={() => update.reload()}>
              Reload
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => setLater(version)}>
              Later
            </Button>
          </div>
        </div>
      )}
    </div>
  );
}
