/** What an earlier visit left open, because the browser crashed or the page was closed while recording. */
import { type Database, stored } from './database';
import { closePiece } from './footage';
import type { FootageFiles } from './footage-files';
import type { RecordingRecord } from './recording-rows';
import { recordingLock } from './recordings';

/**
 * Close recordings, events and pieces that nobody writes any more; those of another tab that is recording stay open.
 * Returns how many recordings were interrupted. Throws StorageError.
 */
export function closeInterrupted(
  database: Database,
  files: FootageFiles,
  locks: Pick<LockManager, 'request'>,
): Promise<number> {
  return stored('what was interrupted stays unfinished', async () => {
    const open = await database.recordings.where({ state: 'open' }).toArray();
    // An engine that hung may have left a piece open, though its recording was closed.
    const pieces = await database.footage.where({ state: 'open' }).toArray();
    const left = await database.recordings.bulkGet([...new Set(pieces.map(({ recordingId }) => recordingId))]);
    const unfinished = left.flatMap((recording) => (recording?.state === 'closed' ? [recording] : []));
    let closed = 0;
    for (const recording of [...open, ...unfinished]) {
      await locks.request(recordingLock(recording.id), { ifAvailable: true }, async (lock) => {
        if (!lock) return;
        await closeRecording(database, files, recording);
        closed++;
      });
    }
    return closed;
  });
}

async function closeRecording(database: Database, files: FootageFiles, recording: RecordingRecord): Promise<void> {
  const { id, endS, state } = recording;
  const pieces = await database.footage.where({ state: 'open' }).toArray();
  for (const piece of pieces) if (piece.recordingId === id) await closePiece(database, files, piece);
  await database.events
    .where({ recordingId: id })
    .and((event) => event.endS === null)
    .modify((event) => {
      event.endS = Math.max(event.startS, endS);
    });
  if (state === 'open') await database.recordings.update(id, { state: 'interrupted' });
}
