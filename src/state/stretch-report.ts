/** The report of a stretch of a recording, from what was kept of it. */
import type { Alert } from '../alerts/alert-rules';
import { createReport, type Report } from '../alerts/report';
import type { Database } from '../storage/database';
import { eventDetails } from '../storage/events';
import type { EventRecord, RecordingRecord } from '../storage/recording-rows';
import { momentsOf, trackBetween } from '../storage/score-track';

/** `events` are those of the recording. Throws StorageError. */
export async function stretchReport(
  database: Database,
  { id, source, detector, backend, learned, alertsPerHour, gaps }: RecordingRecord,
  events: readonly EventRecord[],
  fromS: number,
  toS: number,
): Promise<Report> {
  const touches = (startS: number, endS: number) => startS <= toS && endS >= fromS;
  const inside = (timeS: number) => timeS >= fromS && timeS <= toS;
  const frames: { timeS: number; score: number; returnPeriodS: number; intervalMs: number }[] = [];
  for (const chunk of await trackBetween(database, id, fromS, toS))
    for (const { moment, intervalMs } of momentsOf(chunk))
      if (inside(moment.timeS)) frames.push({ ...moment, intervalMs });
  const alerts: Alert[] = [];
  for (const { id: eventId, kind, zone, startS, endS, severity } of events.filter((event) =>
    touches(event.startS, event.endS ?? event.startS),
  )) {
    const details = await eventDetails(database, eventId);
    if (details)
      alerts.push({
        id: eventId,
        kind,
        zone: zone === null ? null : { id: zone, name: zone },
        startS,
        endS,
        severity,
        peak: details.peak,
      });
  }
  const { kind, name, width, height, durationS } = source;
  return createReport({
    source: { kind, name, width, height, durationS },
    detector,
    backend,
    calibration: { learnedDurationS: learned.durationS, learnedFrames: learned.frames, alertsPerHour },
    gaps: gaps.filter((gap) => touches(gap.fromS, gap.toS)),
    frames,
    alerts,
  });
}
