/**
 * The cameras that are watched at once: sessions with a source, an engine worker, a scene and rules of their own each, up to
 * four. None knows of the others; their engines share the tensor worker.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { SourceError, type SourceInfo } from '../media/frame';
import type { AlertEvent } from '../worker/protocol';
import type { WatchSession } from './session';
import type { WatchActions } from './watch-actions';
import type { WatchState, WatchStore } from './watch-store';

/** More pictures than this at once are too small to be looked at, and too many for most devices. */
export const MOST_CAMERAS = 4;

/** One place on the wall, whether a source is open there or not. */
export interface WallCamera {
  id: string;
  store: WatchStore;
  actions: WatchSession;
}

/** An alert, whose it is, and when it was raised, in milliseconds since 1970: the clocks of sources begin whenever they were opened. */
export interface WallAlert {
  camera: WallCamera;
  alert: AlertEvent;
  raisedAt: number;
}

export interface WallState {
  /** One to four, in the order in which they came. */
  cameras: readonly WallCamera[];
  /** Of all cameras, newest first. */
  alerts: readonly WallAlert[];
}

/** The source that is open or watched here; null where there is none, or no longer. */
export const watchedSource = ({ phase, source }: WatchState): SourceInfo | null =>
  phase === 'ended' || phase === 'error' ? null : source;

export interface Wall {
  store: StoreApi<WallState>;
  /** Another place; null where there are four. */
  add(): WallCamera | null;
  /** Take a camera away. The last one's place stays, empty. */
  remove(id: string): void;
}

/** Makes a session; `admit` throws SourceError where another one on the wall watches the source. */
export type CreateCamera = (admit: (source: SourceInfo) => void) => Omit<WallCamera, 'id'>;

export function createWall(create: CreateCamera, now = Date.now): Wall {
  const store = createStore<WallState>(() => ({ cameras: [], alerts: [] }));
  const leave = new Map<string, () => void>();
  let made = 0;

  function make(): WallCamera {
    const camera: WallCamera = { id: String(++made), ...create((source) => refuseTwice(camera, source)) };
    leave.set(
      camera.id,
      camera.store.subscribe(({ alerts }, before) => alerts !== before.alerts && takeAlerts(camera, alerts)),
    );
    return camera;
  }

  /** All shared screens look alike from outside; of anything else one watcher is enough. */
  function refuseTwice(asking: WallCamera, { id, name, kind }: SourceInfo): void {
    const watches = ({ store: other }: WallCamera) => watchedSource(other.getState())?.id === id;
    if (kind === 'screen' || !store.getState().cameras.some((each) => each !== asking && watches(each))) return;
    throw new SourceError('already-watched', `“${name}” is on the wall already; choose another camera or recording.`);
  }

  function takeAlerts(camera: WallCamera, alerts: AlertEvent[]): void {
    const before = store.getState().alerts;
    const known = new Map(before.filter((each) => each.camera === camera).map((each) => [each.alert.id, each]));
    const mine = alerts.map((alert) => ({ camera, alert, raisedAt: known.get(alert.id)?.raisedAt ?? now() }));
    const others = before.filter((each) => each.camera !== camera);
    store.setState({ alerts: [...mine, ...others].sort(newestFirst) });
  }

  const wall: Wall = {
    store,
    add() {
      const { cameras } = store.getState();
      if (cameras.length >= MOST_CAMERAS) return null;
      const camera = make();
      store.setState({ cameras: [...cameras, camera] });
      return camera;
    },
    remove(id) {
      const { cameras, alerts } = store.getState();
      const gone = cameras.find((each) => each.id === id);
      if (!gone) return;
      leave.get(id)?.();
      leave.delete(id);
      const left = cameras.filter((each) => each !== gone);
      store.setState({
        cameras: left.length ? left : [make()],
        alerts: alerts.filter(({ camera }) => camera !== gone),
      });
      void gone.actions.dispose();
    },
  };
  wall.add();
  return wall;
}

const newestFirst = (a: WallAlert, b: WallAlert) =>
  b.raisedAt - a.raisedAt || (a.camera === b.camera ? b.alert.startS - a.alert.startS : 0);

/** What is set while no single camera is looked at, is set for all of them. */
export function forEveryCamera(cameras: readonly WallCamera[]): WatchActions {
  const all = (act: (actions: WatchActions) => Promise<void>) => async () => {
    await Promise.all(cameras.map(({ actions }) => act(actions)));
  };
  return {
    ...cameras[0].actions,
    setAlertBudget: (perHour) => all((actions) => actions.setAlertBudget(perHour))(),
    chooseDetector: (name) => all((actions) => actions.chooseDetector(name))(),
    heedLabels: all((actions) => actions.heedLabels()),
    setOverlay: (overlay) => {
      for (const { actions } of cameras) actions.setOverlay(overlay);
    },
  };
}
