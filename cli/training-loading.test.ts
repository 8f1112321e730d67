import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { testFolder } from './test-folder.fixture';
import { loadTrainingScenes } from './training-loading';
import { trainingScenes } from './training-scenes';

afterEach(() => vi.restoreAllMocks());

it('footage in which nothing can be planted is left out, and too little of it is refused', {
  timeout: 60_000,
}, async () => {
  const folder = testFolder();
  const still = ['-f', 'lavfi', '-i', 'color=gray:size=64x48:rate=10:duration=4', '-pix_fmt', 'yuv420p'];
  execFileSync('ffmpeg', ['-v', 'error', ...still, join(folder, 'still.mp4')]);
  const said = vi.spyOn(console, 'error').mockImplementation(() => undefined);
  const options = { detector: 'stadnet', versions: 2, seed: 1, cache: join(folder, 'cache'), threads: 1 };
  await expect(loadTrainingScenes([folder], options)).rejects.toThrow(
    'Too little footage to train on: 0 frames are left besides those each scene is learned from; at least 100 are needed. Give more or longer videos.',
  );
  expect(said).toHaveBeenCalledWith(expect.stringMatching(/^still.mp4 is left out: /));
});

it('a scene without a frame to learn from is named', () => {
  const scene = { name: 'yard', folder: 'yards', normal: [], rest: [], planted: [] };
  expect(() => trainingScenes([scene], 1)).toThrow('The footage of yard is too short: no frame is left');
});
