/** Evaluates a detector's judge of fights on labelled clips: features, cross-validation, a table and a result as JSON. */
import { clipLogit } from '../src/detectors/fights/model';
import { crossValidated, type Fit, fightFit, type Verdict } from './fight-cross-validation';
import { fightDetector } from './fight-features';
import { type FightLoadingOptions, type LoadedClip, loadFights, requireEnough } from './fight-loading';
import { fightNumbers, PUBLISHED } from './fight-result';
import { fightTable } from './fight-table';
import { progressBar } from './progress-bar';
import { startTensors } from './tensors';
import { readFightWeights } from './train-fights';

const FOLDS = 5;
const INNER_FOLDS = 4;

export interface FightEvaluationOptions extends FightLoadingOptions {
  seed: number;
  /** A folder with stored weights, to judge the clips by these instead of training on them. */
  weights: string | undefined;
}

/** The trivial scorer: nothing is learned but the threshold. */
const energyFit: Fit<LoadedClip> = async () => (clip) => clip.energy;

/** Prints the table; gives the result as it is written. */
export async function evaluateFights(options: FightEvaluationOptions) {
  const { detector, seed, weights } = options;
  const { config, moments, training } = fightDetector(detector);
  const { clips, skipped } = await loadFights(options);
  const verdicts = weights
    ? await judged(clips, weights, detector)
    : await validated(clips, seed, fightFit(training), true);
  const numbers = fightNumbers(verdicts, seed);
  const energies = weights ? null : fightNumbers(await validated(clips, seed, energyFit), seed);
  console.log(fightTable(detector, numbers, energies));
  const seconds = clips.reduce((sum, { extraction }) => sum + extraction.extractS, 0);
  const frames = clips.reduce((sum, { extraction }) => sum + extraction.frames.length, 0);
  return {
    dataset: 'fights',
    detector,
    ...numbers,
    trivial: energies ? { frameDifference: energies } : {},
    published: PUBLISHED,
    clips: clips.length,
    fights: clips.filter(({ label }) => label).length,
    skipped,
    analysedFps: frames / seconds,
    ...(weights ? { caveat: 'judged by stored weights: a measure only of clips that these were not trained on' } : {}),
    perClip: verdicts.map(verdictResult),
    config: { ...config, moments, ...(weights ? {} : { training, folds: FOLDS, innerFolds: INNER_FOLDS }), seed },
  };
}

async function validated(clips: LoadedClip[], seed: number, learn: Fit<LoadedClip>, shown = false): Promise<Verdict[]> {
  requireEnough(clips, FOLDS);
  await startTensors({ gradients: true });
  const onProgress = shown ? progressBar('Training', FOLDS * (INNER_FOLDS + 1)) : undefined;
  return crossValidated(clips, learn, { folds: FOLDS, innerFolds: INNER_FOLDS, seed, onProgress });
}

/** By stored weights and their threshold: for clips that were not trained on. */
async function judged(clips: LoadedClip[], weights: string, detector: string): Promise<Verdict[]> {
  const { model, threshold } = await readFightWeights(weights, detector);
  return clips.map(({ name, label, moments }) => {
    const score = clipLogit(model, moments);
    return { name, label, fold: 0, score, yes: score >= threshold };
  });
}

const verdictResult = ({ score, ...verdict }: Verdict) => ({ ...verdict, score: Math.round(score * 1e4) / 1e4 });
