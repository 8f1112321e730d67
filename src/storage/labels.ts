/** What the user said about stretches of recordings, apart from the events: kept, exported, and there to learn from. */
import { type Database, stored } from './database';
import type { LabelRecord } from './recording-rows';

const NOT_KEPT = 'what you said is not kept';

/** Put labels; those of the same id are replaced. Throws StorageError. */
export const putLabels = (database: Database, labels: LabelRecord[]): Promise<void> =>
  stored(NOT_KEPT, async () => {
    await database.labels.bulkPut(labels);
  });

/** Take labels back, by id. Throws StorageError. */
export const deleteLabels = (database: Database, ids: string[]): Promise<void> =>
  stored(NOT_KEPT, () => database.labels.bulkDelete(ids));
