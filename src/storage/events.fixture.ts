/** Made-up recordings and events for tests of what shows them. */
import type { EventDetails, EventRecord, RecordingRecord } from './recording-rows';

export const recordingOf = (id: string, change: Partial<RecordingRecord> = {}): RecordingRecord => ({
  id,
  startedAt: 1e12,
  source: { kind: 'webcam', name: 'Desk', id: 'webcam:a', width: 64, height: 36, durationS: null, live: true },
  detector: 'hybrid',
  backend: 'wasm',
  learned: { durationS: 60, frames: 600 },
  alertsPerHour: 1,
  endS: 100,
  frames: 1000,
  state: 'closed',
  gaps: [],
  ...change,
});

export const eventIn = (recordingId: string, id: string, change: Partial<EventRecord> = {}): EventRecord => ({
  id,
  recordingId,
  origin: 'alert',
  kind: 'unusual',
  zone: null,
  at: 1e12,
  startS: 10,
  endS: 14,
  peakS: 12,
  returnPeriodS: 9000,
  extrapolated: false,
  severity: 'warning',
  cues: ['speed'],
  label: 'person',
  reason: 'moves 3.1× as fast as the fastest usually seen',
  detector: 'hybrid',
  sourceName: 'Desk',
  reviewed: false,
  verdict: null,
  kept: false,
  ...change,
});

export const detailsOf = ({ id, recordingId, peakS, returnPeriodS }: EventRecord): EventDetails => ({
  id,
  recordingId,
  peak: { timeS: peakS, raw: 5, returnPeriodS, score: 0.8, extrapolated: false, reasons: [], objects: [] },
  thumbnail: null,
});
