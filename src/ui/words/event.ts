/** A kept event in words. */
import type { EventRecord, RecordingRecord } from '../../storage/recording-rows';
import { pictureProblems } from './alert';
import { clock } from './clock';
import { dayAndTime, shortTime, timeOfDay } from './day';
import { capitalised } from './reasons';

/** One line: why it is an event. */
export function eventInWords({ kind, origin, reason }: EventRecord): string {
  if (kind !== 'unusual') return pictureProblems[kind];
  if (origin === 'missed') return reason ? `Marked by you: ${reason}` : 'Marked by you';
  return capitalised(reason) || 'Unusual as a whole';
}

/** When it was: by the clock for live sources, else by the time in the recording. */
export const eventTime = ({ at, startS }: EventRecord, live: boolean): string =>
  live ? dayAndTime(at) : clock(startS);

/** The same where there is little room. */
export const shortEventTime = ({ at, startS }: EventRecord, live: boolean): string =>
  live ? shortTime(at) : clock(startS);

/** How moments of a recording are called on its timeline. */
export function momentWords({ source, startedAt }: RecordingRecord): (timeS: number) => string {
  return source.live ? (timeS) => timeOfDay(startedAt + timeS * 1000) : clock;
}

export const eventCount = (count: number): string => (count === 1 ? '1 event' : `${count.toLocaleString()} events`);
