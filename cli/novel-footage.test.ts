import { expect, it } from 'vitest';
import { novelFrames } from './novel-footage';

/** 30 s at ten frames a second; planted from 10 to 11 s and from 20 to 21 s. */
const clip = (score: (timeS: number) => number) => ({
  scores: Array.from({ length: 300 }, (_, frame) => score(frame / 10)),
  labels: Array.from({ length: 300 }, (_, frame) => ([10, 20].includes(Math.floor(frame / 10)) ? '1' : '0')).join(''),
});

it('leaves normal frames out that show what had not been learned, and compares these with the rest', () => {
  const walks = (timeS: number) => timeS >= 6.3 && timeS < 17.2;
  const scored = clip((timeS) => ([10, 20].includes(Math.floor(timeS)) ? 1 : walks(timeS) && timeS < 8 ? 2 : 0));
  const result = novelFrames('pedestrians-vtest.mp4', [scored, scored]);
  expect(result).toMatchObject({ normal: 560, novel: 2 * (109 - 10), withoutAuc: 1 });
  // Of the walk, 17 of 99 frames above all, the others as low as the rest.
  expect(result?.novelAuc).toBeCloseTo((17 + 82 / 2) / 99);
});

it('follows the footage where it passes faster, while a crowd runs', () => {
  const running = { kind: 'running' as const, startS: 2, endS: 4, details: { speedFactor: 2 } };
  // Two seconds of the clip show four of the footage: the walk is over two seconds earlier.
  const result = novelFrames('pedestrians-vtest.mp4', [{ ...clip(() => 0), events: [running] }]);
  expect(result).toMatchObject({ normal: 280, novel: 109 - 10 });
  const walks = (timeS: number) => timeS >= 4.3 && timeS < 15.2;
  const scored = { ...clip((timeS) => (walks(timeS) ? 1 : 0)), events: [running] };
  expect(novelFrames('pedestrians-vtest.mp4', [scored])?.novelAuc).toBe(1);
});

it('knows nothing of other scenes', () => {
  expect(novelFrames('yard.mp4', [clip(() => 0)])).toBeNull();
});
