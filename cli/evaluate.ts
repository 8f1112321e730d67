/**
 * npm run evaluate -- --dataset ped2|planted|folder|fights --data DIR --detector hybrid [--out FILE] [--seed N] [--clips A,B]
 *   [--cache DIR] [--threads N] [--alerts-per-hour N] [--weights DIR]
 * `planted` takes several folders, separated by commas. Learns on normal clips, scores the others, prints the protocol's table and writes it as JSON.
 * `fights` cross-validates a judge of labelled clips, or with --weights judges them by a stored one.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { evaluateFights } from './evaluate-fights';
import { evaluationDetector } from './evaluation-detector';
import { type EvaluationResult, meanNumbers } from './evaluation-result';
import { type EvaluationRun, evaluateSource, loadSources, type SourceResult } from './evaluation-run';
import { resultTable } from './evaluation-table';
import { LEAST_INTERVAL_S } from './extracted-clip';
import { machine } from './machine';
import { meanOrNull } from './mean-or-null';
import { positiveNumber, wholeNumber } from './number-option';
import { CAVEATS } from './result-tables';
import { spokenCommand } from './spoken-command';

const { values: args, tokens } = parseArgs({
  tokens: true,
  options: {
    dataset: { type: 'string' },
    data: { type: 'string' },
    detector: { type: 'string', default: 'hybrid' },
    out: { type: 'string' },
    seed: { type: 'string', default: '1' },
    clips: { type: 'string' },
    cache: { type: 'string' },
    weights: { type: 'string' },
    threads: { type: 'string', default: String(availableParallelism()) },
    'alerts-per-hour': { type: 'string', default: '1' },
  },
});

/** The options that are numbers. Throws where one is not. */
const numbers = () => ({
  seed: wholeNumber('seed', args.seed),
  threads: wholeNumber('threads', args.threads),
  alertsPerHour: positiveNumber('alerts-per-hour', args['alerts-per-hour']),
});

const run = (data: string): EvaluationRun => ({
  dataset: args.dataset,
  data,
  ...numbers(),
  cache: args.cache,
  clips: args.clips?.split(','),
});

const flat = ({ result, analysedFps }: SourceResult) => ({
  ...result.numbers,
  trivial: result.trivial,
  analysedFps,
  intervals: result.intervals,
  perKind: result.perKind,
  perClip: result.perClip,
});

function meanTrivial(results: readonly EvaluationResult[]): EvaluationResult['trivial'] {
  const mean = (name: string, key: 'microAuc' | 'macroAuc') =>
    results.reduce((sum, { trivial }) => sum + (trivial[name][key] ?? Number.NaN), 0) / results.length;
  return Object.fromEntries(
    Object.keys(results[0].trivial).map((name) => [
      name,
      { microAuc: mean(name, 'microAuc'), macroAuc: mean(name, 'macroAuc') },
    ]),
  );
}

function report(all: SourceResult[]) {
  const results = all.map(({ result }) => result);
  const several = {
    ...meanNumbers(results),
    trivial: meanTrivial(results),
    analysedFps: meanOrNull(all.map(({ analysedFps }) => analysedFps)),
  };
  const { config } = evaluationDetector(args.detector);
  const { seed, alertsPerHour } = numbers();
  return {
    dataset: args.dataset,
    detector: args.detector,
    ...(all.length === 1
      ? flat(all[0])
      : {
          aggregate: 'mean over sources',
          ...several,
          sources: Object.fromEntries(all.map((one) => [one.source, flat(one)])),
        }),
    config: { ...config, seed, alertsPerHour, leastIntervalS: LEAST_INTERVAL_S, causal: true },
    ...circumstances(),
  };
}

/** What a reader must know of a result besides its numbers. */
const circumstances = () => ({
  caveat: CAVEATS[`${args.dataset}-${args.detector}`],
  machine: machine(numbers().threads),
  command: spokenCommand('evaluate', tokens),
  date: new Date().toISOString().slice(0, 10),
});

/** Scenes of their own, each learned and scored. */
async function evaluateSources(data: string) {
  evaluationDetector(args.detector);
  const all: SourceResult[] = [];
  for (const source of await loadSources(run(data))) {
    const one = await evaluateSource(args.detector, source, run(data));
    console.log(resultTable(source.name, one.result, one.analysedFps));
    all.push(one);
  }
  return report(all);
}

async function main(): Promise<void> {
  const { data, detector, cache, weights } = args;
  if (!data) throw new Error('Which footage? Give its folder with --data DIR.');
  const { seed, threads } = numbers();
  const result =
    args.dataset === 'fights'
      ? { ...circumstances(), ...(await evaluateFights({ data, detector, seed, cache, threads, weights })) }
      : await evaluateSources(data);
  if (args.out) await writeFile(args.out, `${JSON.stringify(result, null, 1)}\n`);
}

main().catch((error) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
