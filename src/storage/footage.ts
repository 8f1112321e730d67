/** Pieces of footage: which stretch of which recording lies in which file. Open pieces are written in place, then closed. */
import { type Database, stored } from './database';
import type { FootageFiles } from './footage-files';
import type { FootagePiece } from './recording-rows';

/** A piece being written. */
export interface OpenPiece {
  readonly fromS: number;
  /** Throws what the browser throws, QuotaExceededError where it is full. */
  write(bytes: Uint8Array<ArrayBuffer>, position: number): void;
  /** No more comes: make it a clip that every player knows. Throws StorageError. */
  close(): Promise<void>;
}

const NOT_KEPT = 'the video of this recording is not kept';
const partOf = (id: string) => `${id}.part`;
const clipOf = (id: string) => `${id}.mp4`;

/** Begin a piece. Throws StorageError. */
export function beginPiece(
  database: Database,
  files: FootageFiles,
  recordingId: string,
  fromS: number,
): Promise<OpenPiece> {
  return stored(NOT_KEPT, async () => {
    const piece: FootagePiece = { id: crypto.randomUUID(), recordingId, fromS, toS: fromS, bytes: 0, state: 'open' };
    await database.footage.put(piece);
    const file = await files.create(partOf(piece.id));
    return {
      fromS,
      write: file.write,
      async close() {
        file.close();
        await closePiece(database, files, piece);
      },
    };
  });
}

/** Make an open piece a closed one, with all that can be read of it; where that is nothing, it goes. Throws StorageError. */
export function closePiece(database: Database, files: FootageFiles, piece: FootagePiece): Promise<void> {
  return stored(NOT_KEPT, async () => {
    const part = await files.read(partOf(piece.id));
    // Muxing is loaded when a clip is to be closed: the page seldom has to.
    const { closedClip } = await import('../media/clip-writer');
    const closed = part && (await closedClip(part));
    if (!part && (await database.footage.get(piece.id))?.state === 'closed') return; // by another page, in the meantime
    if (closed) {
      await files.save(clipOf(piece.id), closed.clip);
      const toS = piece.fromS + closed.durationS;
      await database.footage.put({ ...piece, toS, bytes: closed.clip.size, state: 'closed' });
    } else await database.footage.delete(piece.id);
    await files.remove(partOf(piece.id));
  });
}

/** The closed pieces of a recording, in order of time. Throws StorageError. */
export const piecesOf = (database: Database, recordingId: string): Promise<FootagePiece[]> =>
  stored('the video of this recording cannot be found', () =>
    database.footage
      .where('[recordingId+fromS]')
      .between([recordingId, Number.NEGATIVE_INFINITY], [recordingId, Number.POSITIVE_INFINITY])
      .and(({ state }) => state === 'closed')
      .toArray(),
  );

/** Forget pieces and their files. Throws StorageError. */
export const deletePieces = (database: Database, files: FootageFiles, pieces: FootagePiece[]): Promise<void> =>
  stored('this video is not deleted', async () => {
    for (const { id } of pieces) {
      await files.remove(clipOf(id));
      await files.remove(partOf(id));
      await database.footage.delete(id);
    }
  });
/** The piece's video; null where it is gone. Throws StorageError. */
export const clipFile = (files: FootageFiles, { id }: FootagePiece): Promise<File | null> =>
  stored('this video cannot be played', () => files.read(clipOf(id)));
