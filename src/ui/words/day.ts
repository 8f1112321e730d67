/** Moments of the wall clock in words, in the user's own language and time zone. */

const time = new Intl.DateTimeFormat(undefined, { timeStyle: 'medium' });
const minute = new Intl.DateTimeFormat(undefined, { timeStyle: 'short' });
const shortDay = new Intl.DateTimeFormat(undefined, {
  month: 'short',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
});
const weekday = new Intl.DateTimeFormat(undefined, { weekday: 'short', month: 'short', day: 'numeric' });
const dayAndMinute = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' });

/** Milliseconds since 1970 → '14:03:07'. */
export const timeOfDay = (ms: number): string => time.format(ms);

/** Milliseconds since 1970 → '14 Jun 2025, 14:03'. */
export const dayAndTime = (ms: number): string => dayAndMinute.format(ms);

/** Milliseconds since 1970 → '14:03' where that is today, else '14 Jun, 14:03'. */
export const shortTime = (ms: number, now = Date.now()): string =>
  new Date(ms).toDateString() === new Date(now).toDateString() ? minute.format(ms) : shortDay.format(ms);

/** Milliseconds since 1970 → 'Today', else 'Sat, 14 Jun'. */
export const dayName = (ms: number, now = Date.now()): string =>
  new Date(ms).toDateString() === new Date(now).toDateString() ? 'Today' : weekday.format(ms);
