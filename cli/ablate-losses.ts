/**
 * npm run ablate-losses -- --detector stadnet|esta|hybrid --data DIR,DIR… [--steps 100] [--repeats 3] [--seed N] [--cache DIR] [--threads N]
 * Trains a network without one term of its loss at a time, several times from other random values, and compares AUCs on planted clips that were
 * left out. Writes each training as soon as it has ended into benchmarks/results/losses-DETECTOR.json. Nothing that ships is changed.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { train } from '../src/engine/trainer';
import { disposeTree } from '../src/nn/tree';
import type { LossAblationFile } from './loss-table';
import { machine } from './machine';
import { wholeNumber } from './number-option';
import { spokenCommand } from './spoken-command';
import { startTensors } from './tensors';
import { loadTrainingScenes } from './training-loading';
import { trainable, trainingDefaults } from './training-tasks';

const { values: args, tokens } = parseArgs({
  tokens: true,
  options: {
    detector: { type: 'string' },
    data: { type: 'string' },
    steps: { type: 'string', default: '100' },
    repeats: { type: 'string', default: '3' },
    seed: { type: 'string', default: '1' },
    cache: { type: 'string', default: 'node_modules/.cache/oriel-streams' },
    out: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

async function main(): Promise<void> {
  const { detector = '', data, cache } = args;
  const { loss, peak, versions, prepare } = trainable(detector);
  if (!data) throw new Error('Which footage? Give folders with --data DIR,DIR.');
  const [steps, repeats, seed] = [
    wholeNumber('steps', args.steps),
    wholeNumber('repeats', args.repeats),
    wholeNumber('seed', args.seed),
  ];
  const out = args.out ?? `benchmarks/results/losses-${detector}.json`;
  const loading = { detector, versions, seed, cache, threads: wholeNumber('threads', args.threads) };
  const scenes = await loadTrainingScenes(data.split(','), loading);
  await startTensors({ gradients: true });
  const make = await prepare(scenes, seed);
  if (!make().validate) throw new Error('No planted clip is left out to compare by; give more footage.');
  const file: LossAblationFile = {
    losses: detector,
    steps,
    weights: loss,
    scenes: scenes.map(({ name }) => name),
    aucs: { everything: [] },
    command: spokenCommand('ablate-losses', tokens),
    machine: machine(1),
    date: new Date().toISOString().slice(0, 10),
  };
  await mkdir(dirname(out), { recursive: true });
  for (let repeat = 0; repeat < repeats; repeat++) {
    for (const term of [undefined, ...Object.keys(loss)]) {
      const name = term ?? 'everything';
      console.error(`— ${name}, ${repeat + 1} of ${repeats}`);
      const options = { seed: seed + repeat, steps, validateEvery: steps, ...trainingDefaults(peak) };
      const { params, validation } = await train(make(term), options);
      disposeTree(params);
      file.aucs[name] = [...(file.aucs[name] ?? []), Number((1 - (validation ?? 1)).toFixed(4))];
      console.log(`${name}: ${file.aucs[name].join(' ')}`);
      await writeFile(out, `${JSON.stringify(file, null, 1)}\n`);
    }
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
