/** What would change if an event were called normal: its recording, replayed through the rules. */
import { replayAlerts } from '../alerts/alert-rules';
import { defaultAlertOptions, gapOf, type SceneRules } from '../alerts/alert-settings';
import type { Database } from '../storage/database';
import { exceptionsOf, exceptionsOfEvent } from '../storage/normal-here';
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';
import { replayedStretch } from './replayed-stretch';

/** How many alerts a stretch gives. */
export interface AlikePreview {
  before: number;
  after: number;
  /** Whether that is the whole recording, or the hour around the event. */
  whole: boolean;
}

/** Null where nothing can be told of the event: no single thing stood out in it. Throws StorageError. */
export async function alikePreview(
  database: Database,
  recording: RecordingRecord,
  event: EventRecord,
  rules: SceneRules,
): Promise<AlikePreview | null> {
  const own = await exceptionsOfEvent(database, event);
  if (own.length === 0) return null;
  const known = await exceptionsOf(database, recording.source.id, recording.detector);
  const { moments, whole } = await replayedStretch(database, recording, event.startS);
  const options = {
    ...{ ...defaultAlertOptions, ...rules, perHour: recording.alertsPerHour },
    gapS: gapOf(recording.source.live),
  };
  const count = (exceptions: typeof own) => replayAlerts(moments, { ...options, exceptions }).length;
  const others = event.verdict === 'normal' ? known.filter((each) => !isAmong(own, each)) : known;
  return { before: count(others), after: count([...others, ...own]), whole };
}

const isAmong = (own: { box: object; raw: number }[], { box, raw }: { box: object; raw: number }) =>
  own.some((each) => each.raw === raw && JSON.stringify(each.box) === JSON.stringify(box));
