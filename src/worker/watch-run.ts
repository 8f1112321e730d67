/** One run of watching: each analysed frame judged, shown, and where it is rare, alerted. */
import { thresholdPeriodS } from '../alerts/alert-run';
import { gapOf } from '../alerts/alert-settings';
import { minuteOfWeek } from '../alerts/schedule';
import type { Detector } from '../detectors/detector';
import { attentionBytes, evidenceBytes } from '../engine/evidence-bytes';
import type { FrameFeed } from '../engine/frame-feed';
import { createGuardedDetector, type GuardedDetector, type Judgement } from '../engine/guarded-detector';
import { runPipeline } from '../engine/pipeline';
import { liveBounds, pulledBounds } from '../engine/sampler';
import type { Frame, SourceInfo } from '../media/frame';
import type { AlertKeeper } from './alert-keeper';
import type { FootageKeeper } from './footage-keeper';
import type { Messenger } from './messenger';
import type { Pictures } from './picture';
import type { AlertEvent, EngineMessage } from './protocol';
import { watchForSilence } from './silence-watch';
import type { StatusReporter } from './status-reporter';

export interface WatchParts {
  detector: Detector;
  feed: FrameFeed;
  info: SourceInfo;
  messenger: Messenger;
  pictures: Pictures;
  alerts: AlertKeeper;
  status: StatusReporter;
  /** Asked at each frame, since the user may change it. */
  alertsPerHour(): number;
  showsAttention(): boolean;
  pause: PauseLog;
  now(): number;
  /** Keeps the pictures as video; null where none are kept. */
  footage: FootageKeeper | null;
}

/** Whether the tab is hidden now, and whether it was since last asked. */
export interface PauseLog {
  isPaused(): boolean;
  wasPaused(): boolean;
}

type Gap = Extract<EngineMessage, { type: 'gap' }>;

/** What lasts may raise an alert while none of its moments is rare enough by itself: colours are full at moments this many times more common. */
const COLOURS_EARLY = 12;

/** Watch until the source ends or the signal is aborted; says which. */
export async function runWatch(parts: WatchParts, signal: AbortSignal): Promise<'ended' | 'stopped'> {
  const { detector, info, messenger, now } = parts;
  const progress = createProgress(info, messenger, now);
  const latency = createLatency(info.live);
  const silence = watchForSilence(parts);
  const guarded = createGuardedDetector(detector);
  return runPipeline({
    feed: silence.feed,
    signal,
    now,
    bounds: info.live ? liveBounds : pulledBounds,
    isPaused: parts.pause.isPaused,
    async analyse(frame, { intervalS, previousS }) {
      const why = parts.pause.wasPaused() ? 'hidden' : 'stalled';
      if (previousS !== null && frame.timeS - previousS > gapOf(info.live))
        await startAfterGap(parts, guarded, { fromS: previousS, toS: frame.timeS, why });
      const takenMs = now();
      const judgement = await guarded.step(frame);
      await parts.status.count({ latencyMs: latency(frame, takenMs, now()), intervalMs: intervalS * 1000 });
      await show(parts, frame, judgement, intervalS);
      await progress(frame.timeS);
      return { motion: judgement.observation.motion, score: judgement.observation.score };
    },
  }).finally(async () => {
    silence.stop();
    await closeAlert(parts); // also where the source broke off
  });
}

async function closeAlert(parts: WatchParts): Promise<void> {
  await raise(parts, parts.alerts.finish());
}

async function raise({ messenger, footage }: WatchParts, events: AlertEvent[]): Promise<void> {
  for (const event of events) {
    footage?.alert(event);
    await messenger.send({ type: 'alert', event });
  }
}

/** Nobody watched: an alert ends before the gap, tracks are not followed across it. */
async function startAfterGap(parts: WatchParts, guarded: GuardedDetector, gap: Omit<Gap, 'type'>): Promise<void> {
  await closeAlert(parts);
  guarded.reset();
  await parts.messenger.send({ type: 'gap', ...gap });
}

async function show(
  parts: WatchParts,
  frame: Frame,
  { observation, moment }: Judgement,
  intervalS: number,
): Promise<void> {
  const { detector, messenger } = parts;
  const { evidence, attention } = observation;
  if (parts.info.live) moment.localMinute = minuteOfWeek(new Date());
  const alertRaw = detector.rawAt(thresholdPeriodS(parts.alertsPerHour()) / COLOURS_EARLY);
  await messenger.send({
    type: 'observed',
    frame: {
      moment,
      intervalMs: intervalS * 1000,
      picture: parts.info.live ? await parts.pictures.bitmap(frame) : null,
      evidence: evidenceBytes(evidence, alertRaw),
      attention: attention && parts.showsAttention() ? attentionBytes(attention) : null,
    },
  });
  parts.footage?.frame(frame);
  await raise(parts, await parts.alerts.step(moment, frame));
}

/** Position and time left in a source with an end; sent at most four times a second. */
function createProgress({ durationS }: SourceInfo, messenger: Messenger, now: () => number) {
  const startMs = now();
  let sentMs = Number.NEGATIVE_INFINITY;
  return async (timeS: number) => {
    if (durationS === null || now() - sentMs < 250) return;
    sentMs = now();
    const speed = timeS / Math.max(1e-3, (sentMs - startMs) / 1000);
    const remainingS = speed > 0 ? Math.max(0, durationS - timeS) / speed : 0;
    await messenger.offer('progress', () => ({ type: 'progress', timeS, durationS, remainingS }));
  };
}

/**
 * From a frame's capture to its score, in milliseconds. A live frame's stamp counts from the start of the source, so the
 * fastest delivery seen stands for no delay at all; a pulled frame's capture is when it was taken.
 */
function createLatency(live: boolean) {
  let originMs = Number.POSITIVE_INFINITY;
  return (frame: Frame, takenMs: number, scoredMs: number) => {
    if (!live) return scoredMs - takenMs;
    originMs = Math.min(originMs, takenMs - frame.timeS * 1000);
    return scoredMs - (originMs + frame.timeS * 1000);
  };
}
