/**
 * npm run ablate -- --dataset ped2|planted|folder --data DIR --detector hybrid|stadnet|esta [--rows A,B] [--cache DIR] [--threads N] [--seed N]
 * Switches off one part of a trained detector at a time, learns the scenes without it and scores the test clips. Writes each row as soon as it
 * is measured into benchmarks/results/ablation-DETECTOR.json, where rows of other data sets stay; what is there already is not measured again.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { type AblationFile, EVERYTHING, emptyAblation, sourcesDigest } from './ablation-table';
import { ablated, ablationsOf } from './ablations';
import { evaluateSource, loadSources } from './evaluation-run';
import { spokenCommand } from './spoken-command';

const { values: args, tokens } = parseArgs({
  tokens: true,
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

async function main() {
  const { dataset, data, detector, cache } = args;
  if (!data || !dataset)
    throw new Error('Which footage? Give --dataset ped2|planted|folder and its folder with --data DIR.');
  const out = args.out ?? `benchmarks/results/ablation-${detector}.json`;
  const rows = args.rows?.split(',') ?? [EVERYTHING, ...ablationsOf(detector)];
  const run = {
    dataset,
    data,
    cache,
    seed: Number(args.seed),
    threads: Number(args.threads),
    alertsPerHour: 1,
    clips: undefined,
  };
  const file = await readFile(out, 'utf8').then(
    (text) => JSON.parse(text) as AblationFile,
    () => emptyAblation(detector),
  );
  file.commands[dataset] = spokenCommand('ablate', tokens);
  const sources = await loadSources(run);
  await mkdir(dirname(out), { recursive: true });
  for (const row of rows) {
    if (file.rows[row]?.[dataset] !== undefined && !args.rows) continue;
    const name = row === EVERYTHING ? detector : ablated(detector, row);
    console.error(`— ${row === EVERYTHING ? row : `without ${row}`}`);
    const results = [];
    for (const source of sources) results.push(await evaluateSource(name, source, run));
    file.rows[row] = { ...file.rows[row], [dataset]: sourcesDigest(results) };
    await writeFile(out, `${JSON.stringify(file, null, 1)}\n`);
    console.log(`${row}: ${JSON.stringify(file.rows[row][dataset])}`);
  }
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
