/** All recordings and events, read anew whenever they change, in this tab or in another. */
import { liveQuery } from 'dexie';
import type { Database } from './database';
import { allEvents } from './events';
import { footageBytes } from './footage-room';
import type { EventRecord, RecordingRecord } from './recording-rows';
import { allRecordings } from './recordings';

export interface Library {
  /** Newest first. */
  recordings: RecordingRecord[];
  events: EventRecord[];
  footageBytes: number;
}

/** Calls back at once and after each change, or with the StorageError that ends it; returns the function that ends it. */
export function observeLibrary(
  database: Database,
  onLibrary: (library: Library) => void,
  onError: (error: Error) => void,
): () => void {
  const query = liveQuery(async () => {
    const [recordings, events, bytes] = await Promise.all([
      allRecordings(database),
      allEvents(database),
      footageBytes(database),
    ]);
    return { recordings, events, footageBytes: bytes };
  });
  const subscription = query.subscribe(onLibrary, onError);
  return () => subscription.unsubscribe();
}
