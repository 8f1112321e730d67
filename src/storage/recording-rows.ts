/** What is kept of a recording: the rows of its tables. */
import type { Alert } from '../alerts/alert-rules';
import type { Exception } from '../alerts/exception';
import type { Moment } from '../alerts/moment';
import type { SourceInfo } from '../media/frame';

export interface RecordingRecord {
  id: string;
  /** Milliseconds since 1970 at which its second 0 was. */
  startedAt: number;
  source: SourceInfo;
  detector: string;
  /** What the tensors ran on. */
  backend: string;
  /** The footage its scene was learned on; zeros where it was judged without one. */
  learned: { durationS: number; frames: number };
  /** The alert budget at its start, in expected false alarms per hour. */
  alertsPerHour: number;
  /** How far it goes, in seconds of its own time. */
  endS: number;
  /** Analysed frames. */
  frames: number;
  /** 'interrupted': the page went away while it was open; what was written until then is all there. */
  state: 'open' | 'closed' | 'interrupted';
  /** Stretches that nobody analysed. */
  gaps: { fromS: number; toS: number; why: string }[];
}

/** Up to a minute of a recording. */
export interface TrackChunk {
  recordingId: string;
  /** Time of its first moment, in seconds. */
  fromS: number;
  toS: number;
  /** FIELDS numbers per moment: time, raw, return period, score, 1 where extrapolated, interval in ms. */
  numbers: Float64Array<ArrayBuffer>;
  /** The moments rarer than RARE_S and those shortly after one, as they were judged: with reasons and objects. */
  rare: Moment[];
}

/** Peaks of consecutive spells on one level. */
export interface OverviewBlock {
  recordingId: string;
  level: number;
  /** The block begins at second index · BLOCK · spell of the recording. */
  index: number;
  /** Longest return period of each spell in seconds; 0 where nothing was analysed. */
  peaks: Float32Array<ArrayBuffer>;
}

/** Up to a minute of maps. */
export interface EvidenceChunk {
  recordingId: string;
  /** Time of its first map, in seconds. */
  fromS: number;
  toS: number;
  sights: PackedSight[];
}

/** One map whose bytes are run-length coded. */
export interface PackedSight {
  moment: Moment;
  width: number;
  height: number;
  codes: Uint8Array<ArrayBuffer>;
}

/** What the user said of an event: 'true' is unusual indeed, 'normal' is normal here. */
export type Verdict = 'true' | 'normal';

/** An alert as the list shows it; light, since there may be ten thousand. */
export interface EventRecord {
  id: string;
  recordingId: string;
  /** 'alert': raised by the rules; 'missed': marked by the user. */
  origin: 'alert' | 'missed';
  kind: Alert['kind'];
  /** Name of the zone it was in; null outside of all. */
  zone: string | null;
  /** Milliseconds since 1970 of its start. */
  at: number;
  startS: number;
  /** Null while it goes on. */
  endS: number | null;
  peakS: number;
  returnPeriodS: number;
  extrapolated: boolean;
  severity: Alert['severity'];
  /** Cues of its reasons, strongest first, each once. */
  cues: string[];
  /** What it is about: 'person', 'motion'; empty where no single thing stood out. */
  label: string;
  /** The strongest reason in words; empty where there is none. */
  reason: string;
  detector: string;
  sourceName: string;
  reviewed: boolean;
  verdict: Verdict | null;
  /** Its footage does not make room for newer footage. */
  kept: boolean;
}

/** The rest of an event. */
export interface EventDetails {
  id: string;
  recordingId: string;
  peak: Moment;
  /** JPEG of its peak; null where none was made. */
  thumbnail: Blob | null;
}

export interface LabelRecord {
  id: string;
  recordingId: string;
  /** The event it is about; null for a stretch that raised none. */
  eventId: string | null;
  verdict: Verdict | 'missed';
  fromS: number;
  toS: number;
  /** Milliseconds since 1970 at which it was said. */
  saidAt: number;
  /** For 'normal': what was seen, so that the like raises no alert any more. */
  exceptions?: Exception[];
}

export interface FootagePiece {
  id: string;
  recordingId: string;
  /** The stretch of the recording that it shows, in seconds. */
  fromS: number;
  toS: number;
  bytes: number;
  /** 'open' while it is being written; whoever finds an open one that nobody writes closes it. */
  state: 'open' | 'closed';
}
