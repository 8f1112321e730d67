import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { loadFights, requireEnough } from './fight-loading';
import { testFolder } from './test-folder.fixture';

afterEach(() => vi.restoreAllMocks());

it('clips that cannot be read or are too short are named and left out; too few are refused', {
  timeout: 60_000,
}, async () => {
  const folder = testFolder();
  for (const kind of ['fight', 'normal']) mkdirSync(join(folder, kind));
  const clip = (name: string, seconds: number) =>
    execFileSync('ffmpeg', [
      ...['-v', 'error', '-f', 'lavfi', '-i', `testsrc=size=64x48:rate=10:duration=${seconds}`, '-pix_fmt', 'yuv420p'],
      join(folder, name),
    ]);
  clip('fight/whole.mp4', 3);
  clip('fight/blink.mp4', 0.1);
  clip('normal/whole.mp4', 3);
  writeFileSync(join(folder, 'normal/torn.mp4'), 'no video');
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const { clips, skipped } = await loadFights({ data: folder, detector: 'stadnet', cache: undefined, threads: 1 });
  expect(clips.map(({ name, label }) => [name, label])).toEqual([
    ['normal/whole.mp4', 0],
    ['fight/whole.mp4', 1],
  ]);
  expect(skipped.sort()).toEqual(['fight/blink.mp4', 'normal/torn.mp4']);
  for (const name of skipped) expect(said).toHaveBeenCalledWith(expect.stringMatching(`^Left out ${name}: .+`));
  expect(() => requireEnough(clips, 5)).toThrow(
    'Only 1 clips in fight can be used; 5 folds need at least 10 of each kind.',
  );
});
