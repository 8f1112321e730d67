/** Tells of alerts outside of the page: notifications, a tone, the count of what was not seen yet; and leads back to them. */
import { createStore } from 'zustand/vanilla';
import type { Severity } from '../alerts/alert-rules';
import { createNoticeDesk, defaultNoticeSettings, type Notice, type NoticeSettings } from '../alerts/notice-desk';
import type { AlertEvent } from '../worker/protocol';
import type { Keepsakes } from './keepsakes';
import type { NoticePermission, SystemNotifications } from './system-notifications';
import type { WatchState, WatchStore } from './watch-store';

export interface NoticesState {
  settings: NoticeSettings;
  permission: NoticePermission;
  /** Alerts that began while the tab was hidden, since it was last looked at. */
  unseen: number;
  /** The alert that is to be shown, because its notification was pressed; null once it is. */
  wanted: string | null;
}

export interface NoticeParts {
  keepsakes: Pick<Keepsakes, 'preferences' | 'prefer'>;
  notifications: SystemNotifications;
  /** What a notification says. */
  describe(notice: Notice<AlertEvent>, source: string, at: Date): { title: string; body: string };
  chime(severity: Severity): void;
  isHidden(): boolean;
  /** Calls back whenever the page is hidden or shown. */
  onVisibility(listener: (hidden: boolean) => void): void;
}

export interface AlertNotices {
  store: ReturnType<typeof createNoticesStore>;
  /** Asks the browser's permission where it is needed: call it on the user's own press. */
  choose(changes: Partial<NoticeSettings>): Promise<void>;
  /** Tell of the alerts of this camera from now on. */
  attend(watch: WatchStore): void;
  /** Have an alert shown, wherever it was raised. */
  want(alertId: string): void;
  /** The alert that was asked for is shown, or is not there any more. */
  shown(): void;
}

/** An alert with the name of its source. */
type SourcedAlert = AlertEvent & { source: string };

const createNoticesStore = () =>
  createStore<NoticesState>(() => ({
    settings: defaultNoticeSettings,
    permission: 'unasked',
    unseen: 0,
    wanted: null,
  }));

export function createAlertNotices(parts: NoticeParts): AlertNotices {
  const { keepsakes, notifications } = parts;
  const store = createNoticesStore();
  const desk = createNoticeDesk<SourcedAlert>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  store.setState({ permission: notifications.permission() });

  const remembered = keepsakes.preferences().then(({ notices }) => {
    const settings = { ...defaultNoticeSettings, ...notices };
    // What the browser does not allow any more is off, until the user chooses it again.
    if (notifications.permission() !== 'granted') settings.show = 'off';
    store.setState({ settings });
  });
  parts.onVisibility((hidden) => {
    if (hidden) return;
    desk.seen();
    store.setState({ unseen: 0 });
  });
  const want = (wanted: string) => store.setState({ wanted });
  notifications.onPressed(want);

  function heed(alerts: WatchState['alerts'], known: WatchState['alerts'], source: string): void {
    const before = new Set(known);
    const { settings } = store.getState();
    for (const alert of alerts) if (!before.has(alert)) desk.take({ ...alert, source }, settings, parts.isHidden());
    store.setState({ unseen: desk.unseen() });
    tell();
  }

  /** Tell what is due, and come back for what is not yet. */
  function tell(): void {
    clearTimeout(timer);
    const nowMs = performance.now();
    const notice = desk.due(nowMs);
    if (notice?.sounds) parts.chime(notice.alert.severity);
    if (notice?.shows) {
      const { alert } = notice;
      const words = parts.describe(notice, alert.source, new Date());
      void notifications.show({ ...words, picture: alert.thumbnail, alertId: alert.id });
    }
    const inMs = desk.dueInMs(nowMs);
    if (inMs !== null) timer = setTimeout(tell, inMs);
  }

  /** Whether notifications may be shown; asks where the browser has not been. */
  async function allowed(): Promise<boolean> {
    const permission =
      notifications.permission() === 'unasked' ? await notifications.ask() : notifications.permission();
    store.setState({ permission });
    return permission === 'granted';
  }

  return {
    store,
    async choose(changes) {
      await remembered;
      const wanted = { ...store.getState().settings, ...changes };
      const turnsOn = changes.show !== undefined && changes.show !== 'off';
      if (turnsOn && !(await allowed())) return;
      store.setState({ settings: wanted });
      keepsakes.prefer('notices', wanted);
      if (changes.sound) parts.chime(wanted.from);
    },
    attend(watch) {
      watch.subscribe(({ alerts, source }, before) => {
        // A recording's alerts are of another time: nobody has to be called for them.
        if (alerts !== before.alerts && source?.live) heed(alerts, before.alerts, source.name);
      });
    },
    want,
    shown: () => store.setState({ wanted: null }),
  };
}
