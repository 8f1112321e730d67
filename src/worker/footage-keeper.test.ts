import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Alert } from '../alerts/alert-rules';
import { closedClip } from '../media/clip-writer';
import type { EncodedPicture, PictureFormat } from '../media/picture-encoder';
import { type Database, openDatabase } from '../storage/database';
import { fakeFiles } from '../storage/fake-files.fixture';
import { beginPiece, closePiece, type OpenPiece, piecesOf } from '../storage/footage';
import { makeRoom } from '../storage/footage-room';
import { closeInterrupted } from '../storage/interrupted';
import type { FootagePiece, RecordingRecord } from '../storage/recording-rows';
import { createFootageKeeper, type FootageParts } from './footage-keeper';

const format: PictureFormat = {
  codec: 'vp9',
  decoder: { codec: 'vp09.00.31.08', codedWidth: 64, codedHeight: 36 },
};
const size = { width: 64, height: 36 };
const frame = (timeS: number) => ({ timeS, ...size, data: new Uint8ClampedArray(64 * 36 * 4) });
const alert = (id: string, startS: number, endS: number | null) => ({ id, startS, endS }) as Alert;

/** Pictures of 500 bytes, a key picture every two seconds, as the real encoder makes them. */
const encoder: FootageParts['createEncoder'] = async (_size, onPicture) => {
  let keyS = Number.NEGATIVE_INFINITY;
  return {
    encode({ timeS }) {
      const key = timeS - keyS >= 2;
      if (key) keyS = timeS;
      const picture: EncodedPicture = { data: new Uint8Array(500).fill(7), key, timeS };
      onPicture(picture, format);
    },
    flush: async () => undefined,
    close: () => undefined,
  };
};

let database: Database;
let files = fakeFiles();
let refusals: string[] = [];
let number = 0;
beforeEach(() => {
  database = openDatabase(`footage-${number++}`);
  files = fakeFiles();
  refusals = [];
});
afterEach(() => database.delete());

const keeper = async (given: Partial<FootageParts> = {}) =>
  (await createFootageKeeper({
    keep: 'events',
    size,
    createEncoder: encoder,
    makeRoom: async () => undefined,
    begin: (fromS) => beginPiece(database, files, 'r', fromS),
    onRefused: (message) => refusals.push(message),
    ...given,
  }))!;

const stretches = async () =>
  (await piecesOf(database, 'r')).map(({ fromS, toS }) => [fromS, Math.round(toS * 10) / 10]);

/** Frames at ten a second from `fromS` up to `toS`. */
function feed(keep: Awaited<ReturnType<typeof keeper>>, fromS: number, toS: number) {
  for (let index = Math.round(fromS * 10); index < toS * 10; index++) keep.frame(frame(index / 10));
}

describe('footage of events', () => {
  it('begins before the alert, goes on after it, and plays with its duration', async () => {
    const keep = await keeper();
    feed(keep, 0, 20);
    keep.alert(alert('a', 19, null));
    feed(keep, 20, 30);
    keep.alert(alert('a', 19, 29));
    feed(keep, 30, 60);
    await keep.finish();
    expect(await stretches()).toEqual([[14, 34.1]]);
    const [piece] = await piecesOf(database, 'r');
    const clip = await closedClip(new Blob([files.contents.get(`${piece.id}.mp4`)!]));
    expect(clip?.durationS).toBeCloseTo(20.1);
    expect([...files.contents.keys()]).toEqual([`${piece.id}.mp4`]);
  });

  it('holds two alerts that touch in one piece, and a later one in another', async () => {
    const keep = await keeper();
    feed(keep, 0, 10);
    keep.alert(alert('a', 9, null));
    feed(keep, 10, 12);
    keep.alert(alert('a', 9, 11));
    keep.alert(alert('b', 12, null));
    feed(keep, 12, 15);
    keep.alert(alert('b', 12, 14));
    feed(keep, 15, 40);
    keep.alert(alert('c', 39, null));
    feed(keep, 40, 42);
    keep.alert(alert('c', 39, 41));
    await keep.finish();
    expect(await stretches()).toEqual([
      [4, 19.1],
      [34, 42],
    ]);
  });

  it('shows an alert after which no picture came any more', async () => {
    const keep = await keeper();
    feed(keep, 0, 20);
    keep.alert(alert('a', 19, null));
    keep.alert(alert('a', 19, 19.9));
    await keep.finish();
    expect(await stretches()).toEqual([[14, 20]]);
  });

  it('ends a piece where nobody watched', async () => {
    const keep = await keeper({ keep: 'all' });
    feed(keep, 0, 5);
    feed(keep, 50, 53);
    await keep.finish();
    expect(await stretches()).toEqual([
      [0, 5],
      [50, 53],
    ]);
  });

  it('cuts what goes on and on into pieces of a minute without a gap', async () => {
    const keep = await keeper({ keep: 'all' });
    feed(keep, 0, 150);
    await keep.finish();
    const pieces = await stretches();
    expect(pieces).toHaveLength(3);
    expect(pieces[1][0]).toBeCloseTo(pieces[0][1], 0);
    expect(pieces[2]).toEqual([120, 150]);
  });
});

describe('footage that cannot be kept', () => {
  it('says so once where the browser cannot encode', async () => {
    expect(await keeper({ createEncoder: async () => null })).toBeNull();
    expect(refusals).toEqual([expect.stringContaining('cannot record video')]);
  });

  it('says so once where the disk is full, and closes what it had', async () => {
    let written = 0;
    const keep = await keeper({
      keep: 'all',
      async begin(fromS) {
        const open = await beginPiece(database, files, 'r', fromS);
        const write: typeof open.write = (bytes, position) => {
          written += bytes.length;
          if (written > 30_000) throw new DOMException('full', 'QuotaExceededError');
          open.write(bytes, position);
        };
        return { ...open, write };
      },
    });
    feed(keep, 0, 30);
    await keep.finish();
    expect(refusals).toEqual([expect.stringContaining('storage is full')]);
    expect(await stretches()).toHaveLength(1);
    expect(await database.footage.where({ state: 'open' }).count()).toBe(0);
  });

  it('is not asked for twice where it answers', async () => {
    const begin = vi.fn(() => Promise.reject(new DOMException('full', 'QuotaExceededError')));
    const keep = await keeper({ keep: 'all', begin });
    feed(keep, 0, 10);
    await keep.finish();
    expect(begin).toHaveBeenCalledOnce();
    expect(refusals).toEqual([expect.stringContaining('storage is full')]);
  });

  it('leaves no file open where no clip can be begun', async () => {
    const close = vi.fn(async () => undefined);
    const unknown: FootageParts['createEncoder'] = (size, onPicture, onError) =>
      encoder(size, (picture) => onPicture(picture, { ...format, codec: 'none' as never }), onError);
    const begin = async (fromS: number) => ({ fromS, write: () => undefined, close });
    const keep = await keeper({ keep: 'all', begin, createEncoder: unknown });
    feed(keep, 0, 10);
    await keep.finish();
    expect(close).toHaveBeenCalledOnce();
    expect(refusals).toHaveLength(1);
  });

  describe('by storage that does not answer', () => {
    beforeEach(() => vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] }));
    afterEach(() => vi.useRealTimers());
    const never = new Promise<never>(() => undefined);

    it('a second file is opened where the first does not open; when it does after all, it is closed', async () => {
      let firstOpens = (_: OpenPiece) => {};
      const first = new Promise<OpenPiece>((resolve) => {
        firstOpens = resolve;
      });
      const begin = vi.fn((fromS: number) => beginPiece(database, files, 'r', fromS)).mockReturnValueOnce(first);
      const keep = await keeper({ keep: 'all', begin, makeRoom: () => never });
      feed(keep, 0, 10);
      await vi.advanceTimersByTimeAsync(30_000);
      vi.useRealTimers();
      const close = vi.fn(async () => undefined);
      firstOpens({ fromS: 0, write: () => undefined, close });
      await keep.finish();
      expect(await stretches()).toEqual([[0, 10]]);
      expect(close).toHaveBeenCalledOnce();
      expect(refusals).toEqual([]);
    });

    it('says so once where the second does not open either', async () => {
      const begin = vi.fn(() => never);
      const keep = await keeper({ keep: 'all', begin });
      feed(keep, 0, 10);
      await vi.advanceTimersByTimeAsync(20_000);
      feed(keep, 10, 20);
      await keep.finish();
      expect(begin).toHaveBeenCalledTimes(2);
      expect(refusals).toEqual([expect.stringContaining('does not answer')]);
    });

    it('goes on with the next piece where one does not close', async () => {
      const begin = vi.fn(async (fromS: number) => ({ fromS, write: () => undefined, close: () => never }));
      const keep = await keeper({ keep: 'all', begin });
      feed(keep, 0, 70);
      await vi.advanceTimersByTimeAsync(30_000);
      expect(begin.mock.calls).toEqual([[0], [60]]);
      expect(refusals).toEqual([]);
    });

    it('ends sooner than the page gives the engine up, and what closes late is kept', async () => {
      let closes = () => {};
      const late = new Promise<void>((resolve) => {
        closes = resolve;
      });
      const begin = async (fromS: number) => {
        const open = await beginPiece(database, files, 'r', fromS);
        return { ...open, close: () => late.then(open.close) };
      };
      const keep = await keeper({ keep: 'all', begin });
      feed(keep, 0, 10);
      const finished = keep.finish();
      await vi.advanceTimersByTimeAsync(8000);
      await finished;
      vi.useRealTimers();
      expect(await stretches()).toEqual([]);
      closes();
      await expect.poll(stretches).toEqual([[0, 10]]);
      expect(refusals).toEqual([]);
    });
  });
});

const recording = (id: string, change: Partial<RecordingRecord> = {}) =>
  ({ id, startedAt: 0, endS: 30, frames: 9, state: 'open', gaps: [], ...change }) as RecordingRecord;

/** Locks of which some are held by another tab. */
const locksHeld = (...names: string[]) =>
  ({
    request: (name: string, _options: unknown, work: (lock: object | null) => unknown) =>
      Promise.resolve(work(names.includes(name) ? null : {})),
  }) as unknown as LockManager;

describe('after a crash', () => {
  /** A recording whose page went away at 21 s while a piece was being written. */
  async function crashed() {
    await database.recordings.put(recording('r'));
    const keep = await keeper({ keep: 'all' });
    feed(keep, 0, 21);
    // Everything up to the last whole fragment has arrived; then nobody closes it.
    await expect.poll(() => [...files.contents.values()][0]?.length ?? 0).toBeGreaterThan(200 * 500 * 0.9);
    const [name] = files.contents.keys();
    const part = files.contents.get(name)!;
    files.contents.set(name, part.slice(0, part.length - 700));
  }

  it('the interrupted clip is closed and played up to its last whole fragment', async () => {
    await crashed();
    expect(await closeInterrupted(database, files, locksHeld())).toBe(1);
    const [[fromS, toS]] = await stretches();
    expect(fromS).toBe(0);
    expect(toS).toBeGreaterThan(15);
    expect((await database.recordings.get('r'))?.state).toBe('interrupted');
    expect(await closeInterrupted(database, files, locksHeld())).toBe(0);
  });

  it('a clip that was left open by a recording that was closed is closed too', async () => {
    await crashed();
    await database.recordings.update('r', { state: 'closed' });
    expect(await closeInterrupted(database, files, locksHeld())).toBe(1);
    expect((await stretches())[0][1]).toBeGreaterThan(15);
    expect((await database.recordings.get('r'))?.state).toBe('closed');
  });

  it('what another tab is recording stays open', async () => {
    await crashed();
    expect(await closeInterrupted(database, files, locksHeld('oriel-recording-r'))).toBe(0);
    expect(await database.footage.where({ state: 'open' }).count()).toBe(1);
  });

  it('what another page closes at the same time is kept', async () => {
    await database.recordings.put(recording('r'));
    const keep = await keeper({ keep: 'all' });
    feed(keep, 0, 10);
    await expect.poll(() => [...files.contents.values()][0]?.length ?? 0).toBeGreaterThan(8 * 10 * 500 * 0.9);
    const piece = (await database.footage.toArray())[0];
    await closeInterrupted(database, files, locksHeld());
    await closePiece(database, files, piece);
    expect(await stretches()).toHaveLength(1);
    expect([...files.contents.keys()]).toEqual([`${piece.id}.mp4`]);
  });

  it('a piece of which nothing can be read goes', async () => {
    await database.recordings.put(recording('r'));
    const piece = await beginPiece(database, files, 'r', 0);
    piece.write(new Uint8Array([1, 2, 3]), 0);
    await closeInterrupted(database, files, locksHeld());
    expect(await database.footage.count()).toBe(0);
    expect(files.contents.size).toBe(0);
  });
});

describe('the ring buffer', () => {
  const piece = (id: string, recordingId: string, fromS: number): FootagePiece => ({
    ...{ id, recordingId, fromS, toS: fromS + 10 },
    bytes: 100,
    state: 'closed',
  });

  it('clears the oldest away first, never what shows a kept event', async () => {
    await database.recordings.bulkPut([recording('new', { startedAt: 1e9 }), recording('old')]);
    await database.footage.bulkPut([
      piece('n', 'new', 0),
      piece('o2', 'old', 20),
      piece('o1', 'old', 0),
      piece('o3', 'old', 40),
    ]);
    await database.events.put({ id: 'e', recordingId: 'old', startS: 3, endS: 5, kept: true } as never);
    const left = async () => (await database.footage.toCollection().primaryKeys()).sort();
    expect(await makeRoom(database, files, 400)).toBe(0);
    expect(await left()).toEqual(['n', 'o1', 'o2', 'o3']);
    expect(await makeRoom(database, files, 250)).toBe(0);
    expect(await left()).toEqual(['n', 'o1']);
    expect(await makeRoom(database, files, 50)).toBe(50);
    expect(await left()).toEqual(['o1']);
  });
});
