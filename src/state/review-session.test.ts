import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { fingerprint } from '../media/fingerprint';
import { type Database, openDatabase } from '../storage/database';
import { detailsOf, eventIn, recordingOf } from '../storage/events.fixture';
import { createEvidenceWriter, putEvidence } from '../storage/evidence-track';
import { fakeFiles } from '../storage/fake-files.fixture';
import { exceptionsOf } from '../storage/normal-here';
import type { TrackChunk } from '../storage/recording-rows';
import { createTrackWriter, putTrack } from '../storage/score-track';
import { createKeepsakes } from './keepsakes';
import { createReviewSession } from './review-session';
import { createReviewStore } from './review-store';
import { createWatchStore } from './watch-store';

const file = new File(['a film'], 'film.mp4');
const moment = (timeS: number, returnPeriodS = 2) => ({
  ...{ timeS, raw: 1, returnPeriodS, score: 0.2, extrapolated: false },
  reasons: [],
  objects: [],
});

let database: Database;
let files = fakeFiles();
let close: () => void = () => undefined;
let number = 0;

/** Two recordings: live 'r' with two events and footage from 5 to 20 s, and file 'f'. */
async function setUp() {
  await database.recordings.bulkPut([
    recordingOf('r'),
    recordingOf('f', {
      startedAt: 9e11,
      source: {
        kind: 'file',
        name: 'film.mp4',
        id: `file:${await fingerprint([file])}`,
        width: 64,
        height: 36,
        durationS: 30,
        live: false,
      },
    }),
  ]);
  for (const event of [eventIn('r', 'e1'), eventIn('r', 'e2', { at: 2e12, startS: 60, endS: 61, peakS: 60 })]) {
    await database.events.put(event);
    await database.eventDetails.put(detailsOf(event));
  }
  await database.footage.put({ id: 'p', recordingId: 'r', fromS: 5, toS: 20, bytes: 9, state: 'closed' });
  files.contents.set('p.mp4', new Uint8Array(9));
  const track = createTrackWriter('r');
  for (let timeS = 0; timeS < 50; timeS++) track.push(moment(timeS, timeS === 33 ? 5000 : 2), 100);
  await putTrack(database, [track.tail()!]);
  const evidence = createEvidenceWriter('r');
  evidence.push(moment(12), { width: 1, height: 1, values: new Uint8Array([99]) });
  await putEvidence(database, [evidence.tail()!]);

  const store = createReviewStore();
  const keepsakes = createKeepsakes(database, createWatchStore());
  const onLabels = vi.fn();
  const actions = createReviewSession({ store, database, files, keepsakes, onLabels, now: () => 7 });
  close = actions.open();
  await vi.waitFor(() => expect(store.getState().ready).toBe(true));
  const event = (id: string) => store.getState().events.find((each) => each.id === id);
  return { store, actions, state: store.getState, event, onLabels };
}

beforeEach(() => {
  database = openDatabase(`review-${number++}`);
  files = fakeFiles();
});
afterEach(async () => {
  close();
  await database.delete();
});

describe('an event', () => {
  it('is shown two seconds before it, on its video, with what was seen', async () => {
    const { actions, state } = await setUp();
    expect(state().events.map(({ id }) => id)).toEqual(['e2', 'e1']);
    await actions.showEvent('e1');
    expect(state()).toMatchObject({ recording: { id: 'r' }, event: { id: 'e1' }, details: { id: 'e1' }, atS: 8 });
    expect(state().clip).toMatchObject({ fromS: 5, toS: 20 });
    actions.frameAt(12);
    await vi.waitFor(() => expect(actions.frameAt(12)?.evidence.values[0]).toBe(99));
    expect(actions.frameAt(40)).toBeNull();
  });

  it('finds the video that was closed after its recording had been opened', async () => {
    const { actions, state } = await setUp();
    await actions.showEvent('e2');
    expect(state().clip).toBeNull();
    await database.footage.put({ id: 'q', recordingId: 'r', fromS: 55, toS: 70, bytes: 9, state: 'closed' });
    files.contents.set('q.mp4', new Uint8Array(9));
    await actions.showEvent('e2');
    expect(state().clip).toMatchObject({ fromS: 55, toS: 70 });
  });

  it('is shown on its video however soon it is asked for after its recording', async () => {
    const { actions, state } = await setUp();
    await database.footage.put({ id: 'q', recordingId: 'r', fromS: 59.5, toS: 70, bytes: 9, state: 'closed' });
    files.contents.set('q.mp4', new Uint8Array(9));
    const recording = actions.showRecording('r');
    await actions.showEvent('e2');
    await recording;
    expect(state()).toMatchObject({ event: { id: 'e2' }, atS: 59.5, clip: { fromS: 59.5 } });
  });

  /** Reading a file of video waits until `arrive` is called. */
  function lateFiles() {
    const { read } = files;
    let arrive = () => {};
    const late = new Promise<void>((resolve) => {
      arrive = resolve;
    });
    const reading = vi.fn((name: string) => late.then(() => read(name)));
    files.read = reading;
    return { reading, arrive, inTime: () => Object.assign(files, { read }) };
  }

  it('keeps the stage when what was asked for before it arrives late', async () => {
    const { actions, state } = await setUp();
    await database.footage.put({ id: 'q', recordingId: 'r', fromS: 55, toS: 70, bytes: 9, state: 'closed' });
    files.contents.set('q.mp4', new Uint8Array(9));
    const { reading, arrive, inTime } = lateFiles();
    const before = actions.showRecording('r');
    await vi.waitFor(() => expect(reading).toHaveBeenCalledWith('p.mp4'));
    inTime();
    await actions.showEvent('e2');
    arrive();
    await before;
    expect(state()).toMatchObject({ event: { id: 'e2' }, atS: 58, clip: { fromS: 55 } });
  });

  it('of another recording keeps the stage too, though it was asked for a moment later', async () => {
    const { actions, state } = await setUp();
    const before = actions.showEvent('e1');
    await Promise.all([before, actions.showRecording('f')]);
    expect(state()).toMatchObject({ recording: { id: 'f' }, event: null, atS: 0, clip: null });
  });

  it('whose video is still on its way when the page is left is there when it is opened again', async () => {
    const { actions, state } = await setUp();
    const { reading, arrive, inTime } = lateFiles();
    const shown = actions.showEvent('e1');
    await vi.waitFor(() => expect(reading).toHaveBeenCalled());
    close();
    arrive();
    await shown;
    expect(state()).toMatchObject({ event: { id: 'e1' }, atS: 8, clip: null });
    inTime();
    close = actions.open();
    await vi.waitFor(() => expect(state()).toMatchObject({ atS: 8, clip: { fromS: 5 } }));
  });

  it('does not come back once all is taken away', async () => {
    const { actions, state } = await setUp();
    const { reading, arrive } = lateFiles();
    const shown = actions.showEvent('e1');
    await vi.waitFor(() => expect(reading).toHaveBeenCalled());
    const removed = actions.deleteRecording('r');
    await vi.waitFor(() => expect(state().recording).toBeNull());
    arrive();
    await Promise.all([shown, removed]);
    expect(state()).toMatchObject({ recording: null, event: null, details: null, clip: null });
  });

  it('whose video is damaged goes on without it, and says so once', async () => {
    const { actions, state } = await setUp();
    await actions.showEvent('e1');
    const { url } = state().clip!;
    actions.videoFailed(url);
    expect(state()).toMatchObject({ clip: null, event: { id: 'e1' }, problem: expect.stringContaining('is damaged') });
    actions.dismissProblem();
    actions.videoFailed(url);
    expect(state().problem).toBeNull();
  });

  it('without footage has none, and no other event’s either', async () => {
    const { actions, state } = await setUp();
    await actions.showEvent('e1');
    await actions.showEvent('e2');
    expect(state().clip).toBeNull();
  });
});

describe('a stretch that a search found', () => {
  const spell = { fromS: 12, toS: 13, peakS: 12.5, strength: 1, label: '', reason: null };

  it('is played from two seconds before it, or from where its video begins', async () => {
    const { actions, state } = await setUp();
    await actions.showEvent('e1');
    await actions.search.show(spell);
    expect(state()).toMatchObject({ atS: 10, plays: true, event: null, clip: { fromS: 5 } });
    await actions.search.show({ ...spell, fromS: 4, toS: 9 });
    expect(state()).toMatchObject({ atS: 5, plays: true });
  });

  it('without video is shown at its strongest moment', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('r');
    await actions.search.show({ ...spell, fromS: 40, toS: 50, peakS: 44 });
    expect(state()).toMatchObject({ atS: 44, plays: false, clip: null });
  });
});

describe('judgement', () => {
  it('is kept with its label, and taken back step by step', async () => {
    const { actions, event, state } = await setUp();
    await actions.judge(['e1', 'e2'], 'normal');
    await vi.waitFor(() => expect(event('e2')).toMatchObject({ verdict: 'normal', reviewed: true }));
    expect(state().undoable).toBe('2 events marked as normal here');
    await actions.judge(['e1'], 'true');
    await vi.waitFor(() => expect(event('e1')?.verdict).toBe('true'));
    expect(await database.labels.toArray()).toMatchObject([
      { eventId: 'e1', verdict: 'true', fromS: 10, toS: 14, saidAt: 7 },
      { eventId: 'e2', verdict: 'normal' },
    ]);
    await actions.undo();
    await vi.waitFor(() => expect(event('e1')?.verdict).toBe('normal'));
    await actions.undo();
    await vi.waitFor(() => expect(event('e1')).toMatchObject({ verdict: null, reviewed: false }));
    expect(await database.labels.count()).toBe(0);
    expect(state().undoable).toBeNull();
  });

  it('is taken back in the order in which it was said, however fast', async () => {
    const { actions, event } = await setUp();
    await Promise.all([actions.judge(['e1'], 'true'), actions.judge(['e1'], 'normal'), actions.undo()]);
    await vi.waitFor(() => expect(event('e1')).toMatchObject({ verdict: 'true', reviewed: true }));
  });

  it('of what was missed makes an event of its own at the rarest moment, and undo removes it', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('r');
    await actions.markMissed(30, 40);
    await vi.waitFor(() => expect(state().events).toHaveLength(3));
    const missed = state().events.find(({ origin }) => origin === 'missed');
    expect(missed).toMatchObject({ startS: 30, endS: 40, peakS: 33, returnPeriodS: 5000, reviewed: true });
    expect(await database.labels.toArray()).toMatchObject([{ verdict: 'missed', fromS: 30, toS: 40 }]);
    await actions.undo();
    await vi.waitFor(() => expect(state().events).toHaveLength(2));
    expect(await database.eventDetails.count()).toBe(2);
    expect(await database.labels.count()).toBe(0);
  });

  it('of a stretch that nobody analysed is refused with a sentence', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('r');
    await actions.markMissed(70, 80);
    expect(state().problem).toContain('Nothing was analysed in this stretch');
  });
});

describe('normal here', () => {
  /** A truck that comes three times, and a dog once. */
  async function visits() {
    const setting = await setUp();
    const track = createTrackWriter('v');
    const chunks: (TrackChunk | null)[] = [];
    const thing = (label: string) => ({
      ...{ trackId: 1, label, raw: 8, x0: 10, y0: 10, x1: 30, y1: 30, returnPeriodS: 9000 },
      reasons: [{ cue: 'class', text: 'looks odd', weight: 3 }],
    });
    for (let index = 0; index < 900; index++) {
      const timeS = index / 10;
      const label = timeS >= 80 ? 'dog' : 'truck';
      const here = timeS % 20 < 4 && timeS >= 20;
      chunks.push(track.push({ ...moment(timeS, here ? 9000 : 1), objects: here ? [thing(label)] : [] }, 100));
    }
    await database.recordings.put(recordingOf('v', { endS: 90 }));
    await database.events.put(eventIn('v', 'truck', { startS: 20, endS: 24, peakS: 21 }));
    chunks.push(track.tail());
    await putTrack(
      database,
      chunks.filter((chunk) => chunk !== null),
    );
    await vi.waitFor(() => expect(setting.event('truck')).toBeDefined());
    return setting;
  }

  it('says beforehand what it would change, and from then on excuses the like', async () => {
    const { actions, state, onLabels } = await visits();
    await actions.showEvent('truck');
    await vi.waitFor(() => expect(state().alike).not.toBeNull());
    expect(state().alike).toEqual({ before: 4, after: 1, whole: true });
    await actions.judge(['truck'], 'normal');
    expect(onLabels).toHaveBeenCalledOnce();
    const [exception] = await exceptionsOf(database, 'webcam:a', 'hybrid');
    expect(exception).toMatchObject({ label: 'truck', raw: 8, cues: ['class'], box: { x0: 10, y1: 30 } });
    expect(await exceptionsOf(database, 'webcam:other', 'hybrid')).toEqual([]);
    expect(await exceptionsOf(database, 'webcam:a', 'stadnet')).toEqual([]);
    await actions.undo();
    expect(await exceptionsOf(database, 'webcam:a', 'hybrid')).toEqual([]);
  });
});

describe('a recording', () => {
  it('of a file is played from the file, once the same one is chosen again', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('f');
    expect(state().clip).toBeNull();
    await actions.attachFile(new File(['another film'], 'other.mp4'));
    expect(state().problem).toContain('“other.mp4” is not the file that was analysed; choose “film.mp4”');
    await actions.attachFile(file);
    expect(state()).toMatchObject({ clip: { fromS: 0, toS: 30 }, problem: null });
  });

  it('goes with its events and its video', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('r');
    await actions.deleteRecording('r');
    await vi.waitFor(() => expect(state().recordings.map(({ id }) => id)).toEqual(['f']));
    expect(state()).toMatchObject({ recording: null, events: [], clip: null });
    expect(files.contents.size).toBe(0);
  });

  it('is drawn from its scores in a short view', async () => {
    const { actions, state } = await setUp();
    await actions.showRecording('r');
    await actions.setView(30, 40);
    expect(state().points.map(({ timeS }) => timeS)).toEqual([30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40]);
    expect(state().points[3].returnPeriodS).toBe(5000);
  });
});

describe('the space for video', () => {
  it('shrinks at once where the limit is lowered, and kept events stay', async () => {
    const { actions, state } = await setUp();
    expect(state().footage.bytes).toBe(9);
    await actions.setKept(['e1'], true);
    await actions.setFootage({ limitBytes: 1 });
    expect(files.contents.size).toBe(1);
    await actions.setKept(['e1'], false);
    await actions.setFootage({ limitBytes: 1 });
    await vi.waitFor(() => expect(state().footage.bytes).toBe(0));
    expect(files.contents.size).toBe(0);
  });
});

describe('storage that cannot be read', () => {
  it('is said in a sentence', async () => {
    vi.spyOn(database.recordings, 'orderBy').mockImplementation(() => {
      throw Object.assign(new Error('broken'), { name: 'UnknownError' });
    });
    const store = createReviewStore();
    const keepsakes = createKeepsakes(database, createWatchStore());
    close = createReviewSession({ store, database, files, keepsakes }).open();
    await vi.waitFor(() => expect(store.getState().problem).toContain('cannot be read any more'));
  });
});
