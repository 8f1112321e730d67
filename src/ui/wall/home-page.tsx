/** Where Oriel begins: the one camera that is watched, or the wall of several. */
import { useCameras } from '../wall-context';
import { WatchPage } from '../watch/watch-page';
import { WallPage } from './wall-page';

export function HomePage() {
  const cameras = useCameras();
  return cameras.length === 1 ? <WatchPage key={cameras[0].id} /> : <WallPage />;
}
