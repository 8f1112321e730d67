/** What the user says of events, with a way back: each change knows how to undo itself. */
import type { Exception } from '../alerts/exception';
import type { Database } from '../storage/database';
import { changeEvents, deleteEvents, putEvent, type Said } from '../storage/events';
import { deleteLabels, putLabels } from '../storage/labels';
import { exceptionsOfEvent } from '../storage/normal-here';
import type { EventDetails, EventRecord, LabelRecord, Verdict } from '../storage/recording-rows';

/** A change that was made. */
export interface Change {
  /** 'Marked 3 events as true'. */
  words: string;
  undo(): Promise<void>;
}

const verdictWords = { true: 'true', normal: 'normal here' } satisfies Record<Verdict, string>;
const counted = (events: readonly EventRecord[]) => (events.length === 1 ? '1 event' : `${events.length} events`);
const labelOf = ({ id }: EventRecord) => `of ${id}`;

/** Change the same fields of all; returns what was said of each before. */
const change = (database: Database, events: readonly EventRecord[], to: Partial<Said>): Promise<Map<string, Said>> =>
  changeEvents(database, new Map(events.map(({ id }) => [id, to])));

const backTo = (database: Database, before: Map<string, Said>) => async () => {
  await changeEvents(database, before);
};

/** Throws StorageError. */
export async function setReviewed(
  database: Database,
  events: readonly EventRecord[],
  reviewed: boolean,
): Promise<Change> {
  const before = await change(database, events, { reviewed });
  return { words: `${counted(events)} ${reviewed ? 'reviewed' : 'unread again'}`, undo: backTo(database, before) };
}

/** Throws StorageError. */
export async function setKept(database: Database, events: readonly EventRecord[], kept: boolean): Promise<Change> {
  const before = await change(database, events, { kept });
  return { words: `${counted(events)} ${kept ? 'kept' : 'no longer kept'}`, undo: backTo(database, before) };
}

/** Whoever judges has looked: the events are reviewed too. Throws StorageError. */
export async function judge(
  database: Database,
  events: readonly EventRecord[],
  verdict: Verdict | null,
  saidAt: number,
): Promise<Change> {
  const seen = new Map<string, Exception[]>();
  for (const event of events) seen.set(event.id, await exceptionsOfEvent(database, event));
  const labels = (given: (event: EventRecord) => Verdict | null): LabelRecord[] =>
    events.flatMap((event) => {
      const { id: eventId, recordingId, startS: fromS, endS } = event;
      const said = given(event);
      if (!said) return [];
      const label = { id: labelOf(event), recordingId, eventId, verdict: said, fromS, toS: endS ?? fromS, saidAt };
      return [said === 'normal' ? { ...label, exceptions: seen.get(eventId) } : label];
    });
  const before = await change(database, events, verdict ? { verdict, reviewed: true } : { verdict });
  await deleteLabels(database, events.map(labelOf));
  await putLabels(
    database,
    labels(() => verdict),
  );
  return {
    words: verdict ? `${counted(events)} marked as ${verdictWords[verdict]}` : `Verdict on ${counted(events)} removed`,
    async undo() {
      await backTo(database, before)();
      await deleteLabels(database, events.map(labelOf));
      await putLabels(
        database,
        labels(({ id }) => before.get(id)?.verdict ?? null),
      );
    },
  };
}

/** What lowers a threshold, and the way back. */
export interface Lowering {
  /** '5× as sensitive in “Door” from now on'. */
  words: string;
  apply(): Promise<void>;
  undo(): Promise<void>;
}

/** Something that raised no alert, as an event of its own; its like is to raise one where a threshold is lowered. Throws StorageError. */
export async function markMissed(
  database: Database,
  event: EventRecord,
  details: EventDetails,
  saidAt: number,
  lowering: Lowering | null,
): Promise<Change> {
  const { id: eventId, recordingId, startS: fromS, endS } = event;
  await putEvent(database, event, details);
  const said = { verdict: 'missed' as const, fromS, toS: endS ?? fromS, saidAt };
  await putLabels(database, [{ id: labelOf(event), recordingId, eventId, ...said }]);
  await lowering?.apply();
  return {
    words: lowering ? `Marked as missed; ${lowering.words}` : 'Marked as missed',
    async undo() {
      await lowering?.undo();
      await deleteLabels(database, [labelOf(event)]);
      await deleteEvents(database, [eventId]);
    },
  };
}
