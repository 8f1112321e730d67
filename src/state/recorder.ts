/**
 * Keeps what is watched: scores, maps and events of each run go into storage as they come, a few seconds behind at most, so
 * that a crash loses no more than that.
 *
 *   idle ──begin──► open ──end──► closed (idle)
 *                    ▲─────begin, continued────┘
 */
import type { SourceInfo } from '../media/frame';
import type { Database } from '../storage/database';
import { eventOf } from '../storage/event-of-alert';
import { putEvent } from '../storage/events';
import { createEvidenceWriter, putEvidence } from '../storage/evidence-track';
import { createOverviewWriter, putOverview } from '../storage/overview';
import type { EvidenceChunk, RecordingRecord, TrackChunk } from '../storage/recording-rows';
import { putRecording, recordingLock } from '../storage/recordings';
import { createTrackWriter, putTrack } from '../storage/score-track';
import type { AlertEvent, ObservedFrame } from '../worker/protocol';
import type { TimelineGap } from './watch-store';

export interface RecorderParts {
  database: Database;
  /** Told once of each reason for which something could not be kept; a sentence for the user. */
  onRefused(message: string): void;
  /** Ask the browser not to clear away what is kept. */
  persist(): void;
  locks?: Pick<LockManager, 'request'>;
  now?(): number;
}

/** What is known when watching begins. */
export interface RecordingStart {
  source: SourceInfo;
  detector: string;
  backend: string;
  learned: { durationS: number; frames: number };
  alertsPerHour: number;
}

export interface Recorder {
  /** Begin a recording, or go on with the last one; returns its id. */
  begin(start: RecordingStart, continued: boolean): string;
  /** Frames come in order of time, in seconds of the recording. */
  observe(frame: ObservedFrame): void;
  addGap(gap: TimelineGap): void;
  raise(event: AlertEvent): void;
  /** Close the recording; nothing where none is open. */
  end(): void;
}

/** What has come is written at least so often, in milliseconds. */
const FLUSH_MS = 4000;

/** One recording under way. */
interface Run {
  record: RecordingRecord;
  track: ReturnType<typeof createTrackWriter>;
  overview: ReturnType<typeof createOverviewWriter>;
  evidence: ReturnType<typeof createEvidenceWriter>;
  full: { track: TrackChunk[]; evidence: EvidenceChunk[] };
  /** Alerts that have not ended, as they were last told, by their id. */
  open: Map<string, AlertEvent>;
  /** Lets go of the recording's lock. */
  release(): void;
}

export function createRecorder({ database, onRefused, persist, locks, now = Date.now }: RecorderParts): Recorder {
  const told = new Set<string>();
  let run: Run | null = null;
  /** The run begun last, to go on with after a crash or the loss of a camera. */
  let last: Run | null = null;
  let timer: ReturnType<typeof setTimeout> | undefined;
  /** Writes follow one another, so that an older state of a record never overtakes a newer one. */
  let writing: Promise<unknown> = Promise.resolve();

  function write(work: () => Promise<unknown>): void {
    writing = writing.then(work).catch((error: Error) => {
      if (!told.has(error.message)) onRefused(error.message);
      told.add(error.message);
    });
  }

  function hold(id: string): () => void {
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    void locks?.request(recordingLock(id), () => held);
    return release;
  }

  function flush(): void {
    clearTimeout(timer);
    timer = undefined;
    if (!run) return;
    const { record, track, overview, evidence, full } = run;
    const chunks = [...full.track, track.tail()].filter((chunk) => chunk !== null);
    const maps = [...full.evidence, evidence.tail()].filter((chunk) => chunk !== null);
    const blocks = overview.changed();
    run.full = { track: [], evidence: [] };
    const state = { ...record };
    write(() => putTrack(database, chunks));
    write(() => putEvidence(database, maps));
    write(() => putOverview(database, blocks));
    write(() => putRecording(database, state));
  }

  function put(record: RecordingRecord, alert: AlertEvent): void {
    const { event, details } = eventOf(alert, record);
    write(() => putEvent(database, event, details));
  }

  function end(): void {
    if (!run) return;
    const { release, record, open } = run;
    record.state = 'closed';
    // Whoever raised these is gone: a crashed worker, a camera that was taken away.
    for (const alert of open.values()) put(record, { ...alert, endS: record.endS });
    open.clear();
    // A run in which nothing was analysed leaves nothing behind.
    if (record.frames > 0) flush();
    run = null;
    clearTimeout(timer);
    timer = undefined;
    write(async () => release());
  }

  return {
    begin(start, continued) {
      const known = continued ? last : null;
      end();
      const id = known?.record.id ?? crypto.randomUUID();
      const writers = known ?? {
        record: { ...start, id, startedAt: now(), endS: 0, frames: 0, state: 'open' as const, gaps: [] },
        track: createTrackWriter(id),
        overview: createOverviewWriter(id),
        evidence: createEvidenceWriter(id),
        full: { track: [], evidence: [] },
        open: new Map<string, AlertEvent>(),
      };
      run = { ...writers, record: { ...writers.record, state: 'open' }, release: hold(id) };
      last = run;
      persist();
      return id;
    },
    observe({ moment, intervalMs, evidence }) {
      if (!run) return;
      const chunk = run.track.push(moment, intervalMs);
      if (chunk) run.full.track.push(chunk);
      const maps = run.evidence.push(moment, evidence);
      if (maps) run.full.evidence.push(maps);
      run.overview.push(moment.timeS, moment.returnPeriodS);
      run.record.endS = moment.timeS;
      run.record.frames++;
      timer ??= setTimeout(flush, FLUSH_MS);
    },
    addGap(gap) {
      if (run) run.record = { ...run.record, gaps: [...run.record.gaps, gap] };
    },
    raise(alert) {
      if (!run) return;
      if (alert.endS === null) run.open.set(alert.id, alert);
      else run.open.delete(alert.id);
      put(run.record, alert);
    },
    end,
  };
}
