/** Footage of a run into the browser's own storage; loaded when something is to be recorded. */
import { createPictureEncoder } from '../media/picture-encoder';
import { openDatabase } from '../storage/database';
import { beginPiece } from '../storage/footage';
import { footageFiles } from '../storage/footage-files';
import { makeRoom } from '../storage/footage-room';
import { createFootageKeeper, type FootageKeeper } from './footage-keeper';
import type { FootageRequest } from './protocol';

/** A piece that is being written grows by about so much before room is made again, in bytes. */
const HEADROOM = 16 * 1024 ** 2;

/** See `EngineParts.keepFootage`. */
export async function keepFootage(
  { recordingId, offsetS, keep, limitBytes }: FootageRequest,
  size: { width: number; height: number },
  onRefused: (message: string) => void,
): Promise<FootageKeeper | null> {
  if (typeof navigator.storage?.getDirectory !== 'function') {
    onRefused('This browser has no private file system, so events are kept without video.');
    return null;
  }
  const database = openDatabase();
  const files = footageFiles();
  return createFootageKeeper({
    keep,
    size,
    createEncoder: createPictureEncoder,
    async makeRoom() {
      const excess = await makeRoom(database, files, Math.max(0, limitBytes - HEADROOM));
      if (excess > HEADROOM)
        onRefused('Kept events fill the space set aside for video; raise the limit on the Review page or let some go.');
    },
    begin: (fromS) => beginPiece(database, files, recordingId, fromS + offsetS),
    onRefused,
  });
}
