import { describe, expect, it } from 'vitest';
import { LearningError } from './detector';
import { learningFootage } from './learning-footage';

const clip = (frames: number, fromS = 0) => Array.from({ length: frames }, (_, i) => ({ timeS: fromS + i / 10 }));
const lengths = (clips: { timeS: number }[][]) => learningFootage(clips).parts.map(({ length }) => length);
const framesOf = (clips: { timeS: number }[][]) => {
  const { parts, folds } = learningFootage(clips);
  return [0, 1].map((fold) => parts.reduce((sum, { length }, i) => (folds[i] === fold ? sum + length : sum), 0));
};

describe('learningFootage', () => {
  it('cuts one clip into four parts that take turns', () => {
    expect(lengths([clip(400)])).toEqual([100, 100, 100, 100]);
    expect(learningFootage([clip(400)]).folds).toEqual([0, 1, 0, 1]);
    expect(learningFootage([clip(400)]).durationS).toBeCloseTo(40);
  });

  it('leaves many clips whole', () => {
    const clips = [120, 150, 120, 180, 150].map((length) => clip(length));
    expect(lengths(clips)).toEqual([120, 150, 120, 180, 150]);
    expect(learningFootage(clips).folds).toEqual([0, 1, 0, 1, 0]);
  });

  it('cuts a long clip beside short ones, so that neither fold is left with next to nothing', () => {
    for (const clips of [
      [clip(1000), clip(12)],
      [clip(12), clip(1000)],
      [clip(600), clip(10), clip(600)],
    ])
      expect(Math.min(...framesOf(clips))).toBeGreaterThan(300);
  });

  it('gives up turns where long and short clips alternate', () => {
    const clips = Array.from({ length: 12 }, (_, i) => clip(i % 2 ? 10 : 100));
    expect(Math.min(...framesOf(clips))).toBeGreaterThan(250);
  });

  it('counts the length of each clip by itself, not the time between them', () => {
    expect(learningFootage([clip(100), clip(100, 600)]).durationS).toBeCloseTo(20);
  });

  it('refuses too little', () => {
    expect(() => learningFootage([clip(30)])).toThrow(LearningError);
    expect(() => learningFootage([clip(30)])).toThrow('3.0 seconds (30 frames)');
  });
});
