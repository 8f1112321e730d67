/** What this place of the wall is to show: a camera, a screen, a recording, the demo. */
import { watchedSource } from '../../state/wall';
import { DemoButton } from '../start/demo-door';
import { VideoButtons } from '../start/video-door';
import { WebcamButtons } from '../start/webcam-door';
import { useCameraStates } from '../wall-context';
import classes from './wall.module.css';

export function TileStart() {
  const taken = useCameraStates((state) => {
    const watched = watchedSource(state);
    return watched?.kind === 'webcam' ? watched.id.replace(/^webcam:/, '') : null;
  });
  return (
    <div className={classes.start}>
      <div className={classes.ways}>
        <WebcamButtons taken={taken.filter((id) => id !== null)} />
      </div>
      <div className={classes.ways}>
        <VideoButtons />
        <DemoButton />
      </div>
    </div>
  );
}
