import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { defaultSceneRules } from '../alerts/alert-settings';
import { type Database, openDatabase } from '../storage/database';
import { recordingOf } from '../storage/events.fixture';
import { fakeFiles } from '../storage/fake-files.fixture';
import { saveSceneRules, sceneRulesOf } from '../storage/scene-rules';
import { createTrackWriter, putTrack } from '../storage/score-track';
import { createKeepsakes } from './keepsakes';
import { createReviewSession } from './review-session';
import { createReviewStore } from './review-store';
import { createWatchStore } from './watch-store';

let database: Database;
let close: () => void;

/** A recording of two minutes: rare enough for an alert at 20 s, four times too common at 60 s, eight times at 90 s. */
async function setUp() {
  const track = createTrackWriter('r');
  const chunks = [];
  for (let index = 0; index < 1200; index++) {
    const timeS = index / 10;
    const near = (atS: number) => timeS >= atS && timeS < atS + 3;
    const returnPeriodS = near(20) ? 9000 : near(60) ? 950 : near(90) ? 460 : 2;
    const moment = { timeS, raw: 1, returnPeriodS, score: 0.2, extrapolated: false, reasons: [], objects: [] };
    chunks.push(track.push(moment, 100));
  }
  chunks.push(track.tail());
  await putTrack(
    database,
    chunks.filter((chunk) => chunk !== null),
  );
  await database.recordings.put(recordingOf('r', { endS: 120 }));
  const store = createReviewStore();
  const onLabels = vi.fn();
  const keepsakes = createKeepsakes(database, createWatchStore());
  const actions = createReviewSession({ store, database, files: fakeFiles(), keepsakes, onLabels });
  close = actions.open();
  await vi.waitFor(() => expect(store.getState().ready).toBe(true));
  await actions.showRecording('r');
  const rules = () => sceneRulesOf(database, recordingOf('r').source);
  return { actions, store, state: store.getState, rules, onLabels };
}

beforeEach(() => {
  database = openDatabase(`missed-${crypto.randomUUID()}`);
});
afterEach(async () => {
  close();
  await database.delete();
});

describe('what was missed', () => {
  it('says what it needed, and how many alerts that would have raised', async () => {
    const { actions, state } = await setUp();
    await actions.previewMissed(58, 65);
    expect(state().missed).toMatchObject({ before: 1, after: 2, whole: true, need: { zone: null, present: 1 } });
    await actions.previewMissed(88, 95);
    expect(state().missed).toMatchObject({ before: 1, after: 3 });
    actions.dismissMissed();
    expect(state().missed).toBeNull();
  });

  it('lowers the threshold of its scene, and undo brings back both', async () => {
    const { actions, state, rules, onLabels } = await setUp();
    await actions.markMissed(58, 65, true);
    expect((await rules())?.sensitivity).toBeGreaterThan(3600 / 950);
    expect((await rules())?.sensitivity).toBeLessThan(4.5);
    expect(state().undoable).toMatch(/Marked as missed; [\d.]+× as sensitive here from now on/);
    expect(onLabels).toHaveBeenCalledOnce();
    expect(await database.labels.count()).toBe(1);
    await actions.undo();
    expect((await rules())?.sensitivity).toBe(1);
    expect(await database.labels.count()).toBe(0);
  });

  it('leaves the rules as they are where only the mark is wanted', async () => {
    const { actions, rules } = await setUp();
    await actions.markMissed(58, 65);
    expect(await rules()).toBeNull();
    expect(await database.labels.count()).toBe(1);
  });

  it('starts from the rules that are kept, also those from before a scene had a sensitivity', async () => {
    const { sensitivity: _, ...earlier } = { ...defaultSceneRules, cooldownS: 9 };
    await saveSceneRules(database, recordingOf('r').source, earlier as typeof defaultSceneRules);
    const { actions, rules } = await setUp();
    await actions.markMissed(58, 65, true);
    expect(await rules()).toMatchObject({ cooldownS: 9 });
    expect((await rules())?.sensitivity).toBeGreaterThan(3);
  });

  it('in a stretch that was not analysed is a problem in a sentence', async () => {
    const { actions, state } = await setUp();
    await actions.previewMissed(300, 310);
    expect(state().problem).toContain('Nothing was analysed in this stretch');
    expect(state().missed).toBeNull();
  });
});
