/** All the Watch page shows, as plain data; `worker-messages.ts` folds the engine's messages into it. */
import { createStore } from 'zustand/vanilla';
import { defaultSceneRules, type SceneRules, type Snooze } from '../alerts/alert-settings';
import type { Exception } from '../alerts/exception';
import { type DetectorName, defaultDetector } from '../detectors/catalogue';
import type { LearnedScene } from '../detectors/detector';
import type { SourceInfo } from '../media/frame';
import type { Overlay } from '../storage/preferences';
import type { AlertEvent, EngineStatus } from '../worker/protocol';

export type Phase =
  | 'empty'
  | 'asking-permission'
  | 'loading'
  | 'opened'
  | 'learning'
  | 'watching'
  | 'paused'
  | 'ended'
  | 'error';

export interface TimelinePoint {
  timeS: number;
  score: number;
  returnPeriodS: number;
}

export interface TimelineGap {
  fromS: number;
  toS: number;
  why: string;
}

export interface WatchState {
  phase: Phase;
  /** One clear sentence with what to do; null where nothing is wrong. */
  error: { code: string; message: string } | null;
  /** A passing remark: fallback backend, rebuilding, storage full. */
  notice: string | null;
  loading: { fraction: number; step: string };
  /** `moving` is null once enough was seen and is being worked out. */
  learning: { fraction: number; remainingS: number; moving: number | null };
  source: SourceInfo | null;
  /** The scene in use; null before one is learned, and while only what was learned in advance counts. */
  scene: LearnedScene | null;
  /** Scenes that this detector learned of this source, newest first. */
  savedScenes: { id: string; savedAt: number; durationS: number }[];
  status: EngineStatus;
  /** Latest calibrated score 0…1 and its return period; null before the first. */
  now: { score: number; returnPeriodS: number; reasons: string[] } | null;
  /** Decimated to at most about 2,000 points, peaks kept. */
  timeline: TimelinePoint[];
  gaps: TimelineGap[];
  alerts: AlertEvent[];
  progress: { timeS: number; durationS: number; remainingS: number } | null;
  alertsPerHour: number;
  /** What else raises alerts on this source. */
  sceneRules: SceneRules;
  /** No alerts at these times of the session. */
  snoozes: Snooze[];
  /** What the user called normal on this source. */
  exceptions: Exception[];
  overlay: Overlay;
  /** The detector in use, or to be used with the next source. */
  detector: DetectorName;
  /** The detector whose judgement is shown; null before there is any. */
  judgedBy: DetectorName | null;
}

export const emptyStatus: EngineStatus = {
  backend: null,
  analysedFps: 0,
  dropped: 0,
  latencyMs: 0,
  intervalMs: 0,
  keyFps: 0,
  tensors: 0,
};

export const initialWatchState: WatchState = {
  phase: 'empty',
  error: null,
  notice: null,
  loading: { fraction: 0, step: '' },
  learning: { fraction: 0, remainingS: 0, moving: 0 },
  source: null,
  scene: null,
  savedScenes: [],
  status: emptyStatus,
  now: null,
  timeline: [],
  gaps: [],
  alerts: [],
  progress: null,
  alertsPerHour: 1,
  sceneRules: defaultSceneRules,
  snoozes: [],
  exceptions: [],
  overlay: { heat: 'evidence', attentionOf: null, boxes: true, opacity: 0.6 },
  detector: defaultDetector,
  judgedBy: null,
};

export const createWatchStore = () => createStore<WatchState>(() => initialWatchState);
export type WatchStore = ReturnType<typeof createWatchStore>;
