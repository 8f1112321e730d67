/** Which events the list shows. */
import type { EventRecord } from '../storage/recording-rows';

export interface EventFilter {
  state: 'all' | 'unread' | 'reviewed' | 'true' | 'normal' | 'missed' | 'kept';
  /** A cue, a zone's name, a detector's name; null: any. */
  cue: string | null;
  zone: string | null;
  detector: string | null;
  /** Only those of this recording; null: of all. */
  recordingId: string | null;
  /** Only those that began within so many milliseconds before now; null: whenever. */
  withinMs: number | null;
}

export const noFilter: EventFilter = {
  state: 'all',
  cue: null,
  zone: null,
  detector: null,
  recordingId: null,
  withinMs: null,
};

const states: Record<EventFilter['state'], (event: EventRecord) => boolean> = {
  all: () => true,
  unread: ({ reviewed }) => !reviewed,
  reviewed: ({ reviewed }) => reviewed,
  true: ({ verdict }) => verdict === 'true',
  normal: ({ verdict }) => verdict === 'normal',
  missed: ({ origin }) => origin === 'missed',
  kept: ({ kept }) => kept,
};

/** The events that pass, in the order given. `now` in milliseconds since 1970. */
export function filteredEvents(events: EventRecord[], filter: EventFilter, now: number): EventRecord[] {
  const { cue, zone, detector, recordingId, withinMs } = filter;
  const isWanted = states[filter.state];
  return events.filter(
    (event) =>
      isWanted(event) &&
      (cue === null || event.cues.includes(cue)) &&
      (zone === null || event.zone === zone) &&
      (detector === null || event.detector === detector) &&
      (recordingId === null || event.recordingId === recordingId) &&
      (withinMs === null || now - event.at <= withinMs),
  );
}

/** What there is to filter by, each once, in order of the alphabet. */
export function filterChoices(events: EventRecord[]): { cues: string[]; zones: string[]; detectors: string[] } {
  const sorted = (values: Iterable<string | null>) =>
    [...new Set(values)].filter((value) => value !== null).toSorted((a, b) => a.localeCompare(b));
  return {
    cues: sorted(events.flatMap(({ cues }) => cues)),
    zones: sorted(events.map(({ zone }) => zone)),
    detectors: sorted(events.map(({ detector }) => detector)),
  };
}
