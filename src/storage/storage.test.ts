import 'fake-indexeddb/auto';
import { Dexie } from 'dexie';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { LearnedScene } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';
import { type Database, openDatabase, StorageError } from './database';
import { readPreferences, writePreference } from './preferences';
import { saveScene, sceneById, scenesOf } from './scenes';

const source = (id: string): SourceInfo => ({
  kind: 'webcam',
  name: id,
  id,
  width: 4,
  height: 4,
  durationS: null,
  live: true,
});
const scene = (durationS: number): LearnedScene => ({
  detector: 'hybrid',
  version: 1,
  width: 4,
  height: 4,
  durationS,
  frames: 10,
  model: { means: new Float32Array([1, 2, 3]), nested: [{ counts: new Uint16Array([4]) }] },
});

let database: Database = openDatabase('test');
afterEach(async () => {
  await database.delete();
  database = openDatabase('test');
});

describe('scenes', () => {
  it('come back as they were, typed arrays and all, in a new visit', async () => {
    const { id } = await saveScene(database, source('a'), scene(60));
    database.close();
    database = openDatabase('test');
    expect((await sceneById(database, id))?.scene).toEqual(scene(60));
  });

  it('are offered for their own source only, newest first', async () => {
    for (const [name, savedAt] of [
      ['a', 1],
      ['b', 2],
      ['a', 3],
    ] as const)
      await saveScene(database, source(name), scene(savedAt), savedAt);
    expect((await scenesOf(database, 'a', 'hybrid')).map(({ savedAt }) => savedAt)).toEqual([3, 1]);
    expect(await sceneById(database, 'gone')).toBeNull();
  });

  it('of one source are told apart by their detector', async () => {
    await saveScene(database, source('a'), scene(1), 1);
    await saveScene(database, source('a'), { ...scene(2), detector: 'stadnet' }, 2);
    expect((await scenesOf(database, 'a', 'hybrid')).map(({ savedAt }) => savedAt)).toEqual([1]);
    expect((await scenesOf(database, 'a', 'stadnet')).map(({ savedAt }) => savedAt)).toEqual([2]);
  });

  it('of before there were several detectors are found again, each as its own detector’s', async () => {
    database.close();
    const older = new Dexie('older');
    older.version(1).stores({ scenes: 'id, [sourceId+savedAt]', preferences: 'key' });
    await older.table('scenes').add({ id: 'x', sourceId: 'a', sourceName: 'a', savedAt: 5, scene: scene(60) });
    const overlay = { evidence: false, boxes: true, opacity: 0.5 };
    await older.table('preferences').bulkAdd([
      { key: 'overlay', value: overlay },
      { key: 'alertsPerHour', value: 4 },
    ]);
    older.close();
    database = openDatabase('older');
    expect(await scenesOf(database, 'a', 'hybrid')).toMatchObject([{ id: 'x', detector: 'hybrid', savedAt: 5 }]);
    expect(await readPreferences(database)).toEqual({ alertsPerHour: 4 });
  });

  it('make room: eight are kept of each source', async () => {
    for (let savedAt = 1; savedAt <= 10; savedAt++) await saveScene(database, source('a'), scene(1), savedAt);
    expect((await scenesOf(database, 'a', 'hybrid')).map(({ savedAt }) => savedAt)).toEqual([10, 9, 8, 7, 6, 5, 4, 3]);
  });
});

describe('preferences', () => {
  it('are those written last', async () => {
    await writePreference(database, 'alertsPerHour', 2);
    await writePreference(database, 'alertsPerHour', 0.5);
    expect(await readPreferences(database)).toEqual({ alertsPerHour: 0.5 });
  });
});

describe('storage that fails', () => {
  it('says when it is full', async () => {
    vi.spyOn(database.scenes, 'add').mockRejectedValue(new Dexie.QuotaExceededError('full'));
    await expect(saveScene(database, source('a'), scene(1))).rejects.toThrow(
      'The browser’s storage is full (free some space on this device), so this scene is not kept for the next visit.',
    );
  });

  it('says when it is denied', async () => {
    vi.spyOn(database.preferences, 'toArray').mockRejectedValue(new Dexie.MissingAPIError('no IndexedDB'));
    const reading = readPreferences(database);
    await expect(reading).rejects.toThrow(StorageError);
    await expect(reading).rejects.toThrow('does not let Oriel store anything');
  });

  it.each([
    ['it could not be opened in the first place', new DOMException('denied', 'SecurityError'), 'private window'],
    ['another tab upgraded it', new Dexie.DatabaseClosedError(), 'newer version of Oriel'],
    ['another tab upgraded it', undefined, 'newer version of Oriel'],
  ])('tells a database that is closed because %s', async (_, inner, words) => {
    vi.spyOn(database.preferences, 'toArray').mockRejectedValue(new Dexie.DatabaseClosedError(inner as Error));
    await expect(readPreferences(database)).rejects.toThrow(words);
  });
});
