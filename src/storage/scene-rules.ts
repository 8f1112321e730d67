/** Alert rules and zones by the source they were drawn on. */
import { defaultSceneRules, type SceneRules } from '../alerts/alert-settings';
import type { SourceInfo } from '../media/frame';
import { type Database, stored } from './database';

/** Keep the rules of this source in place of those before. Throws StorageError. */
export function saveSceneRules(
  database: Database,
  { id, width, height }: SourceInfo,
  rules: SceneRules,
): Promise<void> {
  return stored('zones and alert rules last for this visit only', async () => {
    const before = await database.sceneRules.get(id);
    await database.sceneRules.put({ ...before, sourceId: id, width, height, rules });
  });
}

/** Keep the alert budget of this source, beside its rules. Throws StorageError. */
export function saveBudget(database: Database, { id, width, height }: SourceInfo, perHour: number): Promise<void> {
  return stored('the alert budget of this source lasts for this visit only', async () => {
    const before = await database.sceneRules.get(id);
    await database.sceneRules.put({ sourceId: id, width, height, rules: defaultSceneRules, ...before, perHour });
  });
}

/** Expected false alarms per hour, as set for this source; null where it never was. Throws StorageError. */
export function budgetOf(database: Database, { id }: SourceInfo): Promise<number | null> {
  return stored('the alert budget is the usual one', async () => (await database.sceneRules.get(id))?.perHour ?? null);
}

/** The rules of this source, zones scaled to its present picture; null where none were kept. Throws StorageError. */
export function sceneRulesOf(database: Database, { id, width, height }: SourceInfo): Promise<SceneRules | null> {
  return stored('zones and alert rules start from their defaults', async () => {
    const record = await database.sceneRules.get(id);
    if (!record) return null;
    const scaled = ({ x, y }: { x: number; y: number }) => ({
      x: (x * width) / record.width,
      y: (y * height) / record.height,
    });
    const zones = record.rules.zones.map((zone) => ({ ...zone, points: zone.points.map(scaled) }));
    // Rules kept earlier lack what has come since.
    return { ...defaultSceneRules, ...record.rules, zones };
  });
}
