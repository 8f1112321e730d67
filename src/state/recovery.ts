/** Going on after a crash of the engine worker or the loss of a camera, with the learned scene. */
import type { LiveCapture } from '../media/live-capture';
import type { Camera } from '../media/webcam';
import type { Keepsakes } from './keepsakes';
import { cameraOf, type Opening, webcamOpening } from './openings';
import type { Attached, SourceConnection } from './source-connection';
import type { WatchStore } from './watch-store';
import type { MessageFolder } from './worker-messages';

export interface RecoveryParts {
  store: WatchStore;
  keepsakes: Keepsakes;
  connection: SourceConnection;
  folder: MessageFolder;
  media: {
    openWebcam(deviceId?: string): Promise<LiveCapture>;
    onCameraReturn(lost: Camera, listener: (camera: Camera) => void): () => void;
  };
  /** Watch with the scene in use, if any, the run before kept where `continued` says why it broke off. */
  watchAgain(continued?: { why: string }): Promise<void>;
}

/** More crashes than this on one source within a minute are not mended. */
const MOST_CRASHES = 3;
const CRASHES_KEPT_MS = 60_000;

export function createRecovery({ store, keepsakes, connection, folder, media, watchAgain }: RecoveryParts) {
  let stopWaiting: () => void = () => undefined;
  let crashes = { opening: null as Opening | null, times: [] as number[] };

  /** How often the engine has crashed on this source within the last minute, now included. */
  function countCrash(opening: Opening): number {
    const now = performance.now();
    const before = crashes.opening === opening ? crashes.times : [];
    crashes = { opening, times: [...before.filter((time) => now - time < CRASHES_KEPT_MS), now] };
    return crashes.times.length;
  }

  /** Open the source again and go on as before: watching with the same scene, or ready to learn. What was judged outlives a failure. */
  async function reopen(wanted: Opening, watching: boolean, why: string): Promise<Attached> {
    const judged = watching && folder.observations().length > 0;
    const attached = await connection.attach(wanted, judged ? 'ended' : 'error');
    if (attached === 'attached' && watching) {
      await watchAgain(store.getState().source?.live ? { why } : undefined);
    }
    return attached;
  }

  /** The source is gone: what was judged stays to be looked at. A camera is waited for. */
  function failed(code: string, message: string): void {
    const { source, phase } = store.getState();
    const watching = phase === 'watching' || phase === 'paused';
    const judged = folder.observations().length > 0 && (watching || phase === 'ended');
    connection.releaseCamera();
    if (code === 'TensorsGaveUpError') connection.forgetEngine();
    store.setState({ phase: judged ? 'ended' : 'error', error: { code, message } });
    if (code === 'unplugged' && source) awaitCamera(cameraOf(source), watching);
  }

  function awaitCamera(lost: Camera, watching: boolean): void {
    stopWaiting();
    const goOn = async (camera: Camera) => {
      store.setState({ error: null });
      const wanted = webcamOpening(media.openWebcam, keepsakes, camera.id);
      if ((await reopen(wanted, watching, 'unplugged')) === 'failed') awaitCamera(camera, watching);
    };
    stopWaiting = media.onCameraReturn(lost, (camera) => void goOn(camera));
  }

  return {
    failed,
    /** The engine worker is gone; the next call starts an empty one. */
    async crashed(): Promise<void> {
      const { phase } = store.getState();
      const wanted = connection.opening();
      connection.forgetEngine();
      if (!wanted || phase === 'empty' || phase === 'error' || phase === 'ended') return;
      if (countCrash(wanted) > MOST_CRASHES) {
        // What the crash interrupted must not speak over this.
        void connection.halt();
        return failed(
          'engine-crashed',
          'The analysis stops again and again on this source; reload the page or try another one.',
        );
      }
      store.setState({ notice: 'The analysis stopped unexpectedly and was started again; what was learned is kept.' });
      await reopen(wanted, phase === 'watching' || phase === 'paused', 'rebuilding');
    },
    /** Wait for no camera any more. */
    stopWaiting: () => stopWaiting(),
  };
}
