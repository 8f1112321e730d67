import { expect, it } from 'vitest';
import { novelFrames } from './novel-footage';

/** 30 s at ten frames a second; planted from 5 to 6 s. */
const clip = (score: (timeS: number) => number) => ({
  scores: Array.from({ length: 300 }, (_, frame) => score(frame / 10)),
  labels: Array.from({ length: 300 }, (_, frame) => (frame >= 50 && frame < 60 ? '1' : '0')).join(''),
});

it('leaves normal frames out that show what had not been learned, and compares these with the rest', () => {
  const lawn = (timeS: number) => timeS >= 2.3 && timeS < 25;
  const scored = clip((timeS) => (timeS >= 5 && timeS < 6 ? 1 : lawn(timeS) ? 2 : 0));
  const result = novelFrames('pedestrians-vtest.mp4', [scored, scored]);
  expect(result).toMatchObject({ normal: 580, novel: 2 * (227 - 10 + 40), withoutAuc: 1 });
  // The lawn above all, the car as low as the rest.
  expect(result?.novelAuc).toBeCloseTo((217 + 40 / 2) / 257);
});

it('knows nothing of other scenes', () => {
  expect(novelFrames('yard.mp4', [clip(() => 0)])).toBeNull();
});
