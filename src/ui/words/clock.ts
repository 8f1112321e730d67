/** Times of a recording and times left, in words. */

/** Seconds since the start as '0:07', '12:30' or '1:02:03'; whole seconds, cut, never negative. */
export function clock(timeS: number): string {
  const whole = Math.max(0, Math.floor(timeS));
  const seconds = String(whole % 60).padStart(2, '0');
  const minutes = Math.floor(whole / 60) % 60;
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${String(minutes).padStart(2, '0')}:${seconds}` : `${minutes}:${seconds}`;
}

/** Time left: 'a moment left', '80 s left', '3 min left', '1 h 20 min left'; rounded so that it does not flicker. */
export function timeLeft(remainingS: number): string {
  if (!(remainingS >= 1)) return 'a moment left';
  if (remainingS < 90) return `${Math.ceil(remainingS)} s left`;
  const minutes = Math.ceil(remainingS / 60);
  if (minutes < 60) return `${minutes} min left`;
  const rest = minutes % 60;
  return `${Math.floor(minutes / 60)} h${rest ? ` ${rest} min` : ''} left`;
}

/** A length of footage: '45 s', '2 min', '2 min 30 s', '1 h 5 min'. */
export function span(durationS: number): string {
  const whole = Math.max(0, Math.round(durationS));
  if (whole < 60) return `${whole} s`;
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor(whole / 60) % 60;
  const seconds = whole % 60;
  const parts = hours
    ? [`${hours} h`, minutes ? `${minutes} min` : '']
    : [`${minutes} min`, seconds ? `${seconds} s` : ''];
  return parts.filter(Boolean).join(' ');
}
