/** One thread of a batch: learns a scene, watches a video, reports. */
import { parentPort } from 'node:worker_threads';
import { replayAlerts } from '../src/alerts/alert-rules';
import { gapOf } from '../src/alerts/alert-settings';
import type { Moment } from '../src/alerts/moment';
import { createReport, type Report } from '../src/alerts/report';
import type { Detector, LearnedScene } from '../src/detectors/detector';
import type { FrameFeed } from '../src/engine/frame-feed';
import { createGuardedDetector } from '../src/engine/guarded-detector';
import { runPipeline } from '../src/engine/pipeline';
import { pulledBounds } from '../src/engine/sampler';
import { probeFootage, readFrames } from './decode';
import { createDetector } from './detector-tools';
import type { FootageInfo } from './footage';

/** Seconds of the footage; all of it where left out. */
export interface TimeRange {
  fromS: number;
  toS: number;
}

export type AnalysisJob =
  | { kind: 'learn'; detector: string; path: string; range: TimeRange | null }
  | { kind: 'watch'; detector: string; path: string; alertsPerHour: number; normal: LearnedScene | TimeRange };

/** A file's report, or the sentence that says why there is none: one bad file does not end the batch. */
export type Watched = { path: string; report: Report } | { path: string; problem: string };

const made = new Map<string, Promise<Detector>>();

function detectorNamed(name: string): Promise<Detector> {
  const detector = made.get(name) ?? createDetector(name);
  made.set(name, detector);
  return detector;
}

async function learn(
  detector: Detector,
  path: string,
  range: TimeRange | null,
  onProgress: (share: number) => void,
): Promise<LearnedScene> {
  const info = await probeFootage(path);
  const { fromS, toS } = range ?? { fromS: 0, toS: info.durationS };
  if (fromS >= info.durationS)
    throw new Error(
      `${path} lasts ${info.durationS.toFixed(1)} s, so ${fromS}…${toS} s holds nothing to learn; choose a range inside it.`,
    );
  const at = (timeS: number) => info.timesS.findIndex((time) => time >= timeS);
  const to = at(toS);
  // What an earlier file left behind when it broke off must not be learned with this one.
  detector.cancelLearning();
  detector.reset();
  await runPipeline({
    feed: feedOf(info, { from: at(fromS), to: to < 0 ? undefined : to }),
    bounds: { ...pulledBounds, sparseS: pulledBounds.denseS },
    signal: new AbortController().signal,
    async analyse(frame) {
      const motion = await detector.learnStep(frame);
      onProgress((frame.timeS - fromS) / (Math.min(toS, info.durationS) - fromS));
      return { motion, score: 0 };
    },
  });
  return detector.finishLearning();
}

async function watch(job: AnalysisJob & { kind: 'watch' }, onProgress: (share: number) => void): Promise<Report> {
  const detector = await detectorNamed(job.detector);
  const own = 'fromS' in job.normal;
  const scene =
    'fromS' in job.normal
      ? await learn(detector, job.path, job.normal, (share) => onProgress(0.4 * share))
      : job.normal;
  const info = await probeFootage(job.path);
  const frames: (Moment & { intervalMs: number })[] = [];
  detector.setScene(scene);
  detector.reset();
  const guarded = createGuardedDetector(detector);
  await runPipeline({
    feed: feedOf(info, {}),
    bounds: pulledBounds,
    signal: new AbortController().signal,
    async analyse(frame, { intervalS }) {
      const { observation, moment } = await guarded.step(frame);
      frames.push({ ...moment, intervalMs: intervalS * 1000 });
      onProgress((own ? 0.4 : 0) + ((own ? 0.6 : 1) * frame.timeS) / info.durationS);
      return { motion: observation.motion, score: moment.score };
    },
  });
  return createReport({
    source: {
      kind: info.kind === 'images' ? 'images' : 'file',
      name: info.name,
      width: info.width,
      height: info.height,
      durationS: info.durationS,
    },
    detector: job.detector,
    backend: 'wasm',
    calibration: { learnedDurationS: scene.durationS, learnedFrames: scene.frames, alertsPerHour: job.alertsPerHour },
    gaps: [],
    frames,
    alerts: replayAlerts(frames, { perHour: job.alertsPerHour, gapS: gapOf(false) }),
  });
}

function feedOf(info: FootageInfo, range: { from?: number; to?: number }): FrameFeed {
  const frames = readFrames(info, range);
  return { next: async (signal) => (signal.aborted ? null : ((await frames.next()).value ?? null)) };
}

async function answer(job: AnalysisJob, onProgress: (share: number) => void): Promise<LearnedScene | Watched> {
  if (job.kind === 'learn') return learn(await detectorNamed(job.detector), job.path, job.range, onProgress);
  return watch(job, onProgress).then(
    (report) => ({ path: job.path, report }),
    (error) => ({ path: job.path, problem: error instanceof Error ? error.message : String(error) }),
  );
}

parentPort?.on('message', (job: AnalysisJob) => {
  answer(job, (progress) => parentPort?.postMessage({ progress })).then(
    (result) => parentPort?.postMessage({ result }),
    (error) => parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) }),
  );
});
