/** What the user called normal, of one source: gathered from the labels of its recordings. */
import { type Exception, exceptionsIn } from '../alerts/exception';
import { type Database, stored } from './database';
import type { EventRecord } from './recording-rows';
import { momentsOf, trackBetween } from './score-track';

/** Sights from so long before an event's start and after its end are part of it, in seconds. */
const AROUND_S = 1;

/** What was unusual during an event. Throws StorageError. */
export async function exceptionsOfEvent(
  database: Database,
  { recordingId, startS, endS }: Pick<EventRecord, 'recordingId' | 'startS' | 'endS'>,
): Promise<Exception[]> {
  const [fromS, toS] = [startS - AROUND_S, (endS ?? startS) + AROUND_S];
  const chunks = await trackBetween(database, recordingId, fromS, toS);
  const moments = chunks.flatMap((chunk) => [...momentsOf(chunk)].map(({ moment }) => moment));
  return exceptionsIn(moments.filter(({ timeS }) => timeS >= fromS && timeS <= toS));
}

/** All that is normal on this source after all, as this detector sees it. Throws StorageError. */
export function exceptionsOf(database: Database, sourceId: string, detector: string): Promise<Exception[]> {
  return stored('what you called normal is not excused', async () => {
    const recordings = await database.recordings
      .filter((recording) => recording.source.id === sourceId && recording.detector === detector)
      .primaryKeys();
    const labels = await database.labels.where('recordingId').anyOf(recordings).toArray();
    return labels.flatMap(({ verdict, exceptions }) => (verdict === 'normal' ? (exceptions ?? []) : []));
  });
}
