/** An alert of the rules as the event that is kept of it. */
import type { Alert } from '../alerts/alert-rules';
import { subjectOf } from '../alerts/subject';
import type { EventDetails, EventRecord, RecordingRecord } from './recording-rows';

/** The same alert of the same recording always becomes the same event. */
export function eventOf(
  alert: Alert & { thumbnail: Blob | null },
  { id: recordingId, startedAt, detector, source }: RecordingRecord,
): { event: EventRecord; details: EventDetails } {
  const { kind, zone, startS, endS, severity, peak, thumbnail } = alert;
  const id = `${recordingId}/${alert.id}`;
  const event: EventRecord = {
    id,
    recordingId,
    origin: 'alert',
    kind,
    zone: zone?.name ?? null,
    at: startedAt + startS * 1000,
    startS,
    endS,
    peakS: peak.timeS,
    returnPeriodS: peak.returnPeriodS,
    extrapolated: peak.extrapolated,
    severity,
    cues: [...new Set(peak.reasons.map(({ cue }) => cue))],
    label: subjectOf(peak)?.label ?? '',
    reason: peak.reasons[0]?.text ?? '',
    detector,
    sourceName: source.name,
    reviewed: false,
    verdict: null,
    kept: false,
  };
  return { event, details: { id, recordingId, peak, thumbnail } };
}
