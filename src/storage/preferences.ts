/** What the user chose and finds again at the next visit. */
import type { NoticeSettings } from '../alerts/notice-desk';
import { type Database, stored } from './database';

/** What is drawn over the picture. */
export interface Overlay {
  heat: 'evidence' | 'attention' | 'none';
  /** Name of the map of attention that is drawn; another network's counts as its first. */
  attentionOf: string | null;
  boxes: boolean;
  /** 0…1 */
  opacity: number;
}

export interface Preferences {
  /** Device id of the camera used last; null before one was. */
  cameraId: string | null;
  alertsPerHour: number;
  /** What to keep as video of live sources. */
  footage: 'none' | 'events' | 'all';
  /** Video may take so many bytes. */
  footageLimitBytes: number;
  overlay: Overlay;
  /** Name of the detector chosen last. */
  detector: string;
  /** What the user is told of outside of the page. */
  notices: NoticeSettings;
}

/** What has been stored; keys never set are missing. Throws StorageError. */
export function readPreferences(database: Database): Promise<Partial<Preferences>> {
  return stored('your settings start from their defaults', async () => {
    const records = await database.preferences.toArray();
    return Object.fromEntries(records.map(({ key, value }) => [key, value]));
  });
}

/** Store one preference. Throws StorageError. */
export function writePreference<K extends keyof Preferences>(
  database: Database,
  key: K,
  value: Preferences[K],
): Promise<void> {
  return stored('your settings last for this visit only', async () => {
    await database.preferences.put({ key, value });
  });
}
