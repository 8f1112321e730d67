/** Which events a recap shows, in which order, and the seconds of each. Pure. */
import type { EventRecord } from '../storage/recording-rows';

/** What a recap is of: a recording, or a day given by its first moment in milliseconds since 1970. */
export type RecapScope = { recordingId: string } | { day: number };

export type RecapOrder = 'unusual' | 'time';

/** One event and the stretch of its recording that is played, in seconds. */
export interface RecapPart {
  eventId: string;
  fromS: number;
  toS: number;
}

export interface Recap {
  scope: RecapScope;
  order: RecapOrder;
  /** At least one. */
  parts: RecapPart[];
  /** The part on screen, and whether its picture has been put there. */
  index: number;
  ready: boolean;
  /** Whether it goes on by itself. */
  playing: boolean;
}

/** Events of a recap at most. */
const MOST = 20;
/** Played before and after an event, and of one event at most, in seconds. */
const BEFORE_S = 2;
const AFTER_S = 2;
const LONGEST_S = 12;

const grades = { notice: 0, warning: 1, critical: 2 } satisfies Record<EventRecord['severity'], number>;

/** What the user called true counts like the gravest. */
const gradeOf = ({ severity, verdict }: EventRecord) => (verdict === 'true' ? 2 : grades[severity]);

/** Events that a recap of this may show; what was called normal is none of them. */
export function recapEvents(events: readonly EventRecord[], scope: RecapScope): EventRecord[] {
  const inScope = (event: EventRecord) =>
    'day' in scope ? dayOf(event) === scope.day : event.recordingId === scope.recordingId;
  return events.filter((event) => event.verdict !== 'normal' && inScope(event));
}

/**
 * The most unusual events, at most `most`, as parts of one reel: by severity, then by rarity; or the same ones in order of
 * time. An event that another one's part shows already is left out.
 */
export function recapParts(events: readonly EventRecord[], order: RecapOrder, most = MOST): RecapPart[] {
  const ranked = events.toSorted((a, b) => gradeOf(b) - gradeOf(a) || b.returnPeriodS - a.returnPeriodS);
  const chosen: { event: EventRecord; part: RecapPart }[] = [];
  for (const event of ranked) {
    if (chosen.length === most) break;
    const isShown = chosen.some(
      ({ event: { recordingId }, part: { fromS, toS } }) =>
        recordingId === event.recordingId && event.peakS >= fromS && event.peakS <= toS,
    );
    if (!isShown) chosen.push({ event, part: partOf(event) });
  }
  if (order === 'time') chosen.sort((a, b) => a.event.at - b.event.at);
  return chosen.map(({ part }) => part);
}

/** The event with a lead-in; of a long one the seconds around its peak. */
function partOf({ id: eventId, startS, endS, peakS }: EventRecord): RecapPart {
  const fromS = Math.max(0, startS - BEFORE_S);
  const toS = (endS ?? peakS) + AFTER_S;
  if (toS - fromS <= LONGEST_S) return { eventId, fromS, toS };
  const begin = Math.min(Math.max(fromS, peakS - LONGEST_S / 2), toS - LONGEST_S);
  return { eventId, fromS: begin, toS: begin + LONGEST_S };
}

/** The first moment of the event's day by the device's clock, in milliseconds since 1970. */
const dayOf = ({ at }: EventRecord): number => new Date(at).setHours(0, 0, 0, 0);

/** The days that have events to show, newest first, at most `most`. */
export function recapDays(events: readonly EventRecord[], most = 7): { day: number; count: number }[] {
  const counts = new Map<number, number>();
  for (const event of events)
    if (event.verdict !== 'normal') counts.set(dayOf(event), (counts.get(dayOf(event)) ?? 0) + 1);
  return Array.from(counts, ([day, count]) => ({ day, count }))
    .sort((a, b) => b.day - a.day)
    .slice(0, most);
}
