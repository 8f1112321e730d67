/** Two to four cameras side by side, and the alerts of all of them. */
import { Button, VisuallyHidden } from '@mantine/core';
import { IconLayoutGridAdd } from '@tabler/icons-react';
import { useState } from 'react';
import { MOST_CAMERAS } from '../../state/wall';
import { useCameras, useWall } from '../wall-context';
import { WatchProvider } from '../watch-context';
import { CameraTile } from './camera-tile';
import classes from './wall.module.css';
import { WallFeed } from './wall-feed';
import { useWallKeys } from './wall-keys';

const countWords = ['', 'One camera', 'Two cameras', 'Three cameras', 'Four cameras'];

function AddTile({ add }: { add: () => void }) {
  return (
    <li className={classes.add}>
      <Button variant="default" leftSection={<IconLayoutGridAdd size={16} />} onClick={add}>
        Add a camera
      </Button>
      <p>Or a recording, a shared screen, the demo: up to four at once.</p>
    </li>
  );
}

export function WallPage() {
  const wall = useWall();
  const cameras = useCameras();
  /** Where a source is to be chosen now, so that the keyboard goes on there. */
  const [added, setAdded] = useState(() => cameras.at(-1)?.id);
  useWallKeys();
  const full = cameras.length >= MOST_CAMERAS;
  const remove = (id: string) => {
    wall.remove(id);
    document.getElementById('main')?.focus();
  };
  return (
    <div className={classes.wall}>
      <VisuallyHidden component="h1">{countWords[cameras.length]}</VisuallyHidden>
      <section className={classes.cameras} aria-label="Pictures">
        <ul className={classes.tiles} aria-label="Cameras" data-rows={Math.ceil(cameras.length / 2)}>
          {cameras.map(({ id, store, actions }, index) => (
            <WatchProvider key={id} store={store} actions={actions}>
              <CameraTile place={index + 1} takesFocus={id === added} remove={() => remove(id)} />
            </WatchProvider>
          ))}
          {!full && <AddTile add={() => setAdded(wall.add()?.id)} />}
        </ul>
        <p className={classes.hint}>
          {full && 'Four cameras are the most that can be watched at once; remove one to add another. '}
          <span className={classes.keys}>Keys 1–{cameras.length} enlarge a camera, Escape leads back.</span>
        </p>
      </section>
      <aside className={classes.side} aria-label="What was unusual">
        <WallFeed />
      </aside>
    </div>
  );
}
