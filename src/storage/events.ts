/** Events of all recordings: a light record for the list, and apart from it what only the open one needs. */
import { type Database, stored } from './database';
import type { EventDetails, EventRecord } from './recording-rows';

/** Put an event as it is now; what the user said of it stays. Throws StorageError. */
export function putEvent(database: Database, event: EventRecord, details: EventDetails): Promise<void> {
  return stored('this event is not kept', () =>
    database.transaction('rw', database.events, database.eventDetails, async () => {
      const known = await database.events.get(event.id);
      const said = known && { reviewed: known.reviewed, verdict: known.verdict, kept: known.kept };
      await database.events.put({ ...event, ...said });
      await database.eventDetails.put(details);
    }),
  );
}

/** All events, newest first. Throws StorageError. */
export const allEvents = (database: Database): Promise<EventRecord[]> =>
  stored('your events cannot be shown', () => database.events.orderBy('at').reverse().toArray());

/** The rest of one event; null where it is gone. Throws StorageError. */
export const eventDetails = (database: Database, id: string): Promise<EventDetails | null> =>
  stored('this event cannot be shown', async () => (await database.eventDetails.get(id)) ?? null);

/** What the user says of an event. */
export type Said = Pick<EventRecord, 'reviewed' | 'verdict' | 'kept'>;

/** Change these fields of the events with these ids; returns what was said of each before. Throws StorageError. */
export const changeEvents = (
  database: Database,
  changes: ReadonlyMap<string, Partial<Said>>,
): Promise<Map<string, Said>> =>
  stored('what you said of these events is not kept', () =>
    database.transaction('rw', database.events, async () => {
      const known = await database.events.bulkGet([...changes.keys()]);
      const before = known.flatMap((event) => {
        if (!event) return [];
        const { id, reviewed, verdict, kept } = event;
        return [[id, { reviewed, verdict, kept }] as const];
      });
      await database.events.bulkUpdate(Array.from(changes, ([key, change]) => ({ key, changes: change })));
      return new Map(before);
    }),
  );

/** Forget events, by id. Throws StorageError. */
export const deleteEvents = (database: Database, ids: string[]): Promise<void> =>
  stored('this event is not deleted', () =>
    database.transaction('rw', database.events, database.eventDetails, async () => {
      await database.events.bulkDelete(ids);
      await database.eventDetails.bulkDelete(ids);
    }),
  );
