/** What lowering the threshold to where a missed stretch would have raised an alert does to the recording. */
import { replayAlerts } from '../alerts/alert-rules';
import { defaultAlertOptions, gapOf, type SceneRules } from '../alerts/alert-settings';
import { type SensitivityNeed, sensitivityNeeded, withSensitivity } from '../alerts/sensitivity-needed';
import type { Database } from '../storage/database';
import { exceptionsOf } from '../storage/normal-here';
import type { RecordingRecord } from '../storage/recording-rows';
import { momentsBetween, replayedStretch } from './replayed-stretch';

export interface MissedPreview {
  fromS: number;
  toS: number;
  /** Null where no bearable threshold would have raised it. */
  need: SensitivityNeed | null;
  /** The alert budget that the sensitivities are multiples of. */
  perHour: number;
  /** Alerts in the recording, or in the hour around the stretch, with the present rules and with the lowered threshold. */
  before: number;
  after: number;
  whole: boolean;
}

/** The rules are tried on so much around the stretch too, in seconds. */
const AROUND_S = 15;

/** Throws StorageError, or an Error where nothing was analysed in the stretch. */
export async function missedPreview(
  database: Database,
  recording: RecordingRecord,
  { fromS, toS }: { fromS: number; toS: number },
  rules: SceneRules,
  perHour: number,
): Promise<MissedPreview> {
  const near = await momentsBetween(database, recording.id, fromS - AROUND_S, toS + AROUND_S);
  if (!near.some(({ timeS }) => timeS >= fromS && timeS <= toS))
    throw new Error('Nothing was analysed in this stretch; mark one that the timeline shows a curve for.');
  const exceptions = await exceptionsOf(database, recording.source.id, recording.detector);
  const options = { ...defaultAlertOptions, ...rules, perHour, exceptions, gapS: gapOf(recording.source.live) };
  const need = sensitivityNeeded(near, options, { fromS, toS });
  const { moments, whole } = await replayedStretch(database, recording, (fromS + toS) / 2);
  const before = replayAlerts(moments, options).length;
  const lowered = need && withSensitivity(options, need.zone?.id ?? null, need.needed);
  const after = lowered ? replayAlerts(moments, lowered).length : before;
  return { fromS, toS, need, perHour, before, after, whole };
}
