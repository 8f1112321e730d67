/** What stays in the browser between visits: learned scenes and preferences (IndexedDB through Dexie). */
import { Dexie, type EntityTable } from 'dexie';
import type { SceneRules } from '../alerts/alert-settings';
import type { LearnedScene } from '../detectors/detector';

export interface SceneRecord {
  id: string;
  /** `SourceInfo.id` of the source it was learned on. */
  sourceId: string;
  sourceName: string;
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
}

export interface PreferenceRecord {
  key: string;
  value: unknown;
}

export interface Database extends Dexie {
  scenes: EntityTable<SceneRecord, 'id'>;
  preferences: EntityTable<PreferenceRecord, 'key'>;
  sceneRules: EntityTable<SceneRulesRecord, 'sourceId'>;
}

/** The app's database; opened at the first use. */
export function openDatabase(name = 'oriel'): Database {
  const database = new Dexie(name) as Database;
  database.version(1).stores({ scenes: 'id, [sourceId+savedAt]', preferences: 'key' });
  database.version(2).stores({ sceneRules: 'sourceId' });
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

/** Dexie wraps what the browser threw; the quota may be in the error or in its inner one. */
function reason(cause: unknown): string {
  const names = [cause, (cause as { inner?: unknown } | null)?.inner].map((error) => (error as Error | null)?.name);
  if (names.includes('QuotaExceededError')) return 'The browser’s storage is full (free some space on this device)';
  return 'The browser does not let Oriel store anything (private window, or site data is blocked)';
}
