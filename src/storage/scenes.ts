/** Learned scenes by the source they belong to and the detector that learned them. */
import type { LearnedScene } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';
import { type Database, type SceneRecord, stored } from './database';

/** So many are kept of each source and detector; older ones make room. */
const KEPT = 8;

/** Keep a scene for this source; returns its record. Throws StorageError where it cannot be kept. */
export function saveScene(
  database: Database,
  source: SourceInfo,
  scene: LearnedScene,
  savedAt = Date.now(),
): Promise<SceneRecord> {
  return stored('this scene is not kept for the next visit', async () => {
    const { detector } = scene;
    const record = { id: crypto.randomUUID(), sourceId: source.id, sourceName: source.name, detector, savedAt, scene };
    await database.scenes.add(record);
    const older = (await newestFirst(database, source.id, detector)).slice(KEPT);
    await database.scenes.bulkDelete(older.map(({ id }) => id));
    return record;
  });
}

/** Scenes that this detector learned of this source, newest first. Throws StorageError. */
export function scenesOf(database: Database, sourceId: string, detector: string): Promise<SceneRecord[]> {
  return stored('scenes learned earlier cannot be offered', () => newestFirst(database, sourceId, detector));
}

/** One scene by its id; null where it is gone. Throws StorageError. */
export function sceneById(database: Database, id: string): Promise<SceneRecord | null> {
  return stored('this scene cannot be read', async () => (await database.scenes.get(id)) ?? null);
}

const newestFirst = (database: Database, sourceId: string, detector: string) =>
  database.scenes
    .where('[sourceId+detector+savedAt]')
    .between([sourceId, detector, 0], [sourceId, detector, Number.POSITIVE_INFINITY])
    .reverse()
    .toArray();
