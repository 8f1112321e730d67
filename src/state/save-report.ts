/** The present run as a report in the user's downloads folder. */
import { createReport, reportCsv } from '../alerts/report';
import { download, fileStem } from './download';
import type { ObservationLog } from './observation-log';
import type { WatchState } from './watch-store';

/** Build the report and let the browser save it. Throws where there is nothing to report. */
export function saveReport(format: 'json' | 'csv', state: WatchState, observations: ObservationLog): void {
  const report = reportOf(state, observations);
  const text = format === 'json' ? JSON.stringify(report, null, 1) : reportCsv(report);
  const type = format === 'json' ? 'application/json' : 'text/csv;charset=utf-8';
  download(new Blob([text], { type }), `${fileStem(report.source.name)}-oriel.${format}`);
}

/** What the state and the log say, as a report. */
export function reportOf(
  { source, scene, judgedBy, status, alertsPerHour, gaps, alerts }: WatchState,
  observations: ObservationLog,
) {
  if (!source || observations.length === 0)
    throw new Error('Nothing has been analysed yet; watch for a while, then export.');
  const { kind, name, width, height, durationS } = source;
  return createReport({
    source: { kind, name, width, height, durationS },
    detector: judgedBy ?? 'none',
    backend: status.backend?.backend ?? 'none',
    calibration: { learnedDurationS: scene?.durationS ?? 0, learnedFrames: scene?.frames ?? 0, alertsPerHour },
    gaps,
    frames: observations.frames(),
    alerts,
  });
}
