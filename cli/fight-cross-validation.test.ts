import { describe, expect, it } from 'vitest';
import { createRng } from '../src/lib/rng';
import { onBackend } from '../src/nn/backends.fixture';
import { crossValidated, fightFit } from './fight-cross-validation';
import { fightNumbers } from './fight-result';
import { fightTrainingDefaults, type JudgedClip } from './fight-training';

const rng = createRng(7);
const clips: JudgedClip[] = Array.from({ length: 40 }, (_, index) => {
  const label = (index % 2) as 0 | 1;
  const moment = () => Float32Array.from({ length: 4 }, (_, i) => rng.normal() + (i === 2 ? 3 * label : 0));
  const moments = () => Array.from({ length: 3 }, moment);
  return { name: `clip ${index}`, label, moments: moments(), mirrored: moments() };
});
const options = { folds: 4, innerFolds: 3, seed: 5 };

describe('cross-validation', () => {
  it('no model has seen the clips it judges, nor the threshold', async () => {
    const trained: string[][] = [];
    const verdicts = await crossValidated(
      clips,
      async (training) => {
        const names = training.map(({ name }) => name);
        trained.push(names);
        return (clip) => {
          expect(names).not.toContain(clip.name);
          return clip.label;
        };
      },
      options,
    );
    expect(trained).toHaveLength(4 * (3 + 1));
    expect(new Set(verdicts.map(({ name }) => name)).size).toBe(40);
    for (const fold of [0, 1, 2, 3]) {
      const held = verdicts.filter((verdict) => verdict.fold === fold).map(({ name }) => name);
      // The trainings of a fold: three for the threshold, then the one that judges.
      for (const names of trained.slice(fold * 4, fold * 4 + 4))
        expect(held.some((name) => names.includes(name))).toBe(false);
    }
    expect(fightNumbers(verdicts, 1)).toMatchObject({ rocAuc: 1, accuracy: 1, precision: 1, recall: 1 });
  });

  it('the judge learns what tells fights, the same with the same seed', () =>
    onBackend('cpu', async () => {
      const training = { ...fightTrainingDefaults, steps: 20, peak: 0.1, penalty: 0.05 };
      const run = () => crossValidated(clips, fightFit(training), { ...options, folds: 2, innerFolds: 2 });
      const first = await run();
      expect(fightNumbers(first, 1).rocAuc).toBeGreaterThan(0.95);
      expect(await run()).toEqual(first);
    }));
});
