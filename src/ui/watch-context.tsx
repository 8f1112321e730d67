/** How components reach the store and the actions: narrow subscriptions, and slow ones for what changes with every frame. */
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import type { WatchActions } from '../state/watch-actions';
import type { WatchState, WatchStore } from '../state/watch-store';

const WatchContext = createContext<{ store: WatchStore; actions: WatchActions } | null>(null);

export function WatchProvider(props: { store: WatchStore; actions: WatchActions; children: ReactNode }) {
  const { store, actions } = props;
  const value = useMemo(() => ({ store, actions }), [store, actions]);
  return <WatchContext value={value}>{props.children}</WatchContext>;
}

function useWatchContext() {
  const context = useContext(WatchContext);
  if (!context) throw new Error('This component must stand inside <WatchProvider>.');
  return context;
}

export const useWatchStore = () => useWatchContext().store;
export const useActions = () => useWatchContext().actions;

/** One value of the state; renders when it changes. The selector must return a stable reference. */
export const useWatch = <T,>(select: (state: WatchState) => T): T => useStore(useWatchStore(), select);

/** One value of the state, at most once in `intervalMs`; the last change is never lost. `select` must be a constant. */
export function useSlowWatch<T>(select: (state: WatchState) => T, intervalMs: number): T {
  const store = useWatchStore();
  const [value, setValue] = useState(() => select(store.getState()));
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const take = () => {
      timer = undefined;
      setValue(() => select(store.getState()));
    };
    take();
    const unsubscribe = store.subscribe(() => {
      timer ??= setTimeout(take, intervalMs);
    });
    return () => {
      unsubscribe();
      clearTimeout(timer);
    };
  }, [store, select, intervalMs]);
  return value;
}

/** Runs an action; a rejection that the session has not put into the state is put there, once. */
export function useRun(): (action: Promise<unknown>) => void {
  const store = useWatchStore();
  return useCallback(
    (action) => {
      action.catch((error: unknown) => {
        if (store.getState().error) return;
        const message = error instanceof Error ? error.message : String(error);
        store.setState({ error: { code: 'action', message } });
      });
    },
    [store],
  );
}
