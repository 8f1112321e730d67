/** When a zone is watched: days of the week and hours, by the wall clock of the place. */

export interface Schedule {
  /** Days on which it begins, 0 Monday … 6 Sunday. */
  days: number[];
  /** Minutes of the day, 0…1440. Where `toMinute` is not later than `fromMinute` it lasts into the next day. */
  fromMinute: number;
  toMinute: number;
}

const DAY = 1440;
const WEEK = 7 * DAY;

/** Whether it holds at a minute of the week (see `Moment.localMinute`); always where there is no schedule or no clock. */
export function holds(schedule: Schedule | null, localMinute: number | undefined): boolean {
  if (!schedule || localMinute === undefined) return true;
  const { days, fromMinute, toMinute } = schedule;
  const length = toMinute > fromMinute ? toMinute - fromMinute : toMinute - fromMinute + DAY;
  return days.some((day) => (localMinute - (day * DAY + fromMinute) + WEEK) % WEEK < length);
}

/** The minute of the week of a date, in its own local time: 0 is Monday 0:00. */
export const minuteOfWeek = (date: Date): number =>
  ((date.getDay() + 6) % 7) * DAY + date.getHours() * 60 + date.getMinutes();
