import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { replayAlerts } from '../alerts/alert-rules';
import type { Moment } from '../alerts/moment';
import { createRng } from '../lib/rng';
import type { SourceInfo } from '../media/frame';
import { type Database, openDatabase } from '../storage/database';
import { allEvents, changeEvents, eventDetails } from '../storage/events';
import { sightsBetween } from '../storage/evidence-track';
import { levelFor, overviewBetween } from '../storage/overview';
import { allRecordings, deleteRecording } from '../storage/recordings';
import { momentsOf, trackBetween } from '../storage/score-track';
import type { AlertEvent, ObservedFrame } from '../worker/protocol';
import { createRecorder } from './recorder';

const camera: SourceInfo = {
  kind: 'webcam',
  name: 'Desk',
  id: 'webcam:abc',
  width: 64,
  height: 36,
  durationS: null,
  live: true,
};
const start = {
  ...{ source: camera, detector: 'hybrid', backend: 'wasm', alertsPerHour: 12 },
  learned: { durationS: 60, frames: 600 },
};

const moment = (timeS: number, returnPeriodS: number): Moment => ({
  timeS,
  raw: Math.log(returnPeriodS),
  returnPeriodS,
  score: 0.1,
  extrapolated: returnPeriodS > 1000,
  reasons: returnPeriodS > 60 ? [{ cue: 'speed', text: 'moves 3× faster', weight: 1 }] : [],
  objects: [{ trackId: Math.floor(timeS / 30), label: 'person', raw: 2, reasons: [], x0: 1, y0: 2, x1: 9, y1: 12.5 }],
});
const frame = (timeS: number, returnPeriodS = 2): ObservedFrame => {
  const values = new Uint8Array(12);
  values[5] = 200;
  return {
    moment: moment(timeS, returnPeriodS),
    intervalMs: 100,
    picture: null,
    evidence: { width: 4, height: 3, values },
    attention: null,
  };
};

/** A wandering rarity with a storm now and then, 10 moments a second. */
function life(seconds: number): ObservedFrame[] {
  const rng = createRng(3);
  return Array.from({ length: seconds * 10 }, (_, index) => {
    const storm = index % 900 > 780 ? 6 : 0;
    return frame(index / 10, Math.exp(4 * rng.next() + storm * rng.next()));
  });
}

let database: Database;
let refusals: string[] = [];
let number = 0;
beforeEach(() => {
  database = openDatabase(`recorder-${number++}`);
  refusals = [];
});
afterEach(() => database.delete());

const recorder = () =>
  createRecorder({ database, onRefused: (message) => refusals.push(message), persist: () => {}, now: () => 1e12 });

/** Resolves when everything written has arrived. */
const written = (id: string) =>
  vi.waitFor(async () => expect((await database.recordings.get(id))?.state).toBe('closed'), { timeout: 20_000 });

describe('a recording', () => {
  it('gives back every moment, and a replay of the rules raises the very same alerts', async () => {
    const given = life(300);
    const { begin, observe, end } = recorder();
    const id = begin(start, false);
    for (const each of given) observe(each);
    end();
    await written(id);
    const moments = (await trackBetween(database, id)).flatMap((chunk) => [...momentsOf(chunk)]);
    expect(moments.map(({ moment: { timeS, raw, returnPeriodS } }) => [timeS, raw, returnPeriodS])).toEqual(
      given.map(({ moment: { timeS, raw, returnPeriodS } }) => [timeS, raw, returnPeriodS]),
    );
    for (const perHour of [1, 12, 60]) {
      const live = replayAlerts(
        given.map((each) => each.moment),
        { perHour },
      );
      expect(
        replayAlerts(
          moments.map((each) => each.moment),
          { perHour },
        ),
      ).toEqual(live);
      if (perHour > 1) expect(live.length).toBeGreaterThan(2);
    }
  });

  it('keeps maps and boxes, more densely while something is rare', async () => {
    const { begin, observe, end } = recorder();
    const id = begin(start, false);
    for (let index = 0; index < 200; index++) observe(frame(index / 10, index < 100 ? 2 : 500));
    end();
    await written(id);
    const sights = await sightsBetween(database, id, 0, 20);
    expect(sights.filter(({ moment: { timeS } }) => timeS < 10)).toHaveLength(5);
    expect(sights.filter(({ moment: { timeS } }) => timeS >= 10).length).toBeGreaterThan(30);
    expect(sights[0].evidence.values[5]).toBe(200);
    expect(sights[0].moment.objects[0]).toMatchObject({ label: 'person', y1: 12.5 });
    expect(await sightsBetween(database, id, 12, 13)).toSatisfy((near: typeof sights) => near.length < 6);
  });

  it('goes on after a crash under the same id', async () => {
    const { begin, observe, end } = recorder();
    const id = begin(start, false);
    observe(frame(1));
    end();
    expect(begin(start, true)).toBe(id);
    observe(frame(9));
    end();
    await written(id);
    await vi.waitFor(async () => expect(await allRecordings(database)).toMatchObject([{ frames: 2, endS: 9 }]));
    expect(begin(start, false)).not.toBe(id);
  });

  it('leaves nothing where nothing was analysed', async () => {
    const { begin, observe, end } = recorder();
    begin(start, false);
    end();
    const id = begin(start, false);
    observe(frame(0));
    end();
    await written(id);
    expect(await allRecordings(database)).toHaveLength(1);
  });

  it('is deleted with all that hangs on it, and nothing else', async () => {
    const { begin, observe, raise, end } = recorder();
    const ids = [0, 1].map(() => {
      const id = begin(start, false);
      observe(frame(0));
      raise(alert());
      end();
      return id;
    });
    await written(ids[1]);
    await deleteRecording(database, ids[0]);
    expect((await allRecordings(database)).map(({ id }) => id)).toEqual([ids[1]]);
    expect((await allEvents(database)).map(({ recordingId }) => recordingId)).toEqual([ids[1]]);
    expect(await trackBetween(database, ids[0])).toEqual([]);
    expect(await trackBetween(database, ids[1])).toHaveLength(1);
    expect(await database.overviews.count()).toBe(4);
  });
});

const alert = (change: Partial<AlertEvent> = {}): AlertEvent => ({
  id: '1-alert-1',
  kind: 'unusual',
  zone: null,
  startS: 5,
  endS: null,
  severity: 'notice',
  peak: moment(6, 900),
  thumbnail: new Blob(['jpeg']),
  ...change,
});

describe('events', () => {
  it('end with the recording where nobody is left to end them', async () => {
    const { begin, observe, raise, end } = recorder();
    const id = begin(start, false);
    observe(frame(8));
    raise(alert());
    raise(alert({ id: '1-alert-2', startS: 1, endS: 3 }));
    observe(frame(20));
    end();
    await written(id);
    const ends = async () => (await allEvents(database)).map(({ startS, endS }) => [startS, endS]);
    await vi.waitFor(async () =>
      expect((await ends()).sort()).toEqual(
        [
          [1, 3],
          [alert().startS, 20],
        ].sort(),
      ),
    );
  });

  it('follow their alert, and what the user said of them stays', async () => {
    const { begin, observe, raise, end } = recorder();
    const id = begin(start, false);
    observe(frame(5, 900));
    raise(alert());
    await vi.waitFor(async () => expect(await allEvents(database)).toHaveLength(1));
    await changeEvents(database, new Map([[`${id}/1-alert-1`, { verdict: 'true', reviewed: true }]]));
    raise(alert({ endS: 9, severity: 'critical' }));
    end();
    await written(id);
    const [event] = await allEvents(database);
    expect(event).toMatchObject({ endS: 9, severity: 'critical', verdict: 'true', reviewed: true, cues: ['speed'] });
    expect(event.at).toBe(1e12 + 5000);
    expect((await eventDetails(database, event.id))?.peak.objects).toHaveLength(1);
  });
});

describe('a day', () => {
  it('is read in a moment: a few blocks, and no peak is lost', async () => {
    const { begin, observe, end } = recorder();
    const id = begin(start, false);
    const day = 86_400;
    for (let timeS = 0; timeS < day; timeS += 1) observe(frame(timeS, timeS === 40_000 ? 1e6 : 2));
    end();
    await written(id);
    const level = levelFor(day, 3000);
    const begunMs = performance.now();
    const points = await overviewBetween(database, id, level, 0, day);
    expect(performance.now() - begunMs).toBeLessThan(500);
    expect(points).toHaveLength(2700);
    expect(Math.max(...points.map(({ returnPeriodS }) => returnPeriodS))).toBe(1e6);
    expect(points.find(({ returnPeriodS }) => returnPeriodS === 1e6)?.timeS).toBeCloseTo(40_000, -2);
  });
});

describe('storage that fails', () => {
  it('is told once, and watching goes on', async () => {
    vi.spyOn(database.tracks, 'bulkPut').mockRejectedValue(
      Object.assign(new Error('full'), { name: 'QuotaExceededError' }),
    );
    const { begin, observe, end } = recorder();
    for (let times = 0; times < 2; times++) {
      const id = begin(start, false);
      observe(frame(0));
      end();
      await written(id);
    }
    expect(refusals).toEqual([
      'The browser’s storage is full (free some space on this device), so the scores of this recording are not kept.',
    ]);
  });

  it('says what to do where the database cannot be read or is a newer one', async () => {
    for (const [name, words] of [
      ['UnknownError', 'cannot be read any more'],
      ['VersionError', 'newer version of Oriel'],
    ]) {
      vi.spyOn(database.events, 'orderBy').mockImplementation(() => {
        throw Object.assign(new Error('broken'), { name });
      });
      await expect(allEvents(database)).rejects.toThrow(words);
    }
  });
});
