/** The states of the Watch page by name. */

import type { SourceInfo } from '../../media/frame';
import { initialWatchState, type WatchState } from '../../state/watch-store';
import type { AlertEvent, EngineStatus } from '../../worker/protocol';
import { rarityOfPeriod } from '../words/return-period';
import { HEIGHT, momentAt, thumbnailAt, WIDTH } from './plaza';

export interface Story {
  /** True where the source is a recording that the page plays. */
  file: boolean;
  state: () => Promise<WatchState>;
  /** Stories of the cameras beside it on the wall. */
  beside?: string[];
}

const webcam: SourceInfo = {
  kind: 'webcam',
  name: 'Yard camera (USB 2.0)',
  id: 'yard',
  width: WIDTH,
  height: HEIGHT,
  durationS: null,
  live: true,
};
const recording: SourceInfo = {
  ...webcam,
  kind: 'file',
  name: '2025-06-14 front door.mp4',
  durationS: 754,
  live: false,
};

const status: EngineStatus = {
  backend: { backend: 'webgpu', reason: 'WebGPU is available; using the GPU.', threads: 1 },
  analysedFps: 14.2,
  dropped: 3,
  latencyMs: 64,
  intervalMs: 70,
  keyFps: 2,
  tensors: 112,
};
const fallback: EngineStatus = {
  ...status,
  backend: {
    backend: 'wasm',
    reason: 'WebGPU is not available in this browser; using WebAssembly (SIMD, 2 threads).',
    threads: 2,
  },
};

/** A wandering rarity with a few peaks: points every `stepS` seconds up to `untilS`, none between 200 and 260 s. */
const timeline = (untilS: number, stepS = 0.5) =>
  Array.from({ length: Math.floor(untilS / stepS) }, (_, index) => index * stepS)
    .filter((timeS) => timeS < 200 || timeS > 260)
    .map((timeS) => {
      const peak = [87, 318, 561].reduce((sum, at) => sum + Math.exp(-(((timeS - at) / 6) ** 2)), 0);
      const noise = Math.abs(Math.sin(timeS * 1.7) * Math.sin(timeS * 0.37 + 1) * Math.sin(timeS * 5.1));
      const returnPeriodS = 2 + 60 * noise ** 2 + 9000 * peak;
      return { timeS, returnPeriodS, score: rarityOfPeriod(returnPeriodS) };
    });

async function alert(startS: number, severity: AlertEvent['severity'], text: string, periodS: number, open = false) {
  const peak = { ...momentAt(startS), returnPeriodS: periodS, reasons: [{ cue: 'speed', text, weight: 1 }] };
  const endS = open ? null : startS + 7;
  return {
    id: String(startS),
    kind: 'unusual' as const,
    zone: null,
    startS: startS - 3,
    endS,
    peak,
    severity,
    thumbnail: await thumbnailAt(startS),
  };
}

const alerts = () =>
  Promise.all([
    alert(87, 'notice', 'stands still for 42 s where people pass', 4000),
    alert(318, 'warning', 'comes against the stream of this place', 9000),
    alert(561, 'critical', 'moves 3.1× faster than anything seen in this place', 90_000, true),
  ]);

const learned = {
  detector: 'hybrid',
  version: 1,
  width: WIDTH,
  height: HEIGHT,
  durationS: 120,
  frames: 1440,
  model: null,
};

async function watching(change: Partial<WatchState> = {}): Promise<WatchState> {
  return {
    ...initialWatchState,
    phase: 'watching',
    source: webcam,
    status,
    timeline: timeline(580),
    gaps: [{ fromS: 200, toS: 260, why: 'hidden' }],
    alerts: await alerts(),
    scene: learned,
    judgedBy: change.detector ?? 'hybrid',
    ...change,
  };
}

const plain = (change: Partial<WatchState>, file = false): Story => ({
  file,
  state: async () => ({ ...initialWatchState, status, ...change }),
});
const judged = (change: Partial<WatchState> = {}, file = false): Story => ({ file, state: () => watching(change) });

const savedScenes = [{ id: 's1', savedAt: Date.UTC(2025, 5, 14, 8, 30), durationS: 120 }];
const longName = `${'a very long name of a recording '.repeat(4)}.mp4`;

export const stories: Record<string, Story> = {
  empty: plain({}),
  asking: plain({ phase: 'asking-permission' }),
  loading: plain({ phase: 'loading', loading: { fraction: 0.62, step: 'Compiling shaders' } }),
  'opened-live': plain({ phase: 'opened', source: webcam, savedScenes }),
  'opened-network': plain({ phase: 'opened', source: webcam, detector: 'stadnet' }),
  'opened-file': plain({ phase: 'opened', source: recording }, true),
  learning: plain({
    phase: 'learning',
    source: webcam,
    learning: { fraction: 0.37, remainingS: 76, moving: 0.04 },
  }),
  'learning-fit': plain({
    phase: 'learning',
    source: webcam,
    learning: { fraction: 0.93, remainingS: 8, moving: null },
  }),
  'learning-still': plain({
    phase: 'learning',
    source: webcam,
    learning: { fraction: 0.37, remainingS: 76, moving: 0 },
  }),
  watching: judged(),
  attention: judged({ detector: 'stadnet', overlay: { ...initialWatchState.overlay, heat: 'attention' } }),
  unlearned: judged({ detector: 'stadnet', scene: null }),
  'watching-first': judged({ timeline: timeline(4), gaps: [], alerts: [] }),
  'watching-file': judged(
    { source: recording, gaps: [], progress: { timeS: 580, durationS: 754, remainingS: 41 } },
    true,
  ),
  fallback: judged({ status: fallback, notice: fallback.backend?.reason ?? null }),
  paused: judged({ phase: 'paused' }),
  ended: judged({ phase: 'ended', source: { ...recording, name: longName } }, true),
  'error-camera': plain({
    phase: 'error',
    error: {
      code: 'permission-denied',
      message: 'Allow the camera for this page in the browser’s address bar, then start again.',
    },
  }),
  'error-file': plain({
    phase: 'error',
    error: { code: 'not-a-video', message: '“letter.mp4” is not a video file. Choose an MP4, MOV, WebM or MKV file.' },
  }),
  'error-beside': judged({
    error: { code: 'storage', message: 'The browser’s storage is full, so this scene was not saved. Free some space.' },
  }),
  wall: { ...judged({ timeline: timeline(580) }), beside: ['opened-live', 'empty'] },
  'wall-two': { ...judged(), beside: ['learning'] },
  'wall-four': { ...judged(), beside: ['watching-first', 'ended', 'error-camera'] },
};
