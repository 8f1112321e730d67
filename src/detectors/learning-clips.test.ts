import { expect, it } from 'vitest';
import { LearningError } from './detector';
import { LearningClips } from './learning-clips';

const frames = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i);

const take = (clips: LearningClips<number>, footage: number[][]) => {
  for (const clip of footage) {
    for (const frame of clip) clips.push(frame);
    clips.newClip();
  }
  return clips.take();
};

it('keeps clips apart and every frame of them, while they are few', () => {
  const footage = [frames(50), frames(30, 100)];
  expect(take(new LearningClips(80, 4), footage)).toEqual(footage);
});

it('leaves out every second stretch of all that came before a frame too many, and of what comes after', () => {
  const clips = take(new LearningClips(20, 4), [frames(24), frames(10, 100)]);
  expect(clips).toEqual([frames(4), frames(4, 8), frames(4, 16), frames(4, 100), frames(2, 108)]);
});

it('stays within its bound however long it learns, with frames of the first and the last minutes', () => {
  const clips = take(new LearningClips(20, 4), [frames(1000)]);
  const all = clips.flat();
  expect(all.length).toBeGreaterThan(8);
  expect(all.length).toBeLessThanOrEqual(20);
  expect(all[0]).toBe(0);
  expect(Math.max(...all)).toBeGreaterThan(700);
  for (const clip of clips) expect(clip).toEqual(frames(clip.length, clip[0]));
});

it('leaves out whole clips where they are shorter than a stretch', () => {
  const clips = take(
    new LearningClips(20, 4),
    Array.from({ length: 30 }, (_, clip) => frames(2, 100 * clip)),
  );
  expect(clips.map(([first]) => first / 100)).toEqual([0, 4, 8, 12, 16, 20, 24, 28]);
});

it('begins anew once it was emptied, and says where no frame came', () => {
  const clips = new LearningClips<number>(8, 4);
  take(clips, [frames(100)]);
  expect(take(clips, [frames(8)])).toEqual([frames(8)]);
  expect(() => clips.take()).toThrow(LearningError);
});
