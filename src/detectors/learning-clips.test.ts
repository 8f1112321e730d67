import { expect, it } from 'vitest';
import { LearningError } from './detector';
import { LearningClips } from './learning-clips';

interface Seen {
  at: number;
  patches: string | null;
}

/** Patches come on every second frame, as those of key frames do. */
const frames = (count: number, from = 0): Seen[] =>
  Array.from({ length: count }, (_, i) => ({ at: from + i, patches: i % 2 ? `of ${from + i}` : null }));

const take = (clips: LearningClips<Seen>, footage: Seen[][]) => {
  for (const clip of footage) {
    for (const frame of clip) clips.push(frame);
    clips.newClip();
  }
  return clips.take();
};

it('keeps clips apart and every frame of them, while they are few', () => {
  const footage = [frames(5), frames(3, 100)];
  expect(take(new LearningClips(8), footage)).toEqual(footage);
});

it('thins all of the footage alike, what came before a frame too many and what comes after', () => {
  const [first, second] = take(new LearningClips(7), [frames(20), frames(9, 100)]);
  expect(first.map(({ at }) => at)).toEqual([0, 8, 16]);
  expect(second.map(({ at }) => at)).toEqual([100, 108]);
});

it('lets a frame that is kept have what those dropped after it had', () => {
  const joined = (kept: Seen, dropped: Seen) => ({ ...kept, patches: kept.patches ?? dropped.patches });
  const [clip] = take(new LearningClips<Seen>(8, joined), [frames(20)]);
  expect(clip).toEqual([
    { at: 0, patches: 'of 1' },
    { at: 4, patches: 'of 5' },
    { at: 8, patches: 'of 9' },
    { at: 12, patches: 'of 13' },
    { at: 16, patches: 'of 17' },
  ]);
});

it('begins anew once it was emptied, and says where no frame came', () => {
  const clips = new LearningClips<Seen>(4);
  take(clips, [frames(20)]);
  expect(take(clips, [frames(4)])).toEqual([frames(4)]);
  expect(() => clips.take()).toThrow(LearningError);
});
