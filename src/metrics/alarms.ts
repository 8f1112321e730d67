/** What a user would live through at one threshold: false alarms per hour, events found, and how late. */
import type { LabelledClip } from './clip-auc';

/** A run of frames, indices inclusive. */
export interface FrameRun {
  first: number;
  last: number;
}

export interface AlarmCounts {
  falseAlarms: number;
  /** Footage without an anomaly, in hours. */
  normalHours: number;
  events: number;
  detectedEvents: number;
  /** Seconds from each detected event's start to its first alarmed frame. */
  delaysS: number[];
}

export interface AlarmRates {
  /** False alarms per hour of normal footage; NaN without any. */
  falseAlarmsPerHour: number;
  /** Median delay of the detected events, in seconds; NaN where none was detected. */
  detectionDelayS: number;
  /** Share of events detected, 0…1; NaN without events. */
  detectedShare: number;
}

/** Runs of frames where `isSet`, joined over pauses of at most `joinS` seconds. */
export function frameRuns(timesS: ArrayLike<number>, isSet: (frame: number) => boolean, joinS = 0): FrameRun[] {
  const runs: FrameRun[] = [];
  for (let frame = 0; frame < timesS.length; frame++) {
    if (!isSet(frame)) continue;
    const previous = runs.at(-1);
    if (previous && (previous.last === frame - 1 || timesS[frame] - timesS[previous.last] <= joinS))
      previous.last = frame;
    else runs.push({ first: frame, last: frame });
  }
  return runs;
}

/**
 * Alarms of one clip at a threshold: runs of score ≥ threshold, joined over `joinS` seconds. An alarm without any abnormal
 * frame in it is false; one that reaches into an event is not. An event's delay is that of its first frame at or above the threshold.
 */
export function countAlarms(clip: LabelledClip, threshold: number, { joinS = 2 } = {}): AlarmCounts {
  const alarmed = (frame: number) => clip.scores[frame] >= threshold;
  const abnormal = (frame: number) => clip.labels[frame] !== 0;
  const alarms = frameRuns(clip.timesS, alarmed, joinS);
  const events = frameRuns(clip.timesS, abnormal);
  const delaysS = events.flatMap(({ first, last }) => {
    for (let frame = first; frame <= last; frame++)
      if (alarmed(frame)) return [clip.timesS[frame] - clip.timesS[first]];
    return [];
  });
  return {
    falseAlarms: alarms.filter(
      ({ first, last }) => !someFrame(first, last, (frame) => abnormal(frame) && alarmed(frame)),
    ).length,
    normalHours: normalSeconds(clip) / 3600,
    events: events.length,
    detectedEvents: delaysS.length,
    delaysS,
  };
}

/** The rates over clips. */
export function alarmRates(clips: readonly AlarmCounts[]): AlarmRates {
  const sum = (key: 'falseAlarms' | 'normalHours' | 'events' | 'detectedEvents') =>
    clips.reduce((total, clip) => total + clip[key], 0);
  const delays = clips.flatMap((clip) => clip.delaysS).sort((a, b) => a - b);
  const middle = delays.length >> 1;
  return {
    falseAlarmsPerHour: sum('falseAlarms') / (sum('normalHours') || Number.NaN),
    detectionDelayS: delays.length % 2 ? delays[middle] : (delays[middle - 1] + delays[middle]) / 2,
    detectedShare: sum('detectedEvents') / (sum('events') || Number.NaN),
  };
}

function someFrame(first: number, last: number, test: (frame: number) => boolean): boolean {
  for (let frame = first; frame <= last; frame++) if (test(frame)) return true;
  return false;
}

/** Each normal frame lasts until the next one; the clip's last as long as the one before. */
function normalSeconds({ timesS, labels }: LabelledClip): number {
  let seconds = 0;
  for (let frame = 0; frame < timesS.length; frame++) {
    if (labels[frame]) continue;
    const next = frame + 1 < timesS.length ? frame + 1 : frame;
    if (next > 0) seconds += timesS[next] - timesS[next - 1];
  }
  return seconds;
}
