/**
 * The Watch page's session: what the user does, carried out by engine, media and storage. Errors end in the state, as one
 * sentence; calls resolve.
 *
 *   empty ─► asking-permission ─► loading ─► opened ◄─► learning
 *     ▲              └──────────────┴─► error   │ watch
 *     │                                         ▼
 *     ├──────── stop ── ended ◄─ stop, end ─ watching ◄─► paused (hidden)
 *     └──────── stop ── opened, learning, error
 *
 * A crashed engine worker and a camera that was unplugged and is back are opened again by themselves, with the scene.
 */

import type { LearnedScene } from '../detectors/detector';
import type { BackendChoice } from '../engine/backend';
import type { LiveCapture } from '../media/live-capture';
import type { Camera } from '../media/webcam';
import type { ClientEvents, EngineClient } from '../worker/engine-client';
import type { ObservedFrame, SourceRequest } from '../worker/protocol';
import type { Keepsakes } from './keepsakes';
import type { WatchActions } from './watch-actions';
import { initialWatchState, type WatchStore } from './watch-store';
import { createMessageFolder } from './worker-messages';

export interface SessionParts {
  store: WatchStore;
  createClient(events: ClientEvents): EngineClient;
  keepsakes: Keepsakes;
  backend: BackendChoice;
  listCameras(): Promise<Camera[]>;
  openWebcam(deviceId?: string): Promise<LiveCapture>;
  openScreen(): Promise<LiveCapture>;
  onCameraReturn(lost: Camera, listener: (camera: Camera) => void): () => void;
  /** The scene that ships with the demo. */
  demoScene(): Promise<LearnedScene>;
  /** Calls back whenever the page is hidden or shown; returns the function that ends it. */
  onVisibility(listener: (hidden: boolean) => void): () => void;
  saveReport(
    format: 'json' | 'csv',
    observations: ReturnType<ReturnType<typeof createMessageFolder>['observations']>,
  ): void;
}

/** How a source is opened, the first time and again after a crash. */
interface Opening {
  asksPermission: boolean;
  /** The video for the page's own player. */
  video?: File;
  open(): Promise<{ request: SourceRequest; moved?: Transferable[]; capture?: LiveCapture }>;
}

const DEMO_SEED = 7;
/** More crashes than this in a row are not mended. */
const MOST_CRASHES = 3;

export function createWatchSession(parts: SessionParts): WatchActions {
  const { store, keepsakes } = parts;
  const frameListeners = new Set<(frame: ObservedFrame) => void>();
  const pictureListeners = new Set<(picture: ImageBitmap) => void>();
  let client: EngineClient | null = null;
  let loaded: Promise<unknown> | null = null;
  let opening: Opening | null = null;
  let capture: LiveCapture | null = null;
  let videoUrl: string | null = null;
  let stopWaiting: () => void = () => undefined;
  let crashes = 0;
  /** Counts what was asked for, so that an overtaken step can tell. */
  let generation = 0;

  const folder = createMessageFolder(store, {
    onFrame(frame) {
      if (frameListeners.size === 0) frame.picture?.close();
      for (const draw of frameListeners) draw(frame);
    },
    onPicture(picture) {
      if (pictureListeners.size === 0) picture.close();
      for (const draw of pictureListeners) draw(picture);
    },
    onLearned(scene) {
      const { source } = store.getState();
      if (source) void keepsakes.keepScene(source, scene);
    },
    onFailed: failed,
    onEnded() {
      releaseCamera();
      store.setState({ phase: 'ended' });
    },
  });

  void keepsakes.preferences().then(({ alertsPerHour, overlay }) => {
    store.setState((state) => ({
      alertsPerHour: alertsPerHour ?? state.alertsPerHour,
      overlay: overlay ?? state.overlay,
    }));
  });
  parts.onVisibility((hidden) => void (hidden ? pause() : resume()));

  const engine = () => {
    client ??= parts.createClient({ listener: (message) => folder.receive(message), onCrash: () => void crashed() });
    return client.engine;
  };

  /** Load the engine once; after a failure the next call tries again. */
  function load(): Promise<unknown> {
    loaded ??= engine()
      .load(parts.backend)
      .then(() => engine().setAlertBudget(store.getState().alertsPerHour))
      .catch((error: unknown) => {
        loaded = null;
        throw error;
      });
    loaded.catch(() => undefined);
    return loaded;
  }

  function showError(error: unknown): void {
    const { code, name, message } = error as Error & { code?: string };
    store.setState({ error: { code: code ?? name, message } });
  }

  function releaseCamera(): void {
    capture?.dispose();
    capture = null;
  }

  function release(): void {
    stopWaiting();
    releaseCamera();
    if (videoUrl) URL.revokeObjectURL(videoUrl);
    videoUrl = null;
    opening = null;
  }

  /** Back to the start; what the user chose and the engine's state stay. */
  function clear(): void {
    release();
    const { status, alertsPerHour, overlay, notice } = store.getState();
    folder.startRun();
    store.setState({ ...initialWatchState, status, alertsPerHour, overlay, notice });
  }

  /** Open a source in place of whatever is open; false where that failed or was overtaken. */
  async function open(wanted: Opening): Promise<boolean> {
    const mine = ++generation;
    if (opening)
      await engine()
        .stop()
        .catch(() => undefined);
    if (mine !== generation) return false;
    clear();
    store.setState({ phase: wanted.asksPermission ? 'asking-permission' : 'loading', notice: null });
    opening = wanted;
    crashes = 0;
    return attach(wanted, mine);
  }

  /** Connect the source that `wanted` opens to the engine. */
  async function attach(wanted: Opening, mine: number): Promise<boolean> {
    const overtaken = () => mine !== generation;
    try {
      const loading = load();
      const { request, moved, capture: opened } = await wanted.open();
      if (overtaken()) {
        opened?.dispose();
        return false;
      }
      capture = opened ?? null;
      store.setState({ phase: 'loading' });
      await loading;
      if (overtaken()) return false;
      const source = await engine().open(request, moved);
      if (overtaken()) return false;
      if (wanted.video) videoUrl ??= URL.createObjectURL(wanted.video);
      store.setState({ source, phase: 'opened' });
      await keepsakes.offerScenes(source);
      return !overtaken();
    } catch (error) {
      if (overtaken()) return false;
      release();
      store.setState({ phase: 'error' });
      showError(error);
      return false;
    }
  }

  /** The source is gone: what was judged stays to be looked at. A camera is waited for. */
  function failed(code: string, message: string): void {
    const { source, phase } = store.getState();
    const wanted = opening;
    const judged =
      folder.observations().length > 0 && (phase === 'watching' || phase === 'paused' || phase === 'ended');
    releaseCamera();
    store.setState({ phase: judged ? 'ended' : 'error', error: { code, message } });
    if (code !== 'unplugged' || !source || !wanted) return;
    stopWaiting = parts.onCameraReturn({ id: source.id.replace(/^webcam:/, ''), label: source.name }, (camera) => {
      store.setState({ error: null });
      void reopen({ ...wanted, open: webcam(camera.id).open }, judged, 'unplugged');
    });
  }

  /** The engine worker is gone and an empty one stands ready. */
  async function crashed(): Promise<void> {
    loaded = null;
    const { phase } = store.getState();
    const wanted = opening;
    releaseCamera();
    if (!wanted || phase === 'empty' || phase === 'error') return;
    if (++crashes > MOST_CRASHES)
      return failed(
        'engine-crashed',
        'The analysis stops again and again on this source. Reload the page or try another one.',
      );
    store.setState({ notice: 'The analysis stopped unexpectedly and was started again; what was learned is kept.' });
    if (phase !== 'ended') await reopen(wanted, phase === 'watching' || phase === 'paused', 'rebuilding');
  }

  /** Open the source again and go on as before: watching with the same scene, or ready to learn. */
  async function reopen(wanted: Opening, watching: boolean, why: string): Promise<void> {
    const { scene } = store.getState();
    opening = wanted;
    if (!(await attach(wanted, ++generation)) || !watching || !scene) return;
    await engine().setScene(scene);
    folder.startRun(store.getState().source?.live ? { why } : undefined);
    await startWatching();
  }

  async function startWatching(): Promise<void> {
    try {
      store.setState({ phase: 'watching', error: null });
      await engine().watch();
    } catch (error) {
      store.setState({ phase: 'opened' });
      showError(error);
    }
  }

  async function pause(): Promise<void> {
    const { phase, source } = store.getState();
    if (!source?.live || (phase !== 'watching' && phase !== 'learning')) return;
    if (phase === 'watching') store.setState({ phase: 'paused' });
    await engine()
      .pause('hidden')
      .catch(() => undefined);
  }

  async function resume(): Promise<void> {
    const { phase, source } = store.getState();
    if (!source?.live) return;
    if (phase === 'paused') store.setState({ phase: 'watching' });
    await engine()
      .resume()
      .catch(() => undefined);
  }

  const webcam = (deviceId?: string): Opening => ({
    asksPermission: true,
    async open() {
      const { cameraId } = await keepsakes.preferences();
      const opened = await parts.openWebcam(deviceId ?? cameraId ?? undefined).catch((error: { code?: string }) => {
        // The camera chosen last time is not connected today.
        if (deviceId || !cameraId || error.code !== 'no-camera') throw error;
        return parts.openWebcam();
      });
      keepsakes.prefer('cameraId', opened.request.info.id.replace(/^webcam:/, ''));
      return { request: opened.request, moved: opened.transfer, capture: opened };
    },
  });

  /** Use a scene, then watch with it. A scene that does not fit leaves the source open. */
  async function watchWith(scene: LearnedScene): Promise<void> {
    try {
      await engine().setScene(scene);
    } catch (error) {
      return showError(error);
    }
    store.setState({ scene });
    await actions.watch();
  }

  const actions: WatchActions = {
    listCameras: parts.listCameras,
    async useWebcam(deviceId) {
      await open(webcam(deviceId));
    },
    async useScreen() {
      await open({
        asksPermission: true,
        async open() {
          const opened = await parts.openScreen();
          return { request: opened.request, moved: opened.transfer, capture: opened };
        },
      });
    },
    async openVideo(file) {
      await open({ asksPermission: false, video: file, open: async () => ({ request: { kind: 'file', file } }) });
    },
    async openImages(files) {
      await open({ asksPermission: false, open: async () => ({ request: { kind: 'images', files } }) });
    },
    async tryDemo() {
      const scene = parts.demoScene();
      scene.catch(() => undefined);
      if (!(await open({ asksPermission: false, open: async () => ({ request: { kind: 'demo', seed: DEMO_SEED } }) })))
        return;
      try {
        await watchWith(await scene);
      } catch {
        store.setState({ notice: 'The scene that comes with the demo could not be loaded; let Oriel learn it here.' });
      }
    },
    async learn(plan) {
      const mine = generation;
      store.setState({ phase: 'learning', learning: initialWatchState.learning, error: null });
      try {
        await engine().learn(plan);
      } catch (error) {
        if (mine === generation) showError(error);
      }
      if (mine === generation && store.getState().phase === 'learning') store.setState({ phase: 'opened' });
    },
    async cancelLearning() {
      await engine().cancelLearning();
    },
    async useSavedScene(id) {
      const scene = await keepsakes.scene(id);
      if (scene) await watchWith(scene);
      else store.setState({ notice: 'This scene is not kept any more; learn it again.' });
    },
    async watch() {
      folder.startRun();
      await startWatching();
    },
    async stop() {
      const mine = ++generation;
      const { phase } = store.getState();
      stopWaiting();
      if (client && phase !== 'ended' && phase !== 'error') await client.engine.stop().catch(() => undefined);
      if (mine !== generation) return;
      folder.publish();
      releaseCamera();
      const judged = (phase === 'watching' || phase === 'paused') && folder.observations().length > 0;
      if (judged) store.setState({ phase: 'ended' });
      else clear();
    },
    async exportReport(format) {
      folder.publish();
      parts.saveReport(format, folder.observations());
    },
    jumpTo: () => undefined,
    async setAlertBudget(perHour) {
      store.setState({ alertsPerHour: perHour });
      keepsakes.prefer('alertsPerHour', perHour);
      if (loaded) await engine().setAlertBudget(perHour);
    },
    setOverlay(overlay) {
      store.setState((state) => ({ overlay: { ...state.overlay, ...overlay } }));
      keepsakes.prefer('overlay', store.getState().overlay);
    },
    dismissError() {
      const { phase } = store.getState();
      store.setState({ error: null });
      if (phase === 'error') clear();
    },
    onFrame: (draw) => subscribed(frameListeners, draw),
    onPicture: (draw) => subscribed(pictureListeners, draw),
    frameAt: (timeS) => folder.observations().at(timeS),
    playerUrl: () => videoUrl,
  };
  return actions;
}

function subscribed<T>(listeners: Set<T>, listener: T): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}
