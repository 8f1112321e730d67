import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { serialize } from 'node:v8';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { ClipRef } from './clip';
import { extractClip } from './extracted-clip';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'oriel-'));
});
afterEach(() => rm(folder, { recursive: true }));

it('takes a clip that is kept as it is, but for the time that its features took another machine', async () => {
  const file = join(folder, 'clip.bin');
  await writeFile(file, serialize({ name: 'yard', timesS: [0, 0.1], extractS: 12 }));
  const extractor = {
    extract: () => {
      throw new Error('nothing is to be extracted');
    },
    reset: () => undefined,
  };
  const clip = await extractClip({ path: 'nowhere.mp4' } as ClipRef, extractor, file);
  expect(clip).toEqual({ name: 'yard', timesS: [0, 0.1], extractS: null });
});
