/** How components reach the notices of alerts. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { AlertNotices, NoticesState } from '../state/alert-notices';

const NoticesContext = createContext<AlertNotices | null>(null);
export const NoticesProvider = NoticesContext.Provider;

export function useNotices(): AlertNotices {
  const notices = useContext(NoticesContext);
  if (!notices) throw new Error('This component must stand inside <NoticesProvider>.');
  return notices;
}

/** One value of their state; renders when it changes. */
export const useNoticesState = <T,>(select: (state: NoticesState) => T): T => useStore(useNotices().store, select);
