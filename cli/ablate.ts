/**
 * npm run ablate -- --dataset ped2|planted|folder --data DIR --detector hybrid|stadnet|esta [--rows A,B] [--cache DIR] [--threads N] [--seed N]
 * Switches off one part of a trained detector at a time, learns the scenes without it and scores the test clips. Writes each row as soon as it
 * is measured into benchmarks/results/ablation-DETECTOR.json, where rows of other data sets stay; what is there already from the same weights, versions
 * of features and scene, and seed is not measured again.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import halfBundle from '../src/detectors/hybrid/learned/weights.json';
import { SCENE_VERSION } from '../src/detectors/hybrid/scene';
import { networkSceneKinds } from '../src/detectors/registry';
import { type AblationFile, EVERYTHING, emptyAblation, measuredAlike, sourcesDigest } from './ablation-table';
import { ablated, ablationsOf } from './ablations';
import { networkWeights } from './detector-tools';
import { evaluationDetector } from './evaluation-detector';
import { evaluateSource, loadSources } from './evaluation-run';
import { machine } from './machine';
import { wholeNumber } from './number-option';

const { values: args } = parseArgs({
  options: {
    dataset: { type: 'string' },
    data: { type: 'string' },
    detector: { type: 'string', default: 'hybrid' },
    rows: { type: 'string' },
    cache: { type: 'string' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    threads: { type: 'string', default: String(availableParallelism()) },
  },
});

const DATASETS = ['ped2', 'planted', 'folder'];

async function main() {
  const { dataset = '', data, detector, cache } = args;
  if (!data || !DATASETS.includes(dataset))
    throw new Error(`Which footage? Give --dataset ${DATASETS.join('|')} and its folder with --data DIR.`);
  const known = [EVERYTHING, ...ablationsOf(detector)];
  const rows = args.rows?.split(',') ?? known;
  const unknown = rows.find((row) => !known.includes(row));
  if (unknown !== undefined) throw new Error(`${detector} has no row '${unknown}'; its rows are ${known.join(', ')}.`);
  const out = args.out ?? `benchmarks/results/ablation-${detector}.json`;
  const [seed, threads] = [wholeNumber('seed', args.seed), wholeNumber('threads', args.threads)];
  const run = { dataset, data, cache, seed, threads, alertsPerHour: 1, clips: undefined };
  const circumstances = {
    seed,
    weights: await weightsOf(detector),
    versions: versionsOf(detector),
    machine: machine(threads),
    date: new Date().toISOString().slice(0, 10),
  };
  const file = await readFile(out, 'utf8').then(
    (text) => JSON.parse(text) as AblationFile,
    () => emptyAblation(detector),
  );
  const isMeasured = (row: string) => {
    const kept = file.rows[row]?.[dataset];
    return kept && measuredAlike(kept, circumstances);
  };
  const sources = await loadSources(run);
  await mkdir(dirname(out), { recursive: true });
  for (const row of rows) {
    if (isMeasured(row) && !args.rows) continue;
    const name = row === EVERYTHING ? detector : ablated(detector, row);
    console.error(`— ${row === EVERYTHING ? row : `without ${row}`}`);
    const results = [];
    for (const source of sources) results.push(await evaluateSource(name, source, run));
    const measured = { auc: sourcesDigest(results), ...circumstances };
    file.rows[row] = { ...file.rows[row], [dataset]: measured };
    await writeFile(out, `${JSON.stringify(file, null, 1)}\n`);
    console.log(`${row}: ${JSON.stringify(measured.auc)}`);
  }
}

/** The checksum of the weights that the detector comes with. */
async function weightsOf(detector: string): Promise<string> {
  return detector === 'hybrid' ? halfBundle.manifest.checksum : (await networkWeights(detector)).manifest.checksum;
}

/** What features and scenes are like: both change with the code that a row is measured by. */
function versionsOf(detector: string): string {
  const scene = networkSceneKinds[detector]?.version ?? SCENE_VERSION;
  const { features, streams } = evaluationDetector(detector).config;
  return `scene ${scene}, features ${features ?? streams}`;
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
