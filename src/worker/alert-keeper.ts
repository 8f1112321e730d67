/** Alerts with their thumbnails: follows the rules and makes a picture of each alert at its peak. */
import { type Alert, createAlertRules } from '../alerts/alert-rules';
import type { AlertOptions } from '../alerts/alert-settings';
import type { Moment } from '../alerts/moment';
import type { Frame } from '../media/frame';
import type { Pictures } from './picture';
import type { AlertEvent } from './protocol';

/** A new thumbnail is made when the peak has become this many times rarer. */
const NEW_PICTURE = 1.5;

interface Pictured {
  returnPeriodS: number;
  thumbnail: Blob | null;
}

export function createAlertKeeper(options: Partial<AlertOptions>, pictures: Pictures) {
  const rules = createAlertRules(options);
  /** Thumbnails of the alerts that may still change, by their id. */
  const pictured = new Map<string, Pictured>();

  async function withPicture(alert: Alert, moment: Moment, frame: Frame): Promise<AlertEvent> {
    const before = pictured.get(alert.id);
    const { returnPeriodS, timeS } = alert.peak;
    const rarer = timeS === moment.timeS && returnPeriodS >= NEW_PICTURE * (before?.returnPeriodS ?? 0);
    if (!before || rarer)
      pictured.set(alert.id, { returnPeriodS, thumbnail: await pictures.thumbnail(frame).catch(() => null) });
    return { ...alert, thumbnail: pictured.get(alert.id)?.thumbnail ?? null };
  }

  const ended = (alert: Alert): AlertEvent => ({ ...alert, thumbnail: pictured.get(alert.id)?.thumbnail ?? null });

  return {
    /** The alerts that this moment began or changed. */
    async step(moment: Moment, frame: Frame): Promise<AlertEvent[]> {
      const events: AlertEvent[] = [];
      for (const alert of rules.step(moment))
        events.push(alert.endS === null ? await withPicture(alert, moment, frame) : ended(alert));
      return events;
    },
    /** Close what is open. */
    finish(): AlertEvent[] {
      const events = rules.finish().map(ended);
      pictured.clear();
      return events;
    },
    configure: rules.configure,
  };
}

export type AlertKeeper = ReturnType<typeof createAlertKeeper>;
