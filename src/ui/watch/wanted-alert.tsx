/** Shows the alert that was asked for, by its notification or on the wall: its picture, and its place in the list. */
import { useEffect } from 'react';
import { useNotices, useNoticesState } from '../notices-context';
import { useJump } from '../stage/stage-context';
import { useWatchStore } from '../watch-context';

export function WantedAlert() {
  const wanted = useNoticesState((state) => state.wanted);
  const notices = useNotices();
  const store = useWatchStore();
  const jump = useJump();
  useEffect(() => {
    const alert = store.getState().alerts.find(({ id }) => id === wanted);
    if (!alert) return;
    notices.shown();
    jump(alert.peak.timeS);
    document.querySelector<HTMLElement>(`[data-alert="${CSS.escape(alert.id)}"]`)?.focus();
  }, [wanted, store, notices, jump]);
  return null;
}
