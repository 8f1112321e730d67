/** What this place of the wall is to show: a camera, a screen, a recording, the demo. */
import { DemoButton } from '../start/demo-door';
import { VideoButtons } from '../start/video-door';
import { WebcamButtons } from '../start/webcam-door';
import { useWallState } from '../wall-context';
import classes from './wall.module.css';

/** Ids of the cameras that are open, as one string: a selector's answer must be stable. */
const separator = '\n';

export function TileStart() {
  const taken = useWallState(({ cameras }) =>
    cameras
      .map(({ store }) => store.getState().source)
      .flatMap((source) => (source?.kind === 'webcam' ? [source.id.replace(/^webcam:/, '')] : []))
      .join(separator),
  );
  return (
    <div className={classes.start}>
      <div className={classes.ways}>
        <WebcamButtons taken={taken ? taken.split(separator) : []} />
      </div>
      <div className={classes.ways}>
        <VideoButtons />
        <DemoButton />
      </div>
    </div>
  );
}
