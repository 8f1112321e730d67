/** How components reach the cameras, and which of them is looked at. */
import { createContext, type ReactNode, useCallback, useContext, useMemo, useSyncExternalStore } from 'react';
import { useLocation } from 'wouter';
import { useStore } from 'zustand';
import { forEveryCamera, type Wall, type WallCamera, type WallState } from '../state/wall';
import type { WatchState } from '../state/watch-store';
import { WatchProvider } from './watch-context';

const WallContext = createContext<Wall | null>(null);

export function useWall(): Wall {
  const wall = useContext(WallContext);
  if (!wall) throw new Error('This component must stand inside <WallProvider>.');
  return wall;
}

/** One value of the wall; renders when it changes. The selector must return a stable reference. */
export const useWallState = <T,>(select: (state: WallState) => T): T => useStore(useWall().store, select);

export const useCameras = () => useWallState((state) => state.cameras);

/** Something of every camera's state, in their order; renders when any of it changes. */
export function useCameraStates<T extends string | number | boolean | null>(select: (state: WatchState) => T): T[] {
  const cameras = useCameras();
  const subscribe = useCallback(
    (onChange: () => void) => {
      const stops = cameras.map(({ store }) => store.subscribe(onChange));
      return () => {
        for (const stop of stops) stop();
      };
    },
    [cameras],
  );
  const selected = () => cameras.map(({ store }) => select(store.getState()));
  // A snapshot must be the same value while nothing changes.
  const values = useSyncExternalStore(subscribe, () => JSON.stringify(selected()));
  return JSON.parse(values) as T[];
}

/** Whether this holds for any of the cameras; renders when that changes. */
export const useAnyCamera = (test: (state: WatchState) => boolean): boolean => useCameraStates(test).includes(true);

/** Address of a camera by its place, from 1. */
export const cameraAddress = (place: number) => `/camera/${place}`;

/** The camera that the page is about: the only one, or the one that is enlarged; null on the wall and where no camera is shown. */
export function useLookedAt(): WallCamera | null {
  const [path] = useLocation();
  const cameras = useCameras();
  if (cameras.length === 1) return cameras[0];
  return cameras.find((_, index) => path === cameraAddress(index + 1)) ?? null;
}

/** What header and settings are about: the camera that is looked at, or all of them. */
function Current({ children }: { children: ReactNode }) {
  const cameras = useCameras();
  const looked = useLookedAt();
  const all = useMemo(() => forEveryCamera(cameras), [cameras]);
  const { store, actions } = looked ?? { store: cameras[0].store, actions: all };
  return (
    <WatchProvider store={store} actions={actions}>
      {children}
    </WatchProvider>
  );
}

export function WallProvider({ wall, children }: { wall: Wall; children: ReactNode }) {
  return (
    <WallContext value={wall}>
      <Current>{children}</Current>
    </WallContext>
  );
}
