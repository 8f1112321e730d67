/**
 * Which alerts the user is told of, and when: each once, as soon as it is grave enough, and never more than one notice in a
 * few seconds; what comes in between is counted in the next one. Pure.
 */
import type { Alert, Severity } from './alert-rules';

/** What the user wants to be told of. */
export interface NoticeSettings {
  /** Notifications of the system: never, while the tab is hidden, or whenever an alert begins. */
  show: 'off' | 'hidden' | 'always';
  /** A tone as well, whether the tab is hidden or not. */
  sound: boolean;
  /** The least grave alerts to be told of. */
  from: Severity;
}

export const defaultNoticeSettings: NoticeSettings = { show: 'off', sound: false, from: 'notice' };

/** One telling. */
export interface Notice<A> {
  /** The gravest of the alerts it is about; of equals, the newest. */
  alert: A;
  /** How many others there are: since the last notice, and all that are unseen. */
  others: number;
  shows: boolean;
  sounds: boolean;
}

export type NoticedAlert = Pick<Alert, 'id' | 'endS' | 'severity'>;

/** Two notices are at least this far apart, in milliseconds. */
export const NOTICE_PAUSE_MS = 5000;

const gravity: Record<Severity, number> = { notice: 0, warning: 1, critical: 2 };

export function createNoticeDesk<A extends NoticedAlert>() {
  const told = new Set<string>();
  let waiting: (Omit<Notice<A>, 'others'> & { hidden: boolean })[] = [];
  let unseen = 0;
  let lastMs = Number.NEGATIVE_INFINITY;

  return {
    /** An alert began or changed. */
    take(alert: A, { show, sound, from }: NoticeSettings, hidden: boolean): void {
      if (told.has(alert.id) || alert.endS !== null || gravity[alert.severity] < gravity[from]) return;
      told.add(alert.id);
      if (hidden) unseen++;
      const shows = show === 'always' || (show === 'hidden' && hidden);
      if (shows || sound) waiting.push({ alert, shows, sounds: sound, hidden });
    },
    /** What is to be told now; null where nothing waits, or not yet. */
    due(nowMs: number): Notice<A> | null {
      if (waiting.length === 0 || nowMs - lastMs < NOTICE_PAUSE_MS) return null;
      const all = waiting;
      waiting = [];
      lastMs = nowMs;
      const gravest = all.reduce((best, each) =>
        gravity[each.alert.severity] >= gravity[best.alert.severity] ? each : best,
      );
      return {
        alert: gravest.alert,
        others: Math.max(all.length, unseen) - 1,
        shows: all.some(({ shows }) => shows),
        sounds: all.some(({ sounds }) => sounds),
      };
    },
    /** Milliseconds until something that waits is due; null where nothing waits. */
    dueInMs: (nowMs: number) => (waiting.length === 0 ? null : Math.max(0, lastMs + NOTICE_PAUSE_MS - nowMs)),
    /** Alerts that began while the tab was hidden, since it was last looked at. */
    unseen: () => unseen,
    /** The tab is looked at: what began while it was hidden is on the screen. */
    seen(): void {
      unseen = 0;
      waiting = waiting.filter(({ hidden }) => !hidden);
    },
  };
}
