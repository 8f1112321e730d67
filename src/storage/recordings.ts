/** Recordings: one per run of watching, live or of a file; their tracks, events and footage hang on the id. */
import { type Database, stored } from './database';
import type { RecordingRecord } from './recording-rows';

const NOT_KEPT = 'this recording is not kept';

/** Begin, or go on with, a recording. Throws StorageError. */
export const putRecording = (database: Database, record: RecordingRecord): Promise<void> =>
  stored(NOT_KEPT, async () => {
    await database.recordings.put(record);
  });

/** All recordings, newest first. Throws StorageError. */
export const allRecordings = (database: Database): Promise<RecordingRecord[]> =>
  stored('your recordings cannot be shown', () => database.recordings.orderBy('startedAt').reverse().toArray());

/** Forget a recording with its tracks, events and labels; its footage files are the caller's. Throws StorageError. */
export function deleteRecording(database: Database, id: string): Promise<void> {
  const { recordings, tracks, overviews, evidence, footage, events, eventDetails, labels } = database;
  const tables = [recordings, tracks, overviews, evidence, footage, events, eventDetails, labels];
  return stored('this recording is not deleted', () =>
    database.transaction('rw', tables, async () => {
      for (const table of [tracks, evidence, footage])
        await table.where('[recordingId+fromS]').between([id, -Infinity], [id, Infinity]).delete();
      await overviews.where('[recordingId+level+index]').between([id, 0, 0], [id, Infinity, Infinity]).delete();
      for (const table of [events, eventDetails, labels]) await table.where({ recordingId: id }).delete();
      await recordings.delete(id);
    }),
  );
}

/** The Web Lock that whoever writes a recording holds, so that another tab can tell it from one that was interrupted. */
export const recordingLock = (id: string) => `oriel-recording-${id}`;
