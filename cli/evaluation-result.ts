/** The numbers of the protocol from scored clips, each with its interval. */

import type { PlantedManifest } from '../src/datasets/planted';
import { createRng, type Rng } from '../src/lib/rng';
import { alarmRates, countAlarms } from '../src/metrics/alarms';
import { bootstrapInterval, type Interval } from '../src/metrics/bootstrap';
import { concatenated, type LabelledClip, macroAuc, microAuc } from '../src/metrics/clip-auc';
import { mapAreas, summariseMaps } from '../src/metrics/map-criterion';
import {
  evidenceEdges,
  evidenceHistogram,
  histogramAuc,
  type PixelEvidence,
  pixelAuc,
  pixelCriterionScore,
} from '../src/metrics/pixel-auc';
import { averagePrecision } from '../src/metrics/precision-recall';
import { regionAreas, summariseRegions } from '../src/metrics/region-criterion';
import { mapRegions } from '../src/metrics/regions';
import { equalErrorRate, rocAuc, rocCurve } from '../src/metrics/roc';
import { randomScores, sineScores } from '../src/metrics/trivial-scorers';
import { meanOrNull } from './mean-or-null';
import type { ScoredClip } from './scored-clip';

/** Numbers by name; null where the footage does not allow one (no masks, no abnormal frame …). */
export type Numbers = Record<string, number | null>;

export interface EvaluationResult {
  numbers: Numbers;
  /** 95 %, by bootstrap over clips; null where there is one clip only. */
  intervals: Record<string, Interval | null>;
  /** Micro and macro AUC of scorers that know nothing. */
  trivial: Record<string, { microAuc: number | null; macroAuc: number | null }>;
  /** Planted footage only: micro AUC of each kind's frames against all normal frames. */
  perKind: Record<string, number | null>;
  perClip: {
    name: string;
    frames: number;
    abnormalFrames: number;
    auc: number | null;
    scores: number[];
    labels: string;
    /** What was planted in it, where something was. */
    events?: PlantedManifest['events'];
  }[];
}

/** Thresholds at which evidence maps are cut into regions. */
const MAP_LEVELS = 25;

/** Evaluate one source's test clips. `alertsPerHour` sets the threshold of alarms and delay. */
export function evaluateClips(
  clips: readonly ScoredClip[],
  seed: number,
  { alertsPerHour = 1, resamples = 1000 } = {},
): EvaluationResult {
  const rng = createRng(seed);
  const measures = [
    ...frameMeasures(clips, alertsPerHour),
    ...(clips.every(({ masked }) => masked) ? placeMeasures(clips) : []),
  ];
  const numbers: Numbers = Object.fromEntries(PLACE_NAMES.map((name) => [name, null]));
  const intervals: EvaluationResult['intervals'] = {};
  for (const { name, value, interval } of measures) {
    numbers[name] = finite(value);
    intervals[name] = interval(rng.fork(name), resamples);
  }
  return {
    numbers,
    intervals,
    trivial: trivialResults(clips, rng),
    perKind: kindResults(clips),
    perClip: clips.map(clipResult),
  };
}

interface Measure {
  name: string;
  value: number;
  interval: (rng: Rng, resamples: number) => Interval | null;
}

function measure<Clip>(
  name: string,
  clips: readonly Clip[],
  statistic: (clips: readonly Clip[]) => number,
  exact = statistic(clips),
): Measure {
  return { name, value: exact, interval: (rng, resamples) => bootstrapInterval(clips, statistic, rng, { resamples }) };
}

function frameMeasures(clips: readonly ScoredClip[], alertsPerHour: number): Measure[] {
  const joined = (value: (scores: Float64Array, labels: Uint8Array) => number) => (drawn: readonly ScoredClip[]) => {
    const { scores, labels } = concatenated(drawn);
    return value(scores, labels);
  };
  const alarms = clips.map((clip) => countAlarms({ ...clip, scores: clip.returnPeriodsS }, 3600 / alertsPerHour));
  return [
    measure('microAuc', clips, microAuc),
    measure('macroAuc', clips, macroAuc),
    measure(
      'eer',
      clips,
      joined((scores, labels) => equalErrorRate(rocCurve(scores, labels))),
    ),
    measure('averagePrecision', clips, joined(averagePrecision)),
    measure('falseAlarmsPerHour', alarms, (drawn) => alarmRates(drawn).falseAlarmsPerHour),
    measure('detectionDelayS', alarms, (drawn) => alarmRates(drawn).detectionDelayS),
    measure('detectedShare', alarms, (drawn) => alarmRates(drawn).detectedShare),
  ];
}

const PLACE_NAMES = ['pixelAuc', 'pixelCriterionAuc', 'rbdc', 'tbdc', 'objectRbdc', 'objectTbdc'];

/** `rbdc`, `tbdc`: regions of the evidence map; `objectRbdc`, `objectTbdc`: the detected objects' boxes. */
function placeMeasures(clips: readonly ScoredClip[]): Measure[] {
  const pixels = clips.map(({ frames }) => frames.flatMap((frame) => (frame.pixels ? [frame.pixels] : [])));
  const edges = evidenceEdges(pixels.flat());
  const histograms = pixels.map((frames) => evidenceHistogram(frames, edges));
  const criterion = pixels.map((frames) => {
    const scored = frames.map((frame) => pixelCriterionScore(frame));
    return { scores: scored.map(({ score }) => score), labels: scored.map(({ label }) => label) };
  });
  const levels = mapLevels(pixels.flat());
  const maps = clips.map(({ frames, width, height }) =>
    summariseMaps(
      frames.map(({ truth }) => truth),
      levels,
      (frame, threshold) => mapRegions(frames[frame].map, threshold, { width, height }),
    ),
  );
  const objects = clips.map(({ frames }) => summariseRegions(frames));
  return [
    measure('pixelAuc', histograms, histogramAuc, pixelAuc(pixels.flat())),
    measure('pixelCriterionAuc', criterion, microAuc),
    measure('rbdc', maps, (drawn) => mapAreas(drawn).rbdc),
    measure('tbdc', maps, (drawn) => mapAreas(drawn).tbdc),
    measure('objectRbdc', objects, (drawn) => regionAreas(drawn).rbdc),
    measure('objectTbdc', objects, (drawn) => regionAreas(drawn).tbdc),
  ];
}

/** Descending thresholds spread evenly over the ranks of the frames' largest evidence. */
function mapLevels(frames: readonly PixelEvidence[]): number[] {
  const peaks = Float64Array.from(frames, ({ values }) => values.reduce((a, b) => Math.max(a, b), 0)).sort();
  const levels = Array.from(
    { length: MAP_LEVELS },
    (_, level) => peaks[Math.floor(((level + 0.5) / MAP_LEVELS) * peaks.length)],
  );
  return [...new Set(levels)].filter((level) => level > 0).reverse();
}

function trivialResults(clips: readonly ScoredClip[], rng: Rng): EvaluationResult['trivial'] {
  const scored = (scores: (clip: ScoredClip) => ArrayLike<number>) => {
    const given: LabelledClip[] = clips.map((clip) => ({ ...clip, scores: scores(clip) }));
    return { microAuc: finite(microAuc(given)), macroAuc: finite(macroAuc(given)) };
  };
  const noise = rng.fork('random scorer');
  return {
    random: scored(({ scores }) => randomScores(scores.length, noise)),
    sine: scored(({ scores }) => sineScores(scores.length)),
    frameDifference: scored(({ energies }) => energies),
  };
}

function kindResults(clips: readonly ScoredClip[]): Record<string, number | null> {
  const kinds = new Set(clips.flatMap(({ manifest }) => manifest?.events.map(({ kind }) => kind) ?? []));
  const of = (kind: string) =>
    clips.map(({ scores, labels, timesS, manifest }) => {
      const events = manifest?.events.filter((event) => event.kind === kind) ?? [];
      const shown = timesS.map((time) =>
        events.some(({ startS, endS }) => time >= startS - 1e-6 && time < endS + 1e-6),
      );
      const counts = labels.map((label, frame) => !label || shown[frame]);
      return { scores: scores.filter((_, frame) => counts[frame]), labels: labels.filter((_, frame) => counts[frame]) };
    });
  return Object.fromEntries([...kinds].sort().map((kind) => [kind, finite(microAuc(of(kind)))]));
}

function clipResult({ name, scores, labels, manifest }: ScoredClip): EvaluationResult['perClip'][number] {
  return {
    name,
    frames: scores.length,
    abnormalFrames: labels.reduce((sum, label) => sum + label, 0),
    auc: finite(rocAuc(scores, labels)),
    scores: scores.map((score) => Math.round(score * 1e4) / 1e4),
    labels: labels.join(''),
    ...(manifest ? { events: manifest.events } : {}),
  };
}

const finite = (value: number) => (Number.isFinite(value) ? value : null);

/** The mean of each number over sources; null where one of them has none. */
export function meanNumbers(results: readonly EvaluationResult[]): Numbers {
  const names = Object.keys(results[0].numbers);
  const mean = (name: string) => meanOrNull(results.map(({ numbers }) => numbers[name]));
  return Object.fromEntries(names.map((name) => [name, mean(name)]));
}
