import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { plantableSources } from './dataset';
import { testFolder } from './test-folder.fixture';
import { trainingSources } from './training-footage';

const FRAMES = 100;

/** Grey videos of ten seconds. */
function videos(...names: string[]): string {
  const folder = testFolder();
  const grey = ['-f', 'lavfi', '-i', 'color=gray:size=32x32:rate=10:duration=10', '-pix_fmt', 'yuv420p'];
  for (const name of names) execFileSync('ffmpeg', ['-v', 'error', ...grey, join(folder, name)]);
  return folder;
}

const ranges = (clips: readonly { range: { from?: number; to?: number } }[]) =>
  clips.map(({ range: { from = 0, to = FRAMES } }) => [from, to]);

it('60 % of a video are learned and its end is planted in, or its beginning where the end is not normal', async () => {
  const [vtest, yard] = await plantableSources(videos('yard.mp4', 'pedestrians-vtest.mp4'));
  expect(ranges(yard.train)).toEqual([[0, 60]]);
  expect(ranges(yard.held)).toEqual([60, 60, 60].map((from) => [from, 100]));
  expect(ranges(vtest.train)).toEqual([[40, 100]]);
  expect(ranges(vtest.held)).toEqual([0, 0, 0].map((from) => [from, 40]));
});

it('networks are trained on no frame in which the evaluation plants', async () => {
  const folder = videos('yard.mp4', 'pedestrians-vtest.mp4');
  const evaluated = await plantableSources(folder);
  const trained = await trainingSources([folder]);
  expect(trained.map(({ name, normal, rest }) => [name, ranges(normal), ranges(rest)])).toEqual([
    ['pedestrians-vtest.mp4', [[70, 100]], [[40, 70]]],
    ['yard.mp4', [[0, 30]], [[30, 60]]],
  ]);
  for (const [index, { held }] of evaluated.entries()) {
    const { normal, rest } = trained[index];
    const seen = ranges([...normal, ...rest]);
    for (const [from, to] of ranges(held)) expect(seen.filter(([start, end]) => start < to && from < end)).toEqual([]);
    expect(seen.reduce((sum, [start, end]) => sum + end - start, 0)).toBe(60);
  }
});
