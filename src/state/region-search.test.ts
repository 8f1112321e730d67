import 'fake-indexeddb/auto';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Database, openDatabase } from '../storage/database';
import { recordingOf } from '../storage/events.fixture';
import { createEvidenceWriter, putEvidence } from '../storage/evidence-track';
import { createRegionSearch } from './region-search';
import { createReviewStore } from './review-store';

let database: Database;
afterEach(() => database.delete());

/** Six hours in whose picture of 64 × 36 the middle is unusual at 100 s, and the left edge at five hours. */
async function setUp() {
  database = openDatabase(`region-${crypto.randomUUID()}`);
  const writer = createEvidenceWriter('r');
  const push = (timeS: number, cell: number, value: number) => {
    const values = new Uint8Array(12);
    values[cell] = value;
    const moment = { timeS, raw: 1, returnPeriodS: 100, score: 0.5, extrapolated: false, reasons: [], objects: [] };
    return writer.push(moment, { width: 4, height: 3, values });
  };
  const chunks = [push(100, 5, 200), push(18_000, 4, 255), writer.tail()].filter((chunk) => chunk !== null);
  await putEvidence(database, chunks);
  const store = createReviewStore();
  store.setState({ recording: recordingOf('r', { endS: 6 * 3600 }) });
  const playStretch = vi.fn(async () => undefined);
  const actions = createRegionSearch({ store, database, playStretch });
  const found = () => store.getState().search?.spells.map(({ peakS }) => peakS);
  return { store, actions, found, playStretch, fraction: () => store.getState().search?.fraction };
}

describe('the search for what was unusual in a part of the picture', () => {
  it('begins in the middle and follows the region', async () => {
    const { actions, found, fraction } = await setUp();
    actions.open();
    await vi.waitFor(() => expect(fraction()).toBe(1));
    expect(found()).toEqual([100]);
    actions.setRegion([
      { x: 0, y: 0 },
      { x: 16, y: 0 },
      { x: 16, y: 36 },
      { x: 0, y: 36 },
    ]);
    await vi.waitFor(() => expect(found()).toEqual([18_000]));
  });

  it('reads the maps once for all regions', async () => {
    const { actions, fraction, store } = await setUp();
    actions.open();
    await vi.waitFor(() => expect(fraction()).toBe(1));
    await database.evidence.clear();
    const { points } = store.getState().search!;
    actions.setRegion(points.map(({ x, y }) => ({ x: x - 30, y })));
    await vi.waitFor(() => expect(store.getState().search?.spells[0]?.peakS).toBe(18_000));
  });

  it('begins anew on another recording, and ends where there is none', async () => {
    const { actions, store, fraction, found } = await setUp();
    actions.open();
    await vi.waitFor(() => expect(fraction()).toBe(1));
    store.setState({ recording: recordingOf('other') });
    await vi.waitFor(() => expect(fraction()).toBe(1));
    expect(found()).toEqual([]);
    store.setState({ recording: null });
    expect(store.getState().search).toBeNull();
  });

  it('says in a sentence what could not be read', async () => {
    const { actions, store } = await setUp();
    vi.spyOn(database.evidence, 'where').mockImplementation(() => {
      throw Object.assign(new Error('broken'), { name: 'UnknownError' });
    });
    actions.open();
    await vi.waitFor(() => expect(store.getState().problem).toContain('cannot be read any more'));
    expect(store.getState().search).toBeNull();
  });
});
