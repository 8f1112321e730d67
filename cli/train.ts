/**
 * npm run train -- --detector stadnet|esta|hybrid --data DIR,DIR… [--resume] [--steps N] [--from WEIGHTS] [--seed N] [--out DIR] [--cache DIR] [--threads N] [--backend wasm|webgpu]
 * Trains a network on the normal parts of videos and image folders, with planted and pseudo-anomalies; writes float16 weights, a model
 * card and the loss curve. A run that was cut off goes on with --resume. --from begins with weights (a path without .json or .bin) instead of random values.
 *
 * npm run train -- --dataset fights --detector stadnet|esta|hybrid --data DIR [--seed N] [--out DIR] [--cache DIR] [--threads N]
 * Trains a judge of fights on the detector's features, from labelled clips.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type TrainingProgress, type TrainingResult, train } from '../src/engine/trainer';
import type { Rng } from '../src/lib/rng';
import { type StoredWeights, storedLeaves } from '../src/nn/stored-weights';
import { disposeTree, type ParamTree, parameterCount } from '../src/nn/tree';
import { loadWeights, saveWeights } from '../src/nn/weights';
import type { ExtractedClip } from './extracted-clip';
import { fileCheckpoints, readWeights, writeBundle, writeWeights } from './file-checkpoint';
import { modelCard } from './model-card';
import { wholeNumber } from './number-option';
import { spokenCommand } from './spoken-command';
import { type NodeBackend, nodeBackend, startTensors } from './tensors';
import { trainFights } from './train-fights';
import { loadTrainingScenes } from './training-loading';
import type { ExtractedScene } from './training-scenes';
import { trainable, trainingDefaults } from './training-tasks';

const { values: args, tokens } = parseArgs({
  tokens: true,
  options: {
    detector: { type: 'string' },
    dataset: { type: 'string' },
    data: { type: 'string' },
    resume: { type: 'boolean', default: false },
    steps: { type: 'string', default: '600' },
    from: { type: 'string' },
    seed: { type: 'string', default: '1' },
    out: { type: 'string' },
    cache: { type: 'string', default: 'node_modules/.cache/oriel-streams' },
    threads: { type: 'string', default: String(availableParallelism()) },
    backend: { type: 'string', default: 'wasm' },
  },
});

/** Validations in a whole run, and how many in a row may bring no new best before it ends early. */
const VALIDATIONS = 10;
const PATIENCE = 5;

/** Weights so few that they come with the code. */
const BUNDLES: Record<string, string> = { hybrid: 'src/detectors/hybrid/learned/weights.json' };

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
  const { detector = '', cache } = args;
  const { peak, versions, prepare } = trainable(detector);
  if (!args.data) throw new Error('Which footage? Give folders with --data DIR,DIR.');
  const [steps, seed] = [wholeNumber('steps', args.steps), wholeNumber('seed', args.seed)];
  const backend = nodeBackend(args.backend);
  const onlyNormal = ['from', 'backend', 'resume', 'steps'].filter((name) =>
    tokens.some((token) => token.kind === 'option' && token.name === name),
  );
  if (args.dataset && onlyNormal.length > 0)
    throw new Error(`--${onlyNormal[0]} is for training on normal footage, not with --dataset.`);
  if (args.dataset === 'fights') return trainOnFights(args.data, detector, seed);
  if (args.dataset)
    throw new Error(`--dataset can be fights, not ${args.dataset}; leave it out to train on normal footage.`);
  const from = args.from ? await readWeights(args.from) : null;
  if (args.from && !from) throw new Error(`There are no weights ${args.from}.json and ${args.from}.bin to begin with.`);
  if (from) storedLeaves(from, detector);
  await startTensors({ gradients: true, backend });
  const out = args.out ?? join('public', 'models', detector);
  const loading = { detector, versions, seed, cache, threads: wholeNumber('threads', args.threads) };
  const scenes = await loadTrainingScenes(args.data.split(','), loading);
  const checkpoint = join(cache, checkpointName(detector, backend, from, scenes));
  if (args.resume && !existsSync(`${checkpoint}.json`))
    console.error('There is no checkpoint of this detector, backend and footage to go on from: training begins anew.');
  const fresh = (await prepare(scenes, seed))();
  const task = from ? { ...fresh, create: (rng: Rng) => begunWith(from, detector, fresh.create(rng)) } : fresh;
  const interrupted = new AbortController();
  process.once('SIGINT', () => interrupted.abort());
  const result = await train(task, {
    seed,
    steps,
    ...trainingDefaults(peak),
    validateEvery: Math.ceil(steps / VALIDATIONS),
    patience: PATIENCE,
    checkpointEvery: 50,
    store: fileCheckpoints(checkpoint, args.resume),
    signal: interrupted.signal,
    onProgress: report(performance.now()),
  });
  if (result.ended === 'cancelled') {
    console.error(`Stopped after ${result.step} steps; the same command with --resume goes on from there.`);
    return;
  }
  await write(out, detector, task.config, result, scenes, seed, from);
}

/** A run goes on from where it stopped only with the same beginning, on the same backend, from the same footage. */
function checkpointName(
  detector: string,
  backend: NodeBackend,
  from: StoredWeights | null,
  scenes: readonly ExtractedScene[],
): string {
  const lengths = (clips: readonly ExtractedClip[]) => clips.map(({ frames }) => frames.length);
  const footage = createHash('sha256')
    .update(
      JSON.stringify(scenes.map(({ name, normal, rest, planted }) => [name, ...[normal, rest, planted].map(lengths)])),
    )
    .digest('hex')
    .slice(0, 8);
  const parts = [detector, backend === 'wasm' ? null : backend, from?.manifest.checksum, footage, 'checkpoint'];
  return parts.filter(Boolean).join('-');
}

const trainOnFights = (data: string, detector: string, seed: number) =>
  trainFights({
    data,
    detector,
    seed,
    out: args.out ?? join('public', 'models', 'fights', detector),
    cache: args.cache,
    threads: wholeNumber('threads', args.threads),
    command: spokenCommand('train', tokens),
  });

async function write(
  out: string,
  detector: string,
  config: unknown,
  result: TrainingResult,
  scenes: ExtractedScene[],
  seed: number,
  from: StoredWeights | null,
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
    chosenStep: result.chosenStep,
    ended: result.ended,
    validation: result.validation,
    scenes,
    command: spokenCommand('train', tokens),
    from: from?.manifest.checksum ?? null,
  };
  await writeFile(join(out, 'README.md'), modelCard(card));
  disposeTree(result.params);
  console.error(`Wrote ${out}: ${card.parameters} parameters, ${Math.round(card.bytes / 1024)} kB`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
