/** The ring buffer: footage keeps within its limit, and the oldest that nobody protected makes room for the newest. */
import { type Database, stored } from './database';
import { deletePieces } from './footage';
import type { FootageFiles } from './footage-files';
import type { FootagePiece } from './recording-rows';

/** Footage may take so much unless the user says otherwise, in bytes. */
export const DEFAULT_LIMIT_BYTES = 2 * 1024 ** 3;

/** How much footage there is, in bytes. Throws StorageError. */
export const footageBytes = (database: Database): Promise<number> =>
  stored('the space that recordings take is unknown', async () => sumOf(await database.footage.toArray()));

/**
 * Delete the oldest closed pieces until at most `limitBytes` are left; pieces that show a kept event stay. Returns how many
 * bytes still lie beyond the limit, because all that is left is protected. Throws StorageError.
 */
export function makeRoom(database: Database, files: FootageFiles, limitBytes: number): Promise<number> {
  return stored('older video is not cleared away', async () => {
    const pieces = await database.footage.toArray();
    let excess = sumOf(pieces) - limitBytes;
    if (excess <= 0) return 0;
    const kept = await database.events.filter((event) => event.kept).toArray();
    const isKept = (piece: FootagePiece) =>
      kept.some(
        ({ recordingId, startS, endS }) =>
          recordingId === piece.recordingId && startS <= piece.toS && (endS ?? startS) >= piece.fromS,
      );
    const began = new Map((await database.recordings.toArray()).map(({ id, startedAt }) => [id, startedAt]));
    const at = ({ recordingId, fromS }: FootagePiece) => (began.get(recordingId) ?? 0) + fromS * 1000;
    const oldestFirst = pieces
      .filter((piece) => piece.state === 'closed' && !isKept(piece))
      .sort((a, b) => at(a) - at(b));
    for (const piece of oldestFirst) {
      if (excess <= 0) break;
      await deletePieces(database, files, [piece]);
      excess -= piece.bytes;
    }
    return Math.max(0, excess);
  });
}

const sumOf = (pieces: FootagePiece[]) => pieces.reduce((sum, { bytes }) => sum + bytes, 0);
