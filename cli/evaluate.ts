/**
 * npm run evaluate -- --dataset ped2|planted|folder|fights --data DIR --detector hybrid [--out FILE] [--seed N] [--clips A,B]
 *   [--cache DIR] [--threads N] [--alerts-per-hour N] [--weights DIR]
 * `planted` takes several folders, separated by commas. Learns on normal clips, scores the others, prints the protocol's table and writes it as JSON.
 * `fights` cross-validates a judge of labelled clips, or with --weights judges them by a stored one.
 */
import { writeFile } from 'node:fs/promises';
import { availableParallelism, cpus } from 'node:os';
import { parseArgs } from 'node:util';
import type { SceneSurvey } from '../src/datasets/scene-survey';
import type { ClipRef } from './clip';
import { type EvaluationSource, type PlantableSource, ped2Source, plantableSources } from './dataset';
import type { EvaluationJob } from './evaluate.worker';
import { evaluateFights } from './evaluate-fights';
import { evaluationDetector } from './evaluation-detector';
import { type EvaluationResult, evaluateClips, meanNumbers } from './evaluation-result';
import { resultTable } from './evaluation-table';
import { type ExtractedClip, LEAST_INTERVAL_S } from './extracted-clip';
import { folderSource } from './folder-dataset';
import { progressBar } from './progress-bar';
import { CAVEATS } from './result-tables';
import type { ScoredClip } from './scored-clip';
import { spokenCommand } from './spoken-command';
import { runJobs } from './worker-pool';

const WORKER = new URL('./evaluate.worker.ts', import.meta.url);

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

const seed = Number(args.seed);
const threads = Number(args.threads);
const alertsPerHour = Number(args['alerts-per-hour']);

function jobs<Result>(label: string, list: EvaluationJob[]): Promise<Result[]> {
  const update = progressBar(label.padEnd(12), list.length);
  update(0);
  return runJobs<EvaluationJob, Result>(WORKER, list, threads, update);
}

async function loadSources(data: string): Promise<EvaluationSource[]> {
  if (args.dataset === 'ped2') return [await ped2Source(data)];
  if (args.dataset === 'folder') return [await folderSource(data)];
  if (args.dataset === 'planted') {
    const found = await Promise.all(data.split(',').map(plantableSources));
    return plantedSources(found.flat());
  }
  throw new Error(`--dataset must be ped2, planted, folder or fights, not ${args.dataset ?? 'missing'}.`);
}

/** Survey each source's normal footage, then give each held-out clip a seed to plant by. */
async function plantedSources(sources: PlantableSource[]): Promise<EvaluationSource[]> {
  const wanted = sources.filter(({ name }) => !args.clips || args.clips.split(',').some((part) => name.includes(part)));
  const surveys = await jobs<SceneSurvey>(
    'Surveying',
    wanted.map(({ train }) => ({ kind: 'survey', clips: train })),
  );
  return wanted.map(({ name, train, held }, source) => ({
    name,
    train,
    test: held.map((clip, index) => ({
      ...clip,
      name: `${clip.name}#${index + 1}`,
      truth: { kind: 'planted', survey: surveys[source], seed: seed * 1000 + index },
    })),
  }));
}

async function evaluateSource(source: EvaluationSource) {
  const detector = args.detector;
  const filter = args.dataset === 'planted' ? undefined : args.clips?.split(',');
  const tests = filter ? source.test.filter(({ name }) => filter.includes(name)) : source.test;
  if (!tests.length)
    throw new Error(
      `No test clip of ${source.name} is named ${args.clips}; there are ${source.test.map(({ name }) => name).join(', ')}.`,
    );
  console.error(`${source.name}: learning on ${source.train.length} clips, scoring ${tests.length}`);
  const extract = (clip: ClipRef): EvaluationJob => ({ kind: 'extract', detector, clip, cache: args.cache });
  const extracted = await jobs<ExtractedClip>('Analysing', [...source.train, ...tests].map(extract));
  const learned = extracted.slice(0, source.train.length).map((clip) => clip.frames.map(({ features }) => features));
  const started = performance.now();
  const scene = await evaluationDetector(detector).fit(learned, seed);
  const learnS = (performance.now() - started) / 1000;
  const score = (clip: ExtractedClip): EvaluationJob => ({ kind: 'score', detector, clip, scene });
  const scored = await jobs<ScoredClip>('Scoring', extracted.slice(source.train.length).map(score));
  const frames = scored.reduce((sum, clip) => sum + clip.analysedFrames, 0);
  const seconds = scored.reduce((sum, clip) => sum + clip.analysisS, 0);
  return {
    result: evaluateClips(scored, seed, { alertsPerHour }),
    analysedFps: frames / seconds,
    learnS,
    source: source.name,
  };
}

type SourceResult = Awaited<ReturnType<typeof evaluateSource>>;

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
    analysedFps: all.reduce((sum, { analysedFps }) => sum + analysedFps, 0) / all.length,
  };
  const { config } = evaluationDetector(args.detector);
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
  machine: `${cpus()[0]?.model ?? 'unknown processor'}, ${threads} threads, Node ${process.versions.node}, WASM`,
  command: spokenCommand('evaluate', tokens),
  date: new Date().toISOString().slice(0, 10),
});

/** Scenes of their own, each learned and scored. */
async function evaluateSources(data: string) {
  evaluationDetector(args.detector);
  const all: SourceResult[] = [];
  for (const source of await loadSources(data)) {
    const one = await evaluateSource(source);
    console.log(resultTable(source.name, one.result, one.analysedFps));
    all.push(one);
  }
  return report(all);
}

async function main(): Promise<void> {
  const { data, detector, cache, weights } = args;
  if (!data) throw new Error('Which footage? Give its folder with --data DIR.');
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
