import 'fake-indexeddb/auto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, openDatabase } from './database';
import { detailsOf, eventIn, recordingOf } from './events.fixture';
import { createTrackWriter, putTrack } from './score-track';
import { exportWorkspace, importWorkspace, WorkspaceError } from './workspace';

let here: Database;
let there: Database;
let number = 0;
beforeEach(() => {
  here = openDatabase(`here-${number}`);
  there = openDatabase(`there-${number++}`);
});
afterEach(async () => {
  await here.delete();
  await there.delete();
});

async function fill() {
  await here.recordings.put(recordingOf('r'));
  const event = eventIn('r', 'e', { verdict: 'normal' });
  await here.events.put(event);
  await here.labels.put({ id: 'l', recordingId: 'r', eventId: 'e', verdict: 'normal', fromS: 1, toS: 2, saidAt: 3 });
  await here.preferences.put({ key: 'alertsPerHour', value: 4 });
  const scene = { detector: 'hybrid', version: 3, width: 1, height: 1, durationS: 9, frames: 9 };
  const model = { means: new Float32Array([1.5, 2]) };
  const kept = { ...scene, model };
  await here.scenes.put({ id: 's', sourceId: 'a', sourceName: 'Desk', savedAt: 1, detector: 'hybrid', scene: kept });
  const track = createTrackWriter('r');
  track.push({ ...detailsOf(event).peak, timeS: 7 }, 100);
  await putTrack(here, [track.tail()!]);
  return event;
}

const fileOf = async (blob: Blob) => new File([await blob.text()], 'work.oriel');

describe('a workspace', () => {
  it('comes back as it was, on another device', async () => {
    await fill();
    const file = await fileOf(await exportWorkspace(here, 5));
    expect(await importWorkspace(there, file)).toEqual({ recordings: 1, events: 1 });
    for (const name of ['recordings', 'events', 'labels', 'preferences', 'scenes', 'tracks'] as const)
      expect(await there.table(name).toArray(), name).toEqual(await here.table(name).toArray());
  });

  it('carries the pictures of its events', async () => {
    // fake-indexeddb keeps no Blobs, so the row is written as a file would hold it.
    const event = await fill();
    await here.eventDetails.put(detailsOf(event));
    const text = await (await exportWorkspace(here, 5)).text();
    const picture = '{"picture":"image/jpeg","bytes":{"typedArray":"Uint8Array","base64":"AQID"}}';
    const file = new File([text.replace('"thumbnail":null', `"thumbnail":${picture}`)], 'work.oriel');
    expect(text).toContain('"thumbnail":null');
    await importWorkspace(there, file);
    expect(await there.eventDetails.count()).toBe(1);
  });

  it('replaces what has the same key, and leaves the rest', async () => {
    const event = await fill();
    const file = await fileOf(await exportWorkspace(here, 5));
    await there.events.bulkPut([{ ...event, verdict: null }, eventIn('x', 'mine')]);
    await importWorkspace(there, file);
    expect((await there.events.toArray()).map(({ id, verdict }) => [id, verdict])).toEqual([
      ['e', 'normal'],
      ['mine', null],
    ]);
  });
});

describe('a file that is refused', () => {
  const refused = async (contents: string, words: string) => {
    const importing = importWorkspace(there, new File([contents], 'odd.oriel'));
    await expect(importing).rejects.toThrow(WorkspaceError);
    await expect(importing).rejects.toThrow(words);
    expect(await there.recordings.count()).toBe(0);
  };

  it('is foreign', async () => {
    await refused('', 'is not an Oriel workspace');
    await refused('{"hello":1}\n', 'is not an Oriel workspace');
    await refused('\u0000\u0001binary', 'is not an Oriel workspace');
  });

  it('is newer', () =>
    refused('{"format":"oriel-workspace","version":2}\n', 'newer Oriel (format 2, this one reads 1)'));

  it('is cut off, holds no row, or a row of no table', async () => {
    await fill();
    const text = await (await exportWorkspace(here, 5)).text();
    await refused(text.slice(0, -20), 'cut off or damaged at line');
    const head = '{"format":"oriel-workspace","version":1}\n';
    await refused(`${head}{"table":"recordings","row":{"id":"r"}}\n`, 'damaged at line 2');
    await refused(`${head}{"table":"passwords","row":{}}\n`, 'damaged at line 2');
    await refused(`${head}nonsense\n`, 'damaged at line 2');
  });
});
