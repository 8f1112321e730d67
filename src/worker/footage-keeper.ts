/**
 * Decides which pictures of a live source are kept as video: those around alerts, or all of them. Every analysed frame is
 * compressed, the last seconds wait in memory, and when an alert begins they become the beginning of its piece.
 *
 *   waiting ──alert──► writing ──post-roll over, gap──► waiting
 *                       │  ▲ piece is long: next one
 *                       └──┘
 */
import type { Alert } from '../alerts/alert-rules';
import { type ClipWriter, startClip } from '../media/clip-writer';
import type { Frame } from '../media/frame';
import type { createPictureEncoder, EncodedPicture, PictureFormat } from '../media/picture-encoder';
import type { OpenPiece } from '../storage/footage';

export interface FootageParts {
  /** 'all' keeps everything, 'events' what lies around alerts. */
  keep: 'events' | 'all';
  size: { width: number; height: number };
  createEncoder: typeof createPictureEncoder;
  /** Begin a piece at this second of the run. */
  begin(fromS: number): Promise<OpenPiece>;
  /** Called once when pictures can be kept no longer; the sentence is for the user. */
  onRefused(message: string): void;
}

export interface FootageKeeper {
  frame(frame: Frame): void;
  /** An alert began, changed or ended. */
  alert(alert: Alert): void;
  /** Write what is left and close the piece. */
  finish(): Promise<void>;
}

/** Video begins so long before an alert, and goes on so long after it, in seconds. */
const PRE_ROLL_S = 5;
const POST_ROLL_S = 5;
/** A longer piece is closed at its next key picture, in seconds: a piece is what can be cleared away at once. */
const LONGEST_PIECE_S = 60;
/** A longer pause in the pictures ends a piece, in seconds. */
const GAP_S = 3;
/** Nobody waits longer than this for a file to be opened, and for one to be closed as a clip, in milliseconds. */
const OPENING_MS = 10_000;
const CLOSING_MS = 30_000;

const UNSUPPORTED =
  'This browser cannot record video (it lacks WebCodecs encoding), so events are kept with a picture and their scores only.';

class SilentStorage extends Error {
  override message = 'The browser’s storage does not answer, so no more video is kept; reload the page to try again.';
}

/** Rejects with SilentStorage where the work takes longer than `ms`; what comes of it all the same is handed to `late`. */
function within<T>(ms: number, work: Promise<T>, late?: (result: T) => void): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      reject(new SilentStorage());
      if (late) work.then(late, () => undefined);
    }, ms);
    work.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}

/** Null where the browser cannot encode, which has then been told. */
export async function createFootageKeeper(parts: FootageParts): Promise<FootageKeeper | null> {
  const { keep, onRefused } = parts;
  /** The newest pictures, from a key picture on. */
  let ring: EncodedPicture[] = [];
  let format: PictureFormat | null = null;
  let piece: { open: OpenPiece; clip: ClipWriter; fromS: number } | null = null;
  let lastS = Number.NEGATIVE_INFINITY;
  let keepUntilS = Number.NEGATIVE_INFINITY;
  let refused = false;
  const ongoing = new Set<string>();
  /** Pictures and alerts are taken in the order in which they came, one after another. */
  let work: Promise<void> = Promise.resolve();
  const then = (step: () => void | Promise<void>) => {
    work = work.then(() => (refused ? undefined : step())).catch(giveUp);
  };

  const wanted = (timeS: number) => keep === 'all' || ongoing.size > 0 || timeS <= keepUntilS;

  function refuse(message: string): void {
    if (!refused) onRefused(message);
    refused = true;
  }

  /** The last seconds of the ring, from the key picture at which they can begin. */
  function trim(newestS: number): void {
    const isOld = ({ key, timeS }: EncodedPicture) => key && timeS <= newestS - PRE_ROLL_S;
    const start = ring.findLastIndex(isOld);
    if (start > 0) ring = ring.slice(start);
  }

  async function close(): Promise<void> {
    if (!piece) return;
    const { open, clip } = piece;
    piece = null;
    try {
      await clip.finish();
    } finally {
      await within(CLOSING_MS, open.close()); // whole or not: what was written can be played
    }
  }

  /** A new piece; a second one where the first never opens, which a browser has been seen to do. */
  async function opened(fromS: number): Promise<OpenPiece> {
    const open = () => within(OPENING_MS, parts.begin(fromS), (late) => void late.close().catch(() => undefined));
    return open().catch((error: unknown) => {
      if (error instanceof SilentStorage) return open();
      throw error;
    });
  }

  /** Make the last seconds the beginning of a piece, where they are wanted and there is none. */
  async function begin(): Promise<void> {
    if (piece || !format || ring.length === 0 || !wanted(lastS)) return;
    const waiting = ring;
    ring = [];
    const open = await opened(waiting[0].timeS);
    piece = { open, clip: await startClip(format, open.write), fromS: waiting[0].timeS };
    for (const picture of waiting) await piece.clip.add(picture);
  }

  async function take(picture: EncodedPicture, pictureFormat: PictureFormat): Promise<void> {
    const { timeS, key } = picture;
    format = pictureFormat;
    if (timeS - lastS > GAP_S) {
      await close();
      ring = [];
    }
    lastS = timeS;
    if (piece && (!wanted(timeS) || (key && timeS - piece.fromS >= LONGEST_PIECE_S))) await close();
    if (piece) return piece.clip.add(picture);
    if (key || ring.length > 0) ring.push(picture);
    trim(timeS);
    await begin();
  }

  /** An alert's video begins at once: the encoder may be late with the next picture, and the user may stop before it. */
  async function heed({ id, endS }: Alert): Promise<void> {
    if (endS === null) ongoing.add(id);
    else {
      ongoing.delete(id);
      keepUntilS = Math.max(keepUntilS, endS + POST_ROLL_S);
    }
    await begin();
  }

  const encoder = await parts.createEncoder(
    parts.size,
    (picture, format) => {
      then(() => take(picture, format));
    },
    (error) => refuse(`The video encoder of this browser failed (${error.message}), so no more video is kept.`),
  );
  if (!encoder) {
    onRefused(UNSUPPORTED);
    return null;
  }

  function giveUp(error: Error): void {
    const full = error.name === 'QuotaExceededError';
    refuse(
      full
        ? 'The browser’s storage is full (free some space on this device), so no more video is kept.'
        : error.message,
    );
  }

  return {
    frame(frame) {
      if (!refused) encoder.encode(frame);
    },
    alert(alert) {
      then(() => heed(alert));
    },
    async finish() {
      await encoder.flush().catch(() => undefined);
      encoder.close();
      await work;
      await close().catch(giveUp);
    },
  };
}
