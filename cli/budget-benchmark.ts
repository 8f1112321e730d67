/** Promised against realised false alarms: normal footage that was kept out of learning, through the alert rules at several budgets. */
import { replayAlerts } from '../src/alerts/alert-rules';
import type { Moment } from '../src/alerts/moment';
import type { Detector, LearnedScene, Observation } from '../src/detectors/detector';
import { DEMO_SEED } from '../src/media/synthetic/demo';
import type { Interval } from '../src/metrics/bootstrap';
import { eventRate } from '../src/metrics/event-rate';
import { clipRef, listFootage } from './dataset';
import { watchPlaza } from './demo-round';
import type { EvaluationJob } from './evaluate.worker';
import { evaluationDetector } from './evaluation-detector';
import type { ExtractedClip } from './extracted-clip';
import { runJobs } from './worker-pool';

/** Alerts per hour that are promised. */
export const BUDGETS = [1, 6];
const DETECTOR = 'hybrid';
const ANALYSED_FPS = 10;
/** Fewer clips than this cannot be halved into one part to learn and one to watch. */
const FEWEST_CLIPS = 4;
const WORKER = new URL('./evaluate.worker.ts', import.meta.url);

/** What one budget brought on one place's normal footage. */
export interface BudgetOutcome {
  promisedPerHour: number;
  alerts: number;
  realisedPerHour: number;
  /** 95 %, exact for a Poisson process. */
  interval: Interval;
}

/** Moments of normal clips, each with times of its own, replayed at every budget; false alarms are all there can be. */
export function budgetOutcomes(clips: readonly (readonly Moment[])[], budgets = BUDGETS) {
  const seconds = clips.reduce((sum, moments) => sum + moments[moments.length - 1].timeS - moments[0].timeS, 0);
  const hours = seconds / 3600;
  const outcomes = budgets.map((perHour): BudgetOutcome => {
    const alerts = clips.reduce((sum, moments) => sum + replayAlerts(moments, { perHour }).length, 0);
    const { perHour: realisedPerHour, interval } = eventRate(alerts, hours);
    return { promisedPerHour: perHour, alerts, realisedPerHour, interval };
  });
  return { hours, outcomes };
}

/** The demo's plaza on other minutes than those it was learned on, judged with the scene that ships. */
export async function plazaBudget(
  detector: Detector,
  { fromS, minutes, onProgress }: { fromS: number; minutes: number; onProgress(timeS: number): void },
) {
  const options = { seed: DEMO_SEED, fps: ANALYSED_FPS, durationS: 60 * minutes, startS: fromS };
  const frames = await watchPlaza(detector, { ...options, anomalies: 'none' }, onProgress);
  return budgetOutcomes([frames.map(({ moment }) => moment)]);
}

/** A folder of normal clips of one camera: learned on every second one, watched on the others, and the other way round. */
export async function footageBudget(
  folder: string,
  { cache, threads, onProgress }: { cache?: string; threads: number; onProgress(done: number, all: number): void },
) {
  const paths = await listFootage(folder);
  if (paths.length < FEWEST_CLIPS)
    throw new Error(`${folder} holds ${paths.length} clips; at least ${FEWEST_CLIPS} of one camera are needed.`);
  const jobs = paths.map(
    (path): EvaluationJob => ({ kind: 'extract', detector: DETECTOR, clip: clipRef(path), cache }),
  );
  const clips = await runJobs<EvaluationJob, ExtractedClip>(WORKER, jobs, threads, (done) =>
    onProgress(done, jobs.length),
  );
  const features = clips.map(({ frames }) => frames.map((frame) => frame.features));
  const half = (rest: number) => features.filter((_, index) => index % 2 === rest);
  const watched = async (learned: unknown[][], held: unknown[][]) =>
    momentsOf(await evaluationDetector(DETECTOR).fit(learned, 1), held);
  return budgetOutcomes([...(await watched(half(0), half(1))), ...(await watched(half(1), half(0)))]);
}

async function momentsOf(scene: LearnedScene, clips: readonly unknown[][]): Promise<Moment[][]> {
  const moments: Moment[][] = [];
  for (const clip of clips) {
    const judge = await evaluationDetector(DETECTOR).createJudge(scene);
    const judged: Observation[] = [];
    for (const features of clip) judged.push(await judge.step(features));
    moments.push(judged.map(({ evidence: _evidence, motion: _motion, ...moment }) => moment));
  }
  return moments;
}
