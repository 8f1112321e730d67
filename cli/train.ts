/**
 * npm run train -- --detector stadnet|esta|hybrid [--dataset fights] --data DIR,DIR… [--resume] [--steps N] [--without TERM] [--from WEIGHTS] [--seed N] [--out DIR] [--cache DIR] [--threads N]
 * Trains a network on the normal parts of videos and image folders, with planted and pseudo-anomalies; writes float16 weights, a model
 * card and the loss curve. With --dataset fights: a judge of fights on the detector's features, from labelled clips. A run that was cut off goes on with --resume.
 * --without leaves a term out of the loss, to see what it brings; --from begins with weights (a path without .json or .bin) instead of random values.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { SceneSurvey } from '../src/datasets/scene-survey';
import { ESTA_WEIGHTS } from '../src/detectors/esta/training';
import { LEARNED_WEIGHTS } from '../src/detectors/hybrid/learned/training';
import { STADNET_WEIGHTS } from '../src/detectors/stadnet/training';
import { type TrainingProgress, type TrainingResult, type TrainingTask, train } from '../src/engine/trainer';
import type { Rng } from '../src/lib/rng';
import type { StoredWeights } from '../src/nn/stored-weights';
import { disposeTree, type ParamTree, parameterCount } from '../src/nn/tree';
import { loadWeights, saveWeights } from '../src/nn/weights';
import type { EvaluationJob } from './evaluate.worker';
import type { ExtractedClip } from './extracted-clip';
import { fileCheckpoints, readWeights, writeBundle, writeWeights } from './file-checkpoint';
import { lossWithout } from './loss-without';
import { modelCard } from './model-card';
import { progressBar } from './progress-bar';
import { spokenCommand } from './spoken-command';
import { startTensors } from './tensors';
import { trainFights } from './train-fights';
import { hybridTask } from './train-hybrid';
import { estaTask, stadnetTask } from './train-network';
import { planted, type TrainingSource, trainingSources } from './training-footage';
import { type ExtractedScene, trainingScenes } from './training-scenes';
import { runJobs } from './worker-pool';

const WORKER = new URL('./evaluate.worker.ts', import.meta.url);
// biome-ignore lint/suspicious/noExplicitAny: each task has batches of its own.
type MakeTask = (scenes: readonly ExtractedScene[], seed: number, without?: string) => Promise<TrainingTask<any>>;
const TASKS: Record<string, MakeTask> = {
  stadnet: async (scenes, seed, without) => stadnetTask(trainingScenes(scenes, seed), without),
  esta: async (scenes, seed, without) => estaTask(trainingScenes(scenes, seed), without),
  hybrid: hybridTask,
};

/** The terms of each loss. */
const LOSSES: Record<string, Record<string, number>> = {
  stadnet: STADNET_WEIGHTS,
  esta: ESTA_WEIGHTS,
  hybrid: LEARNED_WEIGHTS,
};

/** Highest learning rates. Attention in pre-norm residuals diverges at those that suit convolutions. */
const PEAKS: Record<string, number> = { stadnet: 4e-3, esta: 2e-3, hybrid: 4e-3 };

const { values: args, tokens } = parseArgs({
  tokens: true,
  options: {
    detector: { type: 'string' },
    dataset: { type: 'string' },
    data: { type: 'string' },
    resume: { type: 'boolean', default: false },
    steps: { type: 'string', default: '600' },
    without: { type: 'string' },
    from: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    cache: { type: 'string', default: 'node_modules/.cache/oriel-streams' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

/** Weights so few that they come with the code. */
const BUNDLES: Record<string, string> = { hybrid: 'src/detectors/hybrid/learned/weights.json' };

/** Planted versions of each left-out clip; fewer where the object finder makes them costly. */
const VERSIONS: Record<string, number> = { stadnet: 5, esta: 5, hybrid: 3 };
const LEAST_FRAMES = 100;

const jobs = <Result>(list: EvaluationJob[], update?: (done: number) => void) =>
  runJobs<EvaluationJob, Result>(WORKER, list, Number(args.threads), update);

async function loadScene(
  { name, folder, normal, rest }: TrainingSource,
  detector: string,
  seed: number,
): Promise<ExtractedScene> {
  const [survey] = await jobs<SceneSurvey>([{ kind: 'survey', clips: normal }]);
  const versions = planted(rest, survey, VERSIONS[detector], seed);
  const clips = [...normal, ...rest, ...versions];
  const update = progressBar(name.padEnd(32), clips.length);
  const extracted = await jobs<ExtractedClip>(
    clips.map((clip) => ({ kind: 'extract', detector, clip, cache: args.cache })),
    update,
  );
  return {
    name,
    folder,
    normal: extracted.slice(0, normal.length),
    rest: extracted.slice(normal.length, normal.length + rest.length),
    planted: extracted.slice(normal.length + rest.length),
  };
}

async function loadScenes(folders: readonly string[], detector: string, seed: number): Promise<ExtractedScene[]> {
  const scenes: ExtractedScene[] = [];
  for (const source of await trainingSources(folders)) {
    const scene = await loadScene(source, detector, seed).catch((error) => {
      // Of many scenes one in which nothing can be planted is no reason to give up.
      if (error?.name !== 'PlantingError') throw error;
      console.error(`${source.name} is left out: ${error.message}`);
    });
    if (scene) scenes.push(scene);
  }
  const frames = scenes.flatMap(({ rest }) => rest).reduce((sum, clip) => sum + clip.frames.length, 0);
  if (frames < LEAST_FRAMES)
    throw new Error(
      `Too little footage to train on: ${frames} frames are left besides those each scene is learned from; at least ${LEAST_FRAMES} are needed. Give more or longer videos.`,
    );
  return scenes;
}

function positive(name: 'steps' | 'seed'): number {
  const value = Number(args[name]);
  if (!Number.isInteger(value) || value < 1)
    throw new Error(`--${name} must be a whole number of at least 1, not ${args[name]}.`);
  return value;
}

/** Stored weights in place of fresh ones, which are disposed. Throws WeightsError where they are of another network. */
function begunWith(stored: StoredWeights, detector: string, fresh: ParamTree): ParamTree {
  try {
    return loadWeights(stored, detector, fresh);
  } finally {
    disposeTree(fresh);
  }
}

/** A line for every tenth update and every validation. */
function report(started: number): (progress: TrainingProgress) => void {
  return ({ step, steps, total, parts, validation }) => {
    if (step % 10 && validation === undefined) return;
    const losses = Object.entries(parts).map(([name, value]) => `${name} ${value.toFixed(3)}`);
    const seconds = Math.round((performance.now() - started) / 1000);
    const held = validation === undefined ? '' : ` · held out ${validation.toFixed(4)}`;
    console.error(`${step}/${steps} ${seconds} s · loss ${total.toFixed(3)} (${losses.join(', ')})${held}`);
  };
}

async function main(): Promise<void> {
  const detector = args.detector ?? '';
  if (!(detector in TASKS))
    throw new Error(`--detector must be one of ${Object.keys(TASKS).join(', ')}, not ${detector || 'missing'}.`);
  if (!args.data) throw new Error('Which footage? Give folders with --data DIR,DIR.');
  const [steps, seed] = [positive('steps'), positive('seed')];
  if (args.without && args.dataset) throw new Error('--without is for training on normal footage, not with --dataset.');
  if (args.dataset === 'fights') return trainOnFights(args.data, detector, seed);
  if (args.dataset)
    throw new Error(`--dataset can be fights, not ${args.dataset}; leave it out to train on normal footage.`);
  if (args.without && !args.out)
    throw new Error('Weights trained without a term of the loss are not to ship; say where they go with --out DIR.');
  lossWithout(LOSSES[detector], args.without);
  const from = args.from ? await readWeights(args.from) : null;
  if (args.from && !from) throw new Error(`There are no weights ${args.from}.json and ${args.from}.bin to begin with.`);
  const out = args.out ?? join('public', 'models', detector);
  const scenes = await loadScenes(args.data.split(','), detector, seed);
  await startTensors({ gradients: true });
  const fresh = await TASKS[detector](scenes, seed, args.without);
  const task = from ? { ...fresh, create: (rng: Rng) => begunWith(from, detector, fresh.create(rng)) } : fresh;
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const result = await train(task, {
    seed,
    steps,
    schedule: { peak: PEAKS[detector] },
    optimiser: { weightDecay: 0.01 },
    validateEvery: Math.ceil(steps / 3),
    patience: 6,
    checkpointEvery: 50,
    store: fileCheckpoints(
      join(args.cache, `${detector}${args.without ? `-${args.without}` : ''}-checkpoint`),
      args.resume,
    ),
    signal: interrupted.signal,
    onProgress: report(performance.now()),
  });
  if (result.ended === 'cancelled') {
    console.error(`Stopped after ${result.step} steps; the same command with --resume goes on from there.`);
    return;
  }
  await write(out, detector, task.config, result, scenes, seed);
}

const trainOnFights = (data: string, detector: string, seed: number) =>
  trainFights({
    data,
    detector,
    seed,
    out: args.out ?? join('public', 'models', 'fights', detector),
    cache: args.cache,
    threads: Number(args.threads),
    command: spokenCommand('train', tokens),
  });

async function write(
  out: string,
  detector: string,
  config: unknown,
  result: TrainingResult,
  scenes: ExtractedScene[],
  seed: number,
) {
  const stored = await saveWeights(result.params, { detector, config, precision: 'float16' });
  await mkdir(out, { recursive: true });
  if (detector in BUNDLES && !args.out) await writeBundle(BUNDLES[detector], stored);
  else await writeWeights(join(out, 'weights'), stored);
  const rounded = (_: string, value: unknown) => (typeof value === 'number' ? Number(value.toPrecision(5)) : value);
  await writeFile(join(out, 'curve.json'), `${JSON.stringify(result.curve, rounded)}\n`);
  const card = {
    detector,
    seed,
    parameters: parameterCount(result.params),
    bytes: stored.bytes.length,
    step: result.step,
    ended: result.ended,
    validation: result.validation,
    scenes,
    command: spokenCommand('train', tokens),
    from: args.from,
  };
  await writeFile(join(out, 'README.md'), modelCard(card));
  disposeTree(result.params);
  console.error(`Wrote ${out}: ${card.parameters} parameters, ${Math.round(card.bytes / 1024)} kB`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
