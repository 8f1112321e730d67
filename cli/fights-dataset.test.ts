import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { fightClips } from './fights-dataset';
import { testFolder } from './test-folder.fixture';

let folder: string;
beforeEach(() => {
  folder = testFolder();
});

function put(kind: string, ...names: string[]) {
  mkdirSync(join(folder, kind), { recursive: true });
  for (const name of names) writeFileSync(join(folder, kind, name), '');
}

test('clips of both folders with their labels, in natural order; other files do not count', async () => {
  put('fight', 'f10.mp4', 'f2.mp4', 'notes.txt');
  put('normal', 'n1.mkv');
  const clips = await fightClips(folder);
  expect(clips.map(({ name, label }) => [name, label])).toEqual([
    ['normal/n1.mkv', 0],
    ['fight/f2.mp4', 1],
    ['fight/f10.mp4', 1],
  ]);
});

test('a folder that is missing is named, with what should be there', async () => {
  put('normal', 'n1.mp4');
  await expect(fightClips(folder)).rejects.toThrow(/fight is missing; --data must be a folder with two folders/);
  await expect(fightClips(join(folder, 'nowhere'))).rejects.toThrow(/nowhere.normal is missing/);
});

test('a folder without videos is named', async () => {
  put('normal', 'n1.mp4');
  put('fight', 'notes.txt');
  await expect(fightClips(folder)).rejects.toThrow(/fight holds no videos/);
});
