/** Evaluates a detector's judge of fights on labelled clips: features, cross-validation, a table and a result as JSON. */
import { clipMoments } from '../src/detectors/fights/moments';
import { crossValidated, type Fit, fightFit, type Verdict } from './fight-cross-validation';
import { fightDetector } from './fight-features';
import { fightNumbers, PUBLISHED } from './fight-result';
import { fightTable } from './fight-table';
import type { JudgedClip } from './fight-training';
import type { ExtractedFight, FightExtraction, FightJob } from './fights.worker';
import { type FightClip, fightClips } from './fights-dataset';
import { progressBar } from './progress-bar';
import { startTensors } from './tensors';
import { runJobs } from './worker-pool';

const WORKER = new URL('./fights.worker.ts', import.meta.url);
const FOLDS = 5;
const INNER_FOLDS = 4;

export interface FightEvaluationOptions {
  data: string;
  detector: string;
  seed: number;
  cache: string | undefined;
  threads: number;
}

export interface LoadedClip extends JudgedClip {
  /** Of the trivial scorer. */
  energy: number;
  extraction: ExtractedFight;
}

/** Features of all clips of a folder; clips that cannot be read are named and left out. */
export async function loadFights({ data, detector, cache, threads }: Omit<FightEvaluationOptions, 'seed'>) {
  const { moments } = fightDetector(detector);
  const listed = await fightClips(data);
  const update = progressBar('Analysing', listed.length);
  update(0);
  const extractions = await runJobs<FightJob, FightExtraction>(
    WORKER,
    listed.map(({ path }) => ({ detector, path, cache })),
    threads,
    update,
  );
  const clips: LoadedClip[] = [];
  const skipped: string[] = [];
  const leaveOut = ({ name }: FightClip, reason: string) => {
    console.error(`Left out ${name}: ${reason}`);
    skipped.push(name);
  };
  for (const [index, clip] of listed.entries()) {
    const extraction = extractions[index];
    if ('unreadable' in extraction) {
      leaveOut(clip, extraction.unreadable);
      continue;
    }
    const [seen, mirrored] = [extraction.frames, extraction.mirrored].map((frames) => clipMoments(frames, moments));
    if (seen.length) clips.push({ ...clip, moments: seen, mirrored, energy: extraction.energy, extraction });
    else leaveOut(clip, 'it has fewer than two frames that can be analysed; give a longer clip.');
  }
  return { clips, skipped };
}

/** The trivial scorer: nothing is learned but the threshold. */
const energyFit: Fit<LoadedClip> = async () => (clip) => clip.energy;

/** Prints the table; gives the result as it is written. */
export async function evaluateFights(options: FightEvaluationOptions) {
  const { detector, seed } = options;
  const { config, moments, training } = fightDetector(detector);
  const { clips, skipped } = await loadFights(options);
  requireEnough(clips);
  await startTensors({ gradients: true });
  const trainings = FOLDS * (INNER_FOLDS + 1);
  const update = progressBar('Training', trainings);
  update(0);
  const validate = (fit: Fit<LoadedClip>, onProgress?: (done: number) => void) =>
    crossValidated(clips, fit, { folds: FOLDS, innerFolds: INNER_FOLDS, seed, onProgress });
  const verdicts = await validate(fightFit(training), update);
  const numbers = fightNumbers(verdicts, seed);
  const trivial = fightNumbers(await validate(energyFit), seed);
  console.log(fightTable(detector, numbers, trivial));
  const seconds = clips.reduce((sum, { extraction }) => sum + extraction.extractS, 0);
  const frames = clips.reduce((sum, { extraction }) => sum + extraction.frames.length, 0);
  return {
    dataset: 'fights',
    detector,
    ...numbers,
    trivial: { frameDifference: trivial },
    published: PUBLISHED,
    clips: clips.length,
    fights: clips.filter(({ label }) => label).length,
    skipped,
    analysedFps: frames / seconds,
    perClip: verdicts.map(verdictResult),
    config: { ...config, moments, training, folds: FOLDS, innerFolds: INNER_FOLDS, seed },
  };
}

const verdictResult = ({ score, ...verdict }: Verdict) => ({ ...verdict, score: Math.round(score * 1e4) / 1e4 });

/** Throws where the folds cannot be filled. */
function requireEnough(clips: readonly JudgedClip[]): void {
  const least = FOLDS * 2;
  for (const [kind, label] of [
    ['fight', 1],
    ['normal', 0],
  ] as const) {
    const count = clips.filter((clip) => clip.label === label).length;
    if (count < least)
      throw new Error(
        `Only ${count} clips in ${kind} can be used; ${FOLDS}-fold cross-validation needs at least ${least} of each kind.`,
      );
  }
}
