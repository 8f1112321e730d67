/** One run of learning: normal footage into the detector's memory, then the fit. */
import { gapOf } from '../alerts/alert-settings';
import type { Detector, LearnedScene } from '../detectors/detector';
import type { FrameFeed } from '../engine/frame-feed';
import { runPipeline } from '../engine/pipeline';
import { liveBounds, pulledBounds } from '../engine/sampler';
import type { Frame, SourceInfo } from '../media/frame';
import { ViewLearner } from '../vision/scene-view';
import type { Messenger } from './messenger';
import type { Pictures } from './picture';
import type { StatusReporter } from './status-reporter';
import type { PauseLog } from './watch-run';

export interface LearnParts {
  detector: Detector;
  feed: FrameFeed;
  info: SourceInfo;
  /** What to learn from, in seconds: footage before `fromS` is passed over, `seconds` of it are taken; null takes all there is. */
  fromS: number;
  seconds: number | null;
  messenger: Messenger;
  pictures: Pictures;
  status: StatusReporter;
  pause: PauseLog;
  now(): number;
}

/** Share of the progress bar that belongs to collecting; the rest is the fit. */
const COLLECTING = 0.9;
/** Progress and picture are shown at most this often, in milliseconds. */
const SHOW_EVERY_MS = 90;

/** Learn; null when cancelled by the signal, with the scene known before still in use. Throws LearningError where the footage does not suffice. */
export async function runLearn(parts: LearnParts, signal: AbortSignal): Promise<LearnedScene | null> {
  const { detector } = parts;
  const previous = detector.scene;
  const look = new ViewLearner();
  detector.reset();
  try {
    if ((await collect(parts, look, signal)) === 'cancelled') {
      detector.cancelLearning();
      return null;
    }
    const learned = await detector.finishLearning(fitProgress(parts, signal));
    // A cancel that came while the fit was busy is heard now.
    await new Promise((resolve) => setTimeout(resolve));
    const scene = { ...learned, view: look.view() ?? undefined };
    detector.setScene(signal.aborted ? previous : scene);
    detector.reset();
    return signal.aborted ? null : scene;
  } catch (error) {
    detector.cancelLearning();
    if (!signal.aborted) throw error;
    detector.setScene(previous);
    detector.reset();
    return null;
  }
}

/** Tells how far the fit is and how long it still takes; gives it up once the signal is aborted. */
function fitProgress(parts: LearnParts, signal: AbortSignal): (fraction: number) => void {
  const startMs = parts.now();
  return (fraction) => {
    signal.throwIfAborted();
    const spentS = (parts.now() - startMs) / 1000;
    const remainingS = fraction > 0 ? (spentS * (1 - fraction)) / fraction : 0;
    void offerProgress(parts, COLLECTING + (1 - COLLECTING) * fraction, remainingS, null, null);
  };
}

/** Feed frames until enough have been taken. Time in which nobody watched does not count. */
async function collect(parts: LearnParts, look: ViewLearner, signal: AbortSignal): Promise<'enough' | 'cancelled'> {
  const { detector, info, now } = parts;
  const wantedS = parts.seconds ?? Math.max(0, (info.durationS ?? 0) - parts.fromS);
  const enough = new AbortController();
  const startMs = now();
  let shownMs = Number.NEGATIVE_INFINITY;
  let takenS = 0;
  let moving = 0;
  const { denseS, followsDevice } = info.live ? liveBounds : pulledBounds;
  await runPipeline({
    feed: parts.feed,
    bounds: { denseS, sparseS: denseS, followsDevice },
    signal: AbortSignal.any([signal, enough.signal]),
    isPaused: parts.pause.isPaused,
    now,
    async analyse(frame, { previousS, intervalS }) {
      if (frame.timeS < parts.fromS) return { motion: 0, score: 0 };
      const takenMs = now();
      // Nobody watched: what comes now is another clip, and the time between was not learned.
      if (previousS !== null && frame.timeS - previousS > gapOf(info.live)) detector.reset('gap');
      look.add(frame);
      const motion = await detector.learnStep(frame);
      moving += 0.1 * (motion - moving);
      if (previousS !== null) takenS += Math.min(1, Math.max(0, frame.timeS - Math.max(previousS, parts.fromS)));
      if (parts.seconds !== null && takenS >= parts.seconds) enough.abort();
      if (now() - shownMs >= SHOW_EVERY_MS) {
        shownMs = now();
        const leftS = wantedS - takenS;
        const remainingS = info.live ? leftS : ((shownMs - startMs) / 1000 / Math.max(takenS, 1e-3)) * leftS;
        await offerProgress(parts, (COLLECTING * takenS) / Math.max(wantedS, 1e-3), remainingS, moving, frame);
      }
      await parts.status.count({ latencyMs: now() - takenMs, intervalMs: intervalS * 1000 });
      return { motion, score: 0 };
    },
  });
  return signal.aborted ? 'cancelled' : 'enough';
}

async function offerProgress(
  parts: LearnParts,
  fraction: number,
  remainingS: number,
  moving: number | null,
  frame: Frame | null,
) {
  await parts.messenger.offer('learning', async () => ({
    type: 'learning',
    fraction: Math.min(1, fraction),
    remainingS: Math.max(0, remainingS),
    moving,
    picture: frame ? await parts.pictures.bitmap(frame) : null,
  }));
}
