/** Files that cannot be watched: one clear sentence, and the way back. */
import { readFile, writeFile } from 'node:fs/promises';
import { clips, wavOfSilence } from './clips.ts';
import { expect, test } from './fixtures.ts';

const bad = [
  {
    name: 'a text file renamed .mp4',
    make: async (path: string) => writeFile(path, 'Dear diary, today nothing unusual happened.\n'.repeat(50)),
    says: /not a video|no video/i,
  },
  {
    name: 'a truncated MP4',
    make: async (path: string) => {
      const whole = await readFile(clips.file);
      await writeFile(path, whole.subarray(0, Math.floor(whole.length * 0.6)));
    },
    says: /cut off|incomplete|truncated|damaged/i,
  },
  {
    name: 'an audio-only file',
    make: async (path: string) => writeFile(path, wavOfSilence(1)),
    says: /no picture|no video|only sound/i,
  },
  { name: 'an empty file', make: async (path: string) => writeFile(path, ''), says: /not a video|no video|empty/i },
];
for (const { name, make, says } of bad) {
  test(`${name}: one clear sentence, and another file can be opened`, async ({ watch }, info) => {
    const path = info.outputPath('holiday.mp4');
    await make(path);
    await watch.open();
    await watch.chooseVideo(path);
    await expect(watch.problem).toContainText(says);
    await expect(watch.problem).toContainText(/holiday\.mp4/);
    await watch.startAgain();
    await watch.chooseVideo(clips.file);
    await expect(watch.learnScene).toBeEnabled({ timeout: 30_000 });
  });
}
