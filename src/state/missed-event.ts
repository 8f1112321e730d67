/** A stretch that the user marks as missed, as an event like those of the rules. */
import type { Moment } from '../alerts/moment';
import type { Database } from '../storage/database';
import { eventOf } from '../storage/event-of-alert';
import type { EventDetails, EventRecord, RecordingRecord } from '../storage/recording-rows';
import { momentsOf, trackBetween } from '../storage/score-track';

/** Its peak is the rarest moment analysed in the stretch. Throws StorageError, or an Error where nothing was analysed there. */
export async function missedEvent(
  database: Database,
  recording: RecordingRecord,
  fromS: number,
  toS: number,
): Promise<{ event: EventRecord; details: EventDetails }> {
  let peak: Moment | null = null;
  for (const chunk of await trackBetween(database, recording.id, fromS, toS)) {
    for (const { moment } of momentsOf(chunk)) {
      const inside = moment.timeS >= fromS && moment.timeS <= toS;
      if (inside && (!peak || moment.returnPeriodS > peak.returnPeriodS)) peak = moment;
    }
  }
  if (!peak) throw new Error('Nothing was analysed in this stretch; mark one that the timeline shows a curve for.');
  const id = `missed-${crypto.randomUUID()}`;
  const alert = {
    id,
    kind: 'unusual' as const,
    zone: null,
    startS: fromS,
    endS: toS,
    peak,
    severity: 'notice' as const,
  };
  const { event, details } = eventOf({ ...alert, thumbnail: null }, recording);
  return { event: { ...event, origin: 'missed', reviewed: true }, details };
}
