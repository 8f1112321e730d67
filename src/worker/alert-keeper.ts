/** Alerts with their thumbnails: follows the rules and makes a picture of each alert at its peak. */
import { createAlertRules } from '../alerts/alert-rules';
import type { Moment } from '../alerts/moment';
import type { Frame } from '../media/frame';
import type { Pictures } from './picture';
import type { AlertEvent } from './protocol';

/** A new thumbnail is made when the peak has become this many times rarer. */
const NEW_PICTURE = 1.5;

export function createAlertKeeper(perHour: number, pictures: Pictures) {
  const rules = createAlertRules({ perHour });
  let pictured: { id: string; returnPeriodS: number; thumbnail: Blob | null } | null = null;
  return {
    /** The alert that this moment began or changed, or null. */
    async step(moment: Moment, frame: Frame): Promise<AlertEvent | null> {
      const alert = rules.step(moment);
      if (!alert) return null;
      const isNew = pictured?.id !== alert.id;
      const rarer = moment.returnPeriodS >= NEW_PICTURE * (pictured?.returnPeriodS ?? 0);
      if (isNew || (alert.peak === moment && rarer)) {
        const { returnPeriodS } = alert.peak;
        pictured = { id: alert.id, returnPeriodS, thumbnail: await pictures.thumbnail(frame).catch(() => null) };
      }
      return { ...alert, thumbnail: pictured?.thumbnail ?? null };
    },
    /** Close what is open. */
    finish(): AlertEvent | null {
      const alert = rules.finish();
      return alert && { ...alert, thumbnail: pictured?.id === alert.id ? pictured.thumbnail : null };
    },
    setBudget: (perHour: number) => rules.setBudget(perHour),
  };
}

export type AlertKeeper = ReturnType<typeof createAlertKeeper>;
