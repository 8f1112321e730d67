/** One camera of the wall on a page of its own, with the way back and to the others. */
import { Anchor } from '@mantine/core';
import { IconLayoutGrid } from '@tabler/icons-react';
import { Link, Redirect } from 'wouter';
import { cameraAddress, useCameras, useLookedAt } from '../wall-context';
import { WatchPage } from '../watch/watch-page';
import { useWatch, WatchProvider } from '../watch-context';
import { cameraName, cameraState, stateWords } from './camera-state';
import classes from './wall.module.css';
import { useWallKeys } from './wall-keys';

function CameraLink({ place, current }: { place: number; current: boolean }) {
  const name = useWatch(cameraName);
  const alerting = useWatch((state) => cameraState(state) === 'alert');
  return (
    <Link href={cameraAddress(place)} aria-current={current ? 'page' : undefined} className={classes.barLink}>
      <span className={classes.place}>{place}</span>
      <span className={classes.barName}>{name}</span>
      {alerting && (
        <span className={classes.state} data-state="alert">
          {stateWords.alert}
        </span>
      )}
    </Link>
  );
}

export function CameraPage() {
  const cameras = useCameras();
  const looked = useLookedAt();
  useWallKeys();
  if (!looked || cameras.length === 1) return <Redirect to="/" replace />;
  return (
    <div className={classes.enlarged}>
      <nav className={classes.bar} aria-label="Cameras">
        <Anchor component={Link} href="/" className={classes.back} title="Escape">
          <IconLayoutGrid size={16} aria-hidden /> <span>All cameras</span>
        </Anchor>
        {cameras.map(({ id, store, actions }, index) => (
          <WatchProvider key={id} store={store} actions={actions}>
            <CameraLink place={index + 1} current={id === looked.id} />
          </WatchProvider>
        ))}
      </nav>
      <WatchPage key={looked.id} />
    </div>
  );
}
