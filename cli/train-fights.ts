/** Trains a detector's judge of fights on all clips of a folder and stores it; reads it back. */
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { type FightModel, readFightModel } from '../src/detectors/fights/model';
import { fightWeightsName, storeFightModel } from '../src/detectors/fights/stored-model';
import { balancedThreshold } from '../src/metrics/decisions';
import { crossValidated, fightFit } from './fight-cross-validation';
import { fightDetector } from './fight-features';
import { type FightLoadingOptions, loadFights, requireEnough } from './fight-loading';
import { trainFightModel } from './fight-training';
import { readWeights, writeWeights } from './file-checkpoint';
import { progressBar } from './progress-bar';
import { startTensors } from './tensors';

/** Folds whose held-out scores choose the threshold. */
const FOLDS = 5;

export interface FightTrainingRun extends FightLoadingOptions {
  seed: number;
  /** Folder for weights and card. */
  out: string;
  /** As anyone could run it. */
  command: string;
}

export async function trainFights({ seed, out, command, ...loading }: FightTrainingRun): Promise<void> {
  const { detector } = loading;
  const { moments, training } = fightDetector(detector);
  const { clips } = await loadFights(loading);
  requireEnough(clips, FOLDS);
  await startTensors({ gradients: true });
  const onProgress = progressBar('Threshold', FOLDS * (2 + 1));
  const held = await crossValidated(clips, fightFit(training), { folds: FOLDS, innerFolds: 2, seed, onProgress });
  const threshold = balancedThreshold(
    held.map(({ score }) => score),
    held.map(({ label }) => label),
  );
  const model = await trainFightModel(clips, seed, training);
  const stored = await storeFightModel(model, detector, {
    features: await featuresOf(detector),
    moments,
    training,
    seed,
    threshold,
  });
  await writeWeights(join(out, 'weights'), stored);
  const parameters = stored.manifest.leaves.reduce((sum, { shape }) => sum + shape.reduce((a, b) => a * b, 1), 0);
  const fights = clips.filter(({ label }) => label).length;
  await writeFile(
    join(out, 'README.md'),
    `# Judge of fights for ${detector}

${parameters} parameters, ${Math.round(stored.bytes.length / 1024)} kB as float16, seed ${seed}, ${training.steps} updates. Log odds of a fight for a
moment of ${moments.lengthS} s of ${detector}'s features, trained on ${fights} clips with a fight and ${clips.length - fights} without, of about two seconds each, from
surveillance cameras; the clips are not part of the project. A clip counts as a fight from ${threshold.toFixed(3)} on, chosen on scores of clips left out of training.

It knows such clips only: other cameras, distances, sports, dancing and play have not been tried. How well it does on clips it has not seen is in
the README's results, measured by cross-validation, not with these weights, which have seen all clips.

\`\`\`
${command}
\`\`\`
`,
  );
  console.error(`Wrote ${out}: ${parameters} parameters, threshold ${threshold.toFixed(3)}`);
}

/** What decides the features of a detector: settings, and the weights they come from where these are trained here. */
async function featuresOf(detector: string) {
  const { config, weights } = fightDetector(detector);
  return weights ? { ...config, weights: await weights() } : config;
}

/** The judge stored in a folder, with its threshold. Throws where it is missing, or was trained on other features than the detector has now. */
export async function readFightWeights(
  folder: string,
  detector: string,
): Promise<{ model: FightModel; threshold: number }> {
  const stored = await readWeights(join(folder, 'weights'));
  if (!stored)
    throw new Error(
      `There are no weights in ${folder}; train them: npm run train -- --dataset fights --detector ${detector} --data DIR.`,
    );
  const { threshold, features } = stored.manifest.config as { threshold: number; features: unknown };
  if (!isDeepStrictEqual(features, JSON.parse(JSON.stringify(await featuresOf(detector)))))
    throw new Error(
      `The judge in ${folder} was trained on other features than ${detector} has now; train it again: npm run train -- --dataset fights --detector ${detector} --data DIR.`,
    );
  return { model: readFightModel(stored, fightWeightsName(detector)), threshold };
}
