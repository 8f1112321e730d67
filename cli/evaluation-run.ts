/** A data set's scenes, and a detector evaluated on each: learn on normal clips, score the others. */
import type { SceneSurvey } from '../src/datasets/scene-survey';
import type { ClipRef } from './clip';
import { type EvaluationSource, type PlantableSource, ped2Source, plantableSources } from './dataset';
import type { EvaluationJob } from './evaluate.worker';
import { evaluationDetector } from './evaluation-detector';
import { type EvaluationResult, evaluateClips } from './evaluation-result';
import type { ExtractedClip } from './extracted-clip';
import { folderSource } from './folder-dataset';
import { progressBar } from './progress-bar';
import type { ScoredClip } from './scored-clip';
import { runJobs } from './worker-pool';

const WORKER = new URL('./evaluate.worker.ts', import.meta.url);

export interface EvaluationRun {
  dataset: string | undefined;
  /** Folder; several for `planted`, separated by commas. */
  data: string;
  seed: number;
  threads: number;
  alertsPerHour: number;
  /** Folder of what was extracted before. */
  cache: string | undefined;
  /** Names of the test clips that are wanted, or parts of the videos' names for `planted`; all where not given. */
  clips: string[] | undefined;
}

/** One scene's result. */
export interface SourceResult {
  source: string;
  result: EvaluationResult;
  /** Per thread; null where features kept of an earlier run were used. */
  analysedFps: number | null;
  learnS: number;
}

/** The scenes of the data set. Throws where there is no such data set. */
export async function loadSources(run: EvaluationRun): Promise<EvaluationSource[]> {
  const { dataset, data } = run;
  if (dataset === 'ped2') return [await ped2Source(data)];
  if (dataset === 'folder') return [await folderSource(data)];
  if (dataset === 'planted') {
    const found = await Promise.all(data.split(',').map(plantableSources));
    return plantedSources(found.flat(), run);
  }
  throw new Error(`--dataset must be ped2, planted or folder here, not ${dataset ?? 'missing'}.`);
}

/** Survey each source's normal footage, then give each held-out clip a seed to plant by. */
async function plantedSources(sources: PlantableSource[], run: EvaluationRun): Promise<EvaluationSource[]> {
  const { clips, seed } = run;
  const wanted = sources.filter(({ name }) => !clips || clips.some((part) => name.includes(part)));
  if (!wanted.length)
    throw new Error(`No footage has ${clips} in its name; there are ${sources.map(({ name }) => name).join(', ')}.`);
  const surveys = await jobs<SceneSurvey>(
    run,
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

/** Throws where none of the wanted clips is there. */
export async function evaluateSource(
  detector: string,
  source: EvaluationSource,
  run: EvaluationRun,
): Promise<SourceResult> {
  const { dataset, clips, cache, seed, alertsPerHour } = run;
  const filter = dataset === 'planted' ? undefined : clips;
  const tests = filter ? source.test.filter(({ name }) => filter.includes(name)) : source.test;
  if (!tests.length)
    throw new Error(
      `No test clip of ${source.name} is named ${filter}; there are ${source.test.map(({ name }) => name).join(', ')}.`,
    );
  console.error(`${source.name}: learning on ${source.train.length} clips, scoring ${tests.length}`);
  const extract = (clip: ClipRef): EvaluationJob => ({ kind: 'extract', detector, clip, cache });
  const extracted = await jobs<ExtractedClip>(run, 'Analysing', [...source.train, ...tests].map(extract));
  const learned = extracted.slice(0, source.train.length).map((clip) => clip.frames.map(({ features }) => features));
  const started = performance.now();
  const scene = await evaluationDetector(detector).fit(learned, seed);
  const learnS = (performance.now() - started) / 1000;
  const score = (clip: ExtractedClip): EvaluationJob => ({ kind: 'score', detector, clip, scene });
  const scored = await jobs<ScoredClip>(run, 'Scoring', extracted.slice(source.train.length).map(score));
  return {
    source: source.name,
    result: evaluateClips(scored, seed, { alertsPerHour }),
    analysedFps: analysedFps(scored),
    learnS,
  };
}

function analysedFps(clips: readonly ScoredClip[]): number | null {
  let [frames, seconds] = [0, 0];
  for (const { analysedFrames, analysisS } of clips) {
    if (analysisS === null) return null;
    frames += analysedFrames;
    seconds += analysisS;
  }
  return frames / seconds;
}

function jobs<Result>({ threads }: EvaluationRun, label: string, list: EvaluationJob[]): Promise<Result[]> {
  const update = progressBar(label.padEnd(12), list.length);
  update(0);
  return runJobs<EvaluationJob, Result>(WORKER, list, threads, update);
}
