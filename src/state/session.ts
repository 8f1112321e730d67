/**
 * The Watch page's session: what the user does, carried out by engine, media and storage. Errors end in the state, as one
 * sentence; calls resolve.
 *
 *   empty ─► asking-permission ─► loading ─► opened ◄─► learning
 *     ▲              └──────────────┴─► error   │ watch
 *     │                                         ▼
 *     ├──────── stop ── ended ◄─ stop, end ─ watching ◄─► paused (hidden, where that ends the pictures)
 *     └──────── stop ── opened, learning, error
 *
 * A crashed engine worker and a camera that was unplugged and is back are opened again by themselves, with the scene.
 */
import { cardOf } from '../detectors/catalogue';
import type { LearnedScene } from '../detectors/detector';
import type { BackendChoice } from '../engine/backend';
import type { SourceInfo } from '../media/frame';
import type { LiveCapture } from '../media/live-capture';
import type { Camera } from '../media/webcam';
import { DEFAULT_LIMIT_BYTES } from '../storage/footage-room';
import type { ClientEvents, EngineClient } from '../worker/engine-client';
import type { FootageRequest, ObservedFrame } from '../worker/protocol';
import { createAlertControl } from './alert-control';
import { createChannel } from './channel';
import { createDetectorChoice } from './detector-choice';
import type { Keepsakes } from './keepsakes';
import type { ObservationLog } from './observation-log';
import { demoOpening, imagesOpening, type Opening, screenOpening, videoOpening, webcamOpening } from './openings';
import { pauseWhileHidden } from './pause-while-hidden';
import type { Recorder } from './recorder';
import { createRecovery } from './recovery';
import { createSourceConnection, stateError } from './source-connection';
import type { WatchActions } from './watch-actions';
import { initialWatchState, type WatchStore } from './watch-store';
import { createMessageFolder } from './worker-messages';

export interface SessionParts {
  store: WatchStore;
  createClient(events: ClientEvents): EngineClient;
  keepsakes: Keepsakes;
  recorder: Recorder;
  backend: BackendChoice;
  listCameras(): Promise<Camera[]>;
  openWebcam(deviceId?: string): Promise<LiveCapture>;
  openScreen(): Promise<LiveCapture>;
  onCameraReturn(lost: Camera, listener: (camera: Camera) => void): () => void;
  /** Throws SourceError where another session watches this source. */
  admit(source: SourceInfo): void;
  /** The scene that ships with the demo. */
  demoScene(): Promise<LearnedScene>;
  /** Calls back whenever the page is hidden or shown; returns the function that ends it. */
  onVisibility(listener: (hidden: boolean) => void): () => void;
  saveReport(format: 'json' | 'csv', observations: ObservationLog): void;
}

export interface WatchSession extends WatchActions {
  /** End all of it: what runs is stopped, what is recorded is closed, camera and worker are let go. */
  dispose(): Promise<void>;
}

export function createWatchSession(parts: SessionParts): WatchSession {
  const { store, keepsakes } = parts;
  const frames = createChannel<ObservedFrame>((frame) => frame.picture?.close());
  const pictures = createChannel<ImageBitmap>((picture) => picture.close());
  let client: EngineClient | null = null;

  const engine = () => {
    client ??= parts.createClient({
      listener: (message) => folder.receive(message),
      onCrash: () => void recovery.crashed(),
    });
    return client.engine;
  };
  const folder = createMessageFolder(store, {
    onFrame(frame) {
      parts.recorder.observe(frame);
      frames.send(frame);
    },
    onAlert: parts.recorder.raise,
    onGap: parts.recorder.addGap,
    onPicture: pictures.send,
    onLearned(scene) {
      const { source } = store.getState();
      if (source) void keepsakes.keepScene(source, scene);
    },
    onFailed: (code, message) => recovery.failed(code, message),
    onEnded() {
      connection.releaseCamera();
      store.setState({ phase: 'ended' });
    },
  });
  const connection = createSourceConnection({
    store,
    keepsakes,
    backend: parts.backend,
    engine,
    replaceEngine() {
      client?.dispose();
      client = null;
    },
    admit: parts.admit,
    onClear: () => folder.startRun(),
  });
  const control = createAlertControl({ store, keepsakes, folder, engine, isLoaded: connection.isLoaded });
  const recovery = createRecovery({ store, keepsakes, connection, folder, media: parts, watchAgain });
  const choice = createDetectorChoice({ ...parts, connection, watchWith, watchWithSaved });

  const remembered = keepsakes.preferences().then(({ alertsPerHour, overlay, detector }) => {
    store.setState((state) => ({
      alertsPerHour: alertsPerHour ?? state.alertsPerHour,
      overlay: overlay ?? state.overlay,
      detector: detector ? cardOf(detector).name : state.detector,
    }));
  });
  store.subscribe(({ phase }) => {
    if (phase === 'ended' || phase === 'empty' || phase === 'error') parts.recorder.end();
  });
  const stopHearing = pauseWhileHidden({ store, connection, engine, onVisibility: parts.onVisibility });

  async function open(wanted: Opening): Promise<boolean> {
    recovery.stopWaiting();
    await remembered;
    return connection.open(wanted);
  }

  /** Begin a run, or go on with the last one, and record what comes. */
  async function startWatching(continued?: { why: string }): Promise<void> {
    const { offsetS } = folder.startRun(continued);
    try {
      const footage = await startRecording(offsetS, continued !== undefined);
      store.setState({ phase: 'watching', judgedBy: store.getState().detector, error: null });
      await control.readSaid();
      await control.apply();
      await engine().watch(footage);
    } catch (error) {
      store.setState({ phase: 'opened', error: stateError(error) });
    }
  }

  /** What is to be kept as video, if any. */
  async function startRecording(offsetS: number, continued: boolean): Promise<FootageRequest | undefined> {
    const { source, scene, status, detector, alertsPerHour } = store.getState();
    if (!source) return undefined;
    const learned = { durationS: scene?.durationS ?? 0, frames: scene?.frames ?? 0 };
    const start = { source, detector, backend: status.backend?.backend ?? 'none', learned, alertsPerHour };
    const recordingId = parts.recorder.begin(start, continued);
    const { footage = 'events', footageLimitBytes: limitBytes = DEFAULT_LIMIT_BYTES } = await keepsakes.preferences();
    return footage === 'none' || !source.live ? undefined : { recordingId, offsetS, keep: footage, limitBytes };
  }

  /** Use a scene, or none where the detector does without, then watch. A scene that does not fit leaves the source open. */
  async function watchWith(scene: LearnedScene | null, continued?: { why: string }): Promise<void> {
    try {
      await engine().setScene(scene);
    } catch (error) {
      store.setState({ error: stateError(error) });
      return;
    }
    store.setState({ scene });
    await startWatching(continued);
  }

  async function watchAgain(continued?: { why: string }): Promise<void> {
    const { scene, detector } = store.getState();
    if (scene || cardOf(detector).judgesUnlearned) await watchWith(scene, continued);
  }

  async function watchWithSaved(id: string): Promise<void> {
    const scene = await keepsakes.scene(id);
    if (scene) await watchWith(scene);
    else store.setState({ notice: 'This scene is not kept any more; learn it again.' });
  }

  return {
    listCameras: parts.listCameras,
    async useWebcam(deviceId) {
      await open(webcamOpening(parts.openWebcam, keepsakes, deviceId));
    },
    async useScreen() {
      await open(screenOpening(parts.openScreen));
    },
    async openVideo(file) {
      await open(videoOpening(file));
    },
    async openImages(files) {
      await open(imagesOpening(files));
    },
    async tryDemo() {
      if (await open(demoOpening)) await choice.watchDemo();
    },
    async learn(plan) {
      const mine = connection.generation();
      store.setState({ phase: 'learning', learning: initialWatchState.learning, error: null });
      const error = await engine()
        .learn(plan)
        .then(() => null, stateError);
      if (mine !== connection.generation()) return;
      if (error) store.setState({ error });
      if (store.getState().phase === 'learning') store.setState({ phase: 'opened' });
    },
    async cancelLearning() {
      await engine().cancelLearning();
    },
    useSavedScene: watchWithSaved,
    skipLearning: () => watchWith(null),
    chooseDetector: choice.choose,
    async watch() {
      await startWatching();
    },
    async stop() {
      const { phase } = store.getState();
      recovery.stopWaiting();
      if (!(await connection.halt())) return;
      folder.publish();
      connection.releaseCamera();
      const judged = (phase === 'watching' || phase === 'paused') && folder.observations().length > 0;
      if (judged) store.setState({ phase: 'ended' });
      else connection.clear();
    },
    async exportReport(format) {
      folder.publish();
      parts.saveReport(format, folder.observations());
    },
    /** The page's player seeks and its stage shows the picture; nothing in the engine depends on it. */
    jumpTo: () => undefined,
    setAlertBudget: control.setBudget,
    previewRules: control.preview,
    saveRules: control.save,
    snooze: control.snooze,
    setOverlay(overlay) {
      store.setState((state) => ({ overlay: { ...state.overlay, ...overlay } }));
      keepsakes.prefer('overlay', store.getState().overlay);
      const { heat } = store.getState().overlay;
      if (overlay.heat && connection.isLoaded())
        void engine()
          .showAttention(heat === 'attention')
          .catch(() => undefined);
    },
    dismissError() {
      const { phase } = store.getState();
      store.setState({ error: null });
      if (phase !== 'error') return;
      recovery.stopWaiting();
      connection.clear();
    },
    async heedLabels() {
      await control.readSaid();
      await control.apply();
    },
    onFrame: frames.listen,
    onPicture: pictures.listen,
    frameAt: (timeS) => folder.observations().at(timeS),
    playerUrl: connection.playerUrl,
    async dispose() {
      stopHearing();
      recovery.stopWaiting();
      // What is open in the engine closes: its last alert and its video.
      await connection.halt();
      connection.clear();
      client?.dispose();
      client = null;
    },
  };
}
