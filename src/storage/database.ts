/** What stays in the browser between visits, in IndexedDB through Dexie: scenes, preferences, recordings, events, labels. */
import { Dexie, type EntityTable, type Table } from 'dexie';
import type { SceneRules } from '../alerts/alert-settings';
import type { LearnedScene } from '../detectors/detector';
import type {
  EventDetails,
  EventRecord,
  EvidenceChunk,
  FootagePiece,
  LabelRecord,
  OverviewBlock,
  RecordingRecord,
  TrackChunk,
} from './recording-rows';

export interface SceneRecord {
  id: string;
  /** `SourceInfo.id` of the source it was learned on. */
  sourceId: string;
  sourceName: string;
  /** The detector that learned it: that of `scene`, here so that it can be looked up. */
  detector: string;
  /** Milliseconds since 1970. */
  savedAt: number;
  scene: LearnedScene;
}

/** What raises alerts on one source. */
export interface SceneRulesRecord {
  /** `SourceInfo.id`. */
  sourceId: string;
  /** Picture in whose pixels the zones are drawn. */
  width: number;
  height: number;
  rules: SceneRules;
  /** Expected false alarms per hour; records from before it was kept lack it. */
  perHour?: number;
}

export interface PreferenceRecord {
  key: string;
  value: unknown;
}

export interface Database extends Dexie {
  scenes: EntityTable<SceneRecord, 'id'>;
  preferences: EntityTable<PreferenceRecord, 'key'>;
  sceneRules: EntityTable<SceneRulesRecord, 'sourceId'>;
  recordings: EntityTable<RecordingRecord, 'id'>;
  tracks: Table<TrackChunk, [recordingId: string, fromS: number]>;
  overviews: Table<OverviewBlock, [recordingId: string, level: number, index: number]>;
  evidence: Table<EvidenceChunk, [recordingId: string, fromS: number]>;
  footage: EntityTable<FootagePiece, 'id'>;
  events: EntityTable<EventRecord, 'id'>;
  eventDetails: EntityTable<EventDetails, 'id'>;
  labels: EntityTable<LabelRecord, 'id'>;
}

/** The app's database; opened at the first use. */
export function openDatabase(name = 'oriel'): Database {
  const database = new Dexie(name) as Database;
  database.version(1).stores({ scenes: 'id, [sourceId+savedAt]', preferences: 'key' });
  database.version(2).stores({ sceneRules: 'sourceId' });
  database.version(3).stores({
    recordings: 'id, startedAt, state',
    tracks: '[recordingId+fromS]',
    overviews: '[recordingId+level+index]',
    evidence: '[recordingId+fromS]',
    footage: 'id, [recordingId+fromS], state',
    events: 'id, at, recordingId',
    eventDetails: 'id, recordingId',
    labels: 'id, recordingId',
  });
  database
    .version(4)
    .stores({ scenes: 'id, [sourceId+detector+savedAt]' })
    .upgrade((transaction) =>
      Promise.all([
        transaction
          .table<SceneRecord>('scenes')
          .toCollection()
          .modify((record) => {
            record.detector = record.scene.detector;
          }),
        // The overlay could only be shown or not.
        transaction.table<PreferenceRecord>('preferences').delete('overlay'),
      ]),
    );
  return database;
}

/** Nothing could be stored or read; `message` is a sentence for the user. The app goes on without. */
export class StorageError extends Error {
  override name = 'StorageError';
}

/** Do something with the database; whatever goes wrong becomes a StorageError. `what` completes 'so … ': 'this scene is not kept'. */
export async function stored<T>(what: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw new StorageError(`${reason(cause)}, so ${what}.`, { cause });
  }
}

/** The names of an error and of those within: Dexie wraps what the browser threw, a database that could not be opened more than once. */
function namesOf(error: unknown): string[] {
  const { name = '', inner } = (error ?? {}) as { name?: string; inner?: unknown };
  return inner && inner !== error ? [name, ...namesOf(inner)] : [name];
}

function reason(cause: unknown): string {
  const names = namesOf(cause);
  const is = (...known: string[]) => known.some((name) => names.includes(name));
  if (is('QuotaExceededError')) return 'The browser’s storage is full (free some space on this device)';
  const isClosed = names.every((name) => name === 'DatabaseClosedError');
  if (is('VersionError') || isClosed)
    return 'Another tab has a newer version of Oriel open (close it, then reload this one)';
  if (is('UnknownError', 'DataError', 'NotReadableError', 'UpgradeError'))
    return 'What Oriel had stored cannot be read any more (clear this site’s data in the browser’s settings to begin anew)';
  return 'The browser does not let Oriel store anything (private window, or site data is blocked)';
}
