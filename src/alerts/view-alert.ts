/** Alerts about the picture itself: while the lens is covered or the stream stands still, nothing else can be seen. Pure. */
import type { Moment } from './moment';

/** What makes a picture raise an alert by itself. */
export type ViewAlertKind = 'covered' | 'frozen';

export interface ViewRun {
  number: number;
  kind: ViewAlertKind;
  startS: number;
  endS: number | null;
  /** The moment it began. */
  peak: Moment;
}

/** The guard is sure before it says so, so these begin at once; the same again within `cooldownS` goes on. */
export function createViewAlert(cooldownS: () => number, nextNumber: () => number) {
  let open: ViewRun | null = null;
  let closed: ViewRun | null = null;
  let lastS = 0;

  const close = (): ViewRun | null => {
    if (!open) return null;
    closed = { ...open, endS: lastS };
    open = null;
    return closed;
  };
  const begin = (kind: ViewAlertKind, moment: Moment): ViewRun => {
    const again = closed?.kind === kind && moment.timeS - (closed.endS ?? 0) <= cooldownS() ? closed : null;
    open = again
      ? { ...again, endS: null }
      : { number: nextNumber(), kind, startS: moment.timeS, endS: null, peak: moment };
    return open;
  };

  return {
    /** The alerts that ended and began with this moment. */
    step(moment: Moment): ViewRun[] {
      const kind = moment.view === 'covered' || moment.view === 'frozen' ? moment.view : null;
      const ended = open && open.kind !== kind ? close() : null;
      const begun = kind && !open ? begin(kind, moment) : null;
      lastS = moment.timeS;
      return [ended, begun].filter((run) => run !== null);
    },
    finish(): ViewRun | null {
      const ended = close();
      closed = null;
      return ended;
    },
  };
}
