/** The moments of a recording on which changed rules are tried: all of it, or the hour around an event of a long one. */
import type { Moment } from '../alerts/moment';
import type { Database } from '../storage/database';
import type { RecordingRecord } from '../storage/recording-rows';
import { momentsOf, trackBetween } from '../storage/score-track';

const HOUR_S = 3600;

/** Those from one moment to another, in order of time. Throws StorageError. */
export async function momentsBetween(database: Database, id: string, fromS: number, toS: number): Promise<Moment[]> {
  const moments: Moment[] = [];
  for (const chunk of await trackBetween(database, id, fromS, toS))
    for (const { moment } of momentsOf(chunk)) if (moment.timeS >= fromS && moment.timeS <= toS) moments.push(moment);
  return moments;
}

/** `whole`: it is the whole recording. Throws StorageError. */
export async function replayedStretch(
  database: Database,
  { id, endS }: RecordingRecord,
  aroundS: number,
): Promise<{ moments: Moment[]; whole: boolean }> {
  const whole = endS <= HOUR_S;
  const [fromS, toS] = whole ? [0, endS] : [aroundS - HOUR_S / 2, aroundS + HOUR_S / 2];
  return { moments: await momentsBetween(database, id, fromS, toS), whole };
}
