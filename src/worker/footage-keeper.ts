/**
 * Decides which pictures of a live source are kept as video: those around alerts, or all of them. Every analysed frame is
 * compressed, the last seconds wait in memory, and when an alert begins they become the beginning of its piece.
 *
 *   waiting ──alert──► writing ──post-roll over, gap──► waiting
 *                       │  ▲ piece is long: next one
 *                       └──┘
 */
import type { Alert } from '../alerts/alert-rules';
import { within } from '../lib/within';
import { type ClipWriter, startClip } from '../media/clip-writer';
import type { Frame } from '../media/frame';
import type { createPictureEncoder, EncodedPicture, PictureFormat } from '../media/picture-encoder';
import type { OpenPiece } from '../storage/footage';

export interface FootageParts {
  /** 'all' keeps everything, 'events' what lies around alerts. */
  keep: 'events' | 'all';
  size: { width: number; height: number };
  createEncoder: typeof createPictureEncoder;
  /** Make room for a piece; one is begun without it where that takes too long. */
  makeRoom(): Promise<void>;
  /** Begin a piece at this second of the run; asked once more where it never answers. */
  begin(fromS: number): Promise<OpenPiece>;
  /** Called once when pictures can be kept no longer; the sentence is for the user. */
  onRefused(message: string): void;
}

export interface FootageKeeper {
  frame(frame: Frame): void;
  /** An alert began, changed or ended. */
  alert(alert: Alert): void;
  /** Write what is left and close the piece; what storage is too slow for is closed later, or by `closeInterrupted` at the next visit. */
  finish(): Promise<void>;
}

/** Video begins so long before an alert, and goes on so long after it, in seconds. */
const PRE_ROLL_S = 5;
const POST_ROLL_S = 5;
/** A longer piece is closed at its next key picture, in seconds: a piece is what can be cleared away at once. */
const LONGEST_PIECE_S = 60;
/** A longer pause in the pictures ends a piece, in seconds. */
const GAP_S = 3;
/** Longest waits for room to be made, for a file to open, and for one to be closed as a clip, in milliseconds. */
const ROOM_MS = 20_000;
const OPENING_MS = 10_000;
const CLOSING_MS = 30_000;
/** Longest wait for the end, in milliseconds: less than the page waits for an engine to stop. */
const FINISH_MS = 8000;

const UNSUPPORTED =
  'This browser cannot record video (it lacks WebCodecs encoding), so events are kept with a picture and their scores only.';

const SILENT = 'The browser’s storage does not answer, so no more video of this run is kept.';

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
      await within(CLOSING_MS, open.close()); // whole or not: what was written can be played, now or after the next visit
    }
  }

  /** A new piece; a second one where the first does not open in time. */
  async function opened(fromS: number): Promise<OpenPiece> {
    for (let attempt = 0; attempt < 2; attempt++) {
      const opening = parts.begin(fromS);
      const open = await within(OPENING_MS, opening);
      if (open) return open;
      opening.then((late) => late.close()).catch(() => undefined);
    }
    throw new Error(SILENT);
  }

  /** Make the last seconds the beginning of a piece, where they are wanted and there is none. */
  async function begin(): Promise<void> {
    if (piece || !format || ring.length === 0 || !wanted(lastS)) return;
    const waiting = ring;
    const { timeS: fromS } = waiting[0];
    await within(ROOM_MS, parts.makeRoom());
    const open = await opened(fromS);
    const clip = await startClip(format, open.write).catch(async (error) => {
      await open.close();
      throw error;
    });
    piece = { open, clip, fromS };
    ring = [];
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
      const rest = async () => {
        await encoder.flush().catch(() => undefined);
        encoder.close();
        await work;
        await close().catch(giveUp);
      };
      await within(FINISH_MS, rest());
    },
  };
}
