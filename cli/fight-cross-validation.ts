/** Cross-validation of the judge of fights: each clip is judged by a model that has not seen it, at a threshold that was not chosen on it. */
import { clipLogit } from '../src/detectors/fights/model';
import { stratifiedFolds } from '../src/lib/folds';
import { createRng, type Rng } from '../src/lib/rng';
import { balancedThreshold } from '../src/metrics/decisions';
import { type FightTrainingOptions, type JudgedClip, trainFightModel } from './fight-training';

/** How a clip was judged by the model of the folds that it is not in. */
export interface Verdict {
  name: string;
  label: 0 | 1;
  fold: number;
  /** Log odds of a fight. */
  score: number;
  /** Whether the score reaches the threshold of the training folds. */
  yes: boolean;
}

interface CrossValidationOptions {
  folds: number;
  /** Folds within the training folds, whose scores choose the threshold. */
  innerFolds: number;
  seed: number;
  /** Called with the trainings done, of `folds · (innerFolds + 1)`. */
  onProgress?: (done: number) => void;
}

type Scorer<Clip> = (clip: Clip) => number;
/** Makes a scorer from clips to learn on. */
export type Fit<Clip> = (training: readonly Clip[], seed: number) => Promise<Scorer<Clip>>;

/** The judge of fights as something to validate. */
export const fightFit =
  (options: FightTrainingOptions): Fit<JudgedClip> =>
  async (training, seed) => {
    const model = await trainFightModel(training, seed, options);
    return ({ moments }) => clipLogit(model, moments);
  };

export async function crossValidated<Clip extends { name: string; label: 0 | 1 }>(
  clips: readonly Clip[],
  learn: Fit<Clip>,
  { folds, innerFolds, seed, onProgress = () => {} }: CrossValidationOptions,
): Promise<Verdict[]> {
  const rng = createRng(seed).fork('folds');
  const verdicts: Verdict[] = [];
  let done = 0;
  const counted: Fit<Clip> = async (training, own) => {
    const scorer = await learn(training, own);
    onProgress(++done);
    return scorer;
  };
  for (const { held, training, fold } of splits(clips, folds, rng)) {
    const inner: { score: number; label: number }[] = [];
    for (const part of splits(training, innerFolds, rng.fork(fold))) {
      const scorer = await counted(part.training, seed);
      inner.push(...part.held.map((clip) => ({ score: scorer(clip), label: clip.label })));
    }
    const threshold = balancedThreshold(
      inner.map(({ score }) => score),
      inner.map(({ label }) => label),
    );
    const scorer = await counted(training, seed);
    for (const clip of held) {
      const score = scorer(clip);
      verdicts.push({ name: clip.name, label: clip.label, fold, score, yes: score >= threshold });
    }
  }
  return verdicts;
}

/** Each fold held out once. */
function splits<Clip extends { label: 0 | 1 }>(clips: readonly Clip[], count: number, rng: Rng) {
  const folds = stratifiedFolds(
    clips.map(({ label }) => label),
    count,
    rng,
  );
  return Array.from({ length: count }, (_, fold) => ({
    fold,
    held: clips.filter((_, index) => folds[index] === fold),
    training: clips.filter((_, index) => folds[index] !== fold),
  }));
}
