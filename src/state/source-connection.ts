/** The source that is open, and the engine it is connected to: opened, replaced, let go. What was asked for last wins. */
import type { DetectorName } from '../detectors/catalogue';
import type { BackendChoice } from '../engine/backend';
import { within } from '../lib/within';
import type { SourceInfo } from '../media/frame';
import type { LiveCapture } from '../media/live-capture';
import type { Engine } from '../worker/engine-client';
import type { SourceRequest } from '../worker/protocol';
import type { Keepsakes } from './keepsakes';
import type { Opening } from './openings';
import { initialWatchState, type WatchStore } from './watch-store';

export interface ConnectionParts {
  store: WatchStore;
  keepsakes: Keepsakes;
  backend: BackendChoice;
  /** The engine; started at the first call. */
  engine(): Engine;
  /** The engine has hung: let it go; the next call of `engine` starts another. */
  replaceEngine(): void;
  /** Throws SourceError where this source is not to be watched here, because it is watched elsewhere. */
  admit(source: SourceInfo): void;
  /** Called when all that was shown of the source before is to be forgotten. */
  onClear(): void;
}

/** How connecting a source went; 'overtaken' where something else was asked for meanwhile. */
export type Attached = 'attached' | 'failed' | 'overtaken';

export type SourceConnection = ReturnType<typeof createSourceConnection>;

/** An engine that has not stopped after so long has hung, in milliseconds: its last video takes a few seconds at most. */
const PATIENCE_MS = 10_000;

export function createSourceConnection(parts: ConnectionParts) {
  const { store, keepsakes, backend, engine, replaceEngine, admit, onClear } = parts;
  let loaded: Promise<unknown> | null = null;
  let opening: Opening | null = null;
  let capture: LiveCapture | null = null;
  let videoUrl: string | null = null;
  /** Counts what was asked for, so that an overtaken step can tell. */
  let generation = 0;

  /** Load the engine once; after a failure the next call tries again. */
  function load(): Promise<unknown> {
    loaded ??= engine()
      .load(backend, store.getState().detector)
      .then(configure)
      .catch((error: unknown) => {
        loaded = null;
        throw error;
      });
    loaded.catch(() => undefined);
    return loaded;
  }

  /** What a fresh engine does not know yet. */
  async function configure(): Promise<void> {
    await engine().showAttention(store.getState().overlay.heat === 'attention');
  }

  /**
   * Load another detector for the source that is open; the phase is 'loading' meanwhile, 'opened' after it, and 'error' where it
   * cannot be loaded.
   */
  async function chooseDetector(name: DetectorName): Promise<Attached> {
    const mine = ++generation;
    const overtaken = () => mine !== generation;
    store.setState({ phase: 'loading', loading: initialWatchState.loading, scene: null, savedScenes: [] });
    onClear();
    const loading = engine().chooseDetector(name);
    loaded = loading;
    try {
      await loading;
      if (overtaken()) return 'overtaken';
      const { source } = store.getState();
      store.setState({ phase: 'opened' });
      if (source) await keepsakes.offerScenes(source);
      return overtaken() ? 'overtaken' : 'attached';
    } catch (error) {
      if (loaded === loading) loaded = null;
      if (overtaken()) return 'overtaken';
      release();
      store.setState({ phase: 'error', error: stateError(error) });
      return 'failed';
    }
  }

  function releaseCamera(): void {
    capture?.dispose();
    capture = null;
  }

  function release(): void {
    releaseCamera();
    if (videoUrl) URL.revokeObjectURL(videoUrl);
    videoUrl = null;
    opening = null;
  }

  /** Back to the start; what the user chose and the engine's state stay. */
  function clear(): void {
    release();
    onClear();
    const { status, alertsPerHour, overlay, detector, notice } = store.getState();
    store.setState({ ...initialWatchState, status, alertsPerHour, overlay, detector, notice });
  }

  /** Connect the source to the engine; a failure ends in this phase of the state, with its sentence. */
  async function attach(wanted: Opening, phaseOfFailure: 'error' | 'ended' = 'error'): Promise<Attached> {
    const mine = ++generation;
    const overtaken = () => mine !== generation;
    opening = wanted;
    try {
      const loading = load();
      const opened = await wanted.open();
      if (overtaken()) {
        opened.capture?.dispose();
        return 'overtaken';
      }
      capture = opened.capture ?? null;
      if (capture) admit(capture.info);
      store.setState({ phase: 'loading' });
      await loading;
      if (overtaken()) return 'overtaken';
      // A camera's stream begins when it is asked for: not before the engine can take it.
      const { request, transfer } = opened.capture ?? { request: opened.request, transfer: [] };
      const source = await openAdmitted(request, transfer);
      if (overtaken()) return 'overtaken';
      if (wanted.video) videoUrl ??= URL.createObjectURL(wanted.video);
      store.setState({ source, phase: 'opened' });
      await keepsakes.offerScenes(source);
      const sceneRules = await keepsakes.rules(source);
      const budget = await keepsakes.budget(source);
      if (overtaken()) return 'overtaken';
      store.setState(({ alertsPerHour }) => ({ sceneRules, alertsPerHour: budget ?? alertsPerHour }));
      return 'attached';
    } catch (error) {
      if (overtaken()) return 'overtaken';
      release();
      store.setState({ phase: phaseOfFailure, error: stateError(error) });
      return 'failed';
    }
  }

  /** What a source is, is known of most kinds only once it is open. */
  async function openAdmitted(request: SourceRequest, transfer: Transferable[]): Promise<SourceInfo> {
    const source = await engine().open(request, transfer);
    try {
      admit(source);
      return source;
    } catch (error) {
      await engine().stop();
      throw error;
    }
  }

  /** False where the engine has not answered in time. */
  async function stopped(): Promise<boolean> {
    const answered = engine()
      .stop()
      .then(
        () => true,
        () => true,
      );
    return (await within(PATIENCE_MS, answered)) ?? false;
  }

  /** Stop the engine's work, or replace an engine that does not; false where something else was asked for meanwhile. */
  async function halt(): Promise<boolean> {
    const mine = ++generation;
    if (loaded && !(await stopped())) {
      loaded = null;
      replaceEngine();
    }
    return mine === generation;
  }

  return {
    attach,
    chooseDetector,
    halt,
    clear,
    releaseCamera,
    /** Open a source in place of whatever is open; false where that failed or was overtaken. */
    async open(wanted: Opening): Promise<boolean> {
      if (opening && !(await halt())) return false;
      clear();
      store.setState({ phase: wanted.asksPermission ? 'asking-permission' : 'loading', notice: null });
      return (await attach(wanted)) === 'attached';
    },
    /** A number that changes when another source is opened or all is stopped. */
    generation: () => generation,
    opening: () => opening,
    playerUrl: () => videoUrl,
    isLoaded: () => loaded !== null,
    /** Whether the browser gives no pictures of the open camera or screen while the tab is hidden. */
    stopsWhileHidden: () => capture?.request.kind === 'bitmaps',
    /** The engine is a fresh one, or has lost its object finder: load it again when it is next needed. */
    forgetEngine() {
      loaded = null;
      releaseCamera();
    },
  };
}

/** An error as the state holds it: a code, and the sentence for the user. */
export function stateError(error: unknown): { code: string; message: string } {
  const { code, name, message } = error as Error & { code?: string };
  return { code: code ?? name, message };
}
