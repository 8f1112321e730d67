/**
 * What the page and the engine worker say to each other.
 *
 *            load            open             learn              watch
 *   idle ──► loading ──► ready ──► opened ──► learning ──► opened ──► watching ──► ended
 *                                    ▲            │ cancel              │  ▲
 *                                    └────────────┘             pause ▼  │ resume
 *                                    ▲  stop (from any state)         paused
 *   any ──► failed (the message says what to do; `load` starts again)
 *
 * Every call is answered (comlink) and every message is acknowledged before the next one of its kind is sent: the
 * listener's promise is the acknowledgement, so a slow page slows the engine and no queue grows.
 */
import type { Alert } from '../alerts/alert-rules';
import type { AlertOptions } from '../alerts/alert-settings';
import type { Moment } from '../alerts/moment';
import type { LearnedScene } from '../detectors/detector';
import type { BackendChoice, BackendInfo } from '../engine/backend';
import type { AttentionBytes, EvidenceBytes } from '../engine/evidence-bytes';
import type { SourceInfo } from '../media/frame';
import type { SourceRequest } from '../media/open-source';
import type { TensorSeats } from './tensor-pool';

export type { BackendChoice, BackendInfo, SourceRequest };

/** How to learn: a time span of a live source, or a range of a file, or another file as the normal example. */
export type LearnPlan =
  | { kind: 'live'; seconds: number }
  | { kind: 'range'; fromS: number; toS: number }
  | { kind: 'example'; file: File };

export interface EngineStatus {
  backend: BackendInfo | null;
  analysedFps: number;
  dropped: number;
  /** From a frame's capture to its score, milliseconds. */
  latencyMs: number;
  /** Present interval between analysed frames, milliseconds (adaptive). */
  intervalMs: number;
  /** Key frames on which objects were found, per second. */
  keyFps: number;
  tensors: number;
}

/** One analysed frame on its way to the screen. Bitmap and maps are transferred. */
export interface ObservedFrame {
  moment: Moment;
  intervalMs: number;
  /** The analysed picture; null for files, which the page plays itself. */
  picture: ImageBitmap | null;
  /** Evidence per cell as 0…255: 0 ordinary, 128 where the screen highlights (see COLOURS_EARLY in `watch-run`), 255 at twice that score. */
  evidence: EvidenceBytes;
  /** Null while it is not shown, and of a detector that has none. */
  attention: AttentionBytes | null;
}

/** An alert: a run of moments rarer than the alert budget allows. */
export interface AlertEvent extends Alert {
  /** JPEG of its peak, or of the moment it was raised; null before it is made. */
  thumbnail: Blob | null;
}

export type EngineMessage =
  | { type: 'loading'; fraction: number; step: string }
  | { type: 'status'; status: EngineStatus }
  /** A live source that is open and neither learned nor watched: only its picture. */
  | { type: 'preview'; timeS: number; picture: ImageBitmap }
  /** `moving`: share of the picture that moves, 0…1; null once enough was seen and is being worked out. */
  | { type: 'learning'; fraction: number; remainingS: number; moving: number | null; picture: ImageBitmap | null }
  | { type: 'learned'; scene: LearnedScene }
  | { type: 'observed'; frame: ObservedFrame }
  /** Position in a pulled source: analysed up to `timeS`, about `remainingS` seconds of work left. */
  | { type: 'progress'; timeS: number; durationS: number; remainingS: number }
  | { type: 'gap'; fromS: number; toS: number; why: 'hidden' | 'stalled' | 'rebuilding' | 'unplugged' }
  /** The camera that is watched sends no pictures any more, or sends again. */
  | { type: 'silent'; silent: boolean }
  | { type: 'alert'; event: AlertEvent }
  /** Video of this run cannot be kept, or not any more; a sentence for the user. */
  | { type: 'unrecorded'; message: string }
  | { type: 'ended' }
  /** The GPU was lost or the tensor worker crashed; it is being rebuilt, the scene is kept. */
  | { type: 'rebuilding'; why: string }
  | { type: 'rebuilt' }
  | { type: 'failed'; code: string; message: string };

/** Which video to keep of a run, and under which recording. */
export interface FootageRequest {
  recordingId: string;
  /** Second of the recording at which the run's second 0 lies. */
  offsetS: number;
  keep: 'events' | 'all';
  limitBytes: number;
}

/** Calls the page makes; all answered. Errors arrive as rejected promises: `message` is a sentence for the user, `name` the code. */
export interface EngineApi {
  /** Register the listener; each message waits for the previous one's promise. */
  listen(listener: (message: EngineMessage) => Promise<void> | void): void;
  /** Load what a detector needs. `assets`: address, ending in '/', below which models/ and wasm/ are served. */
  load(backend: BackendChoice, detector: string, assets: string): Promise<BackendInfo>;
  /** Another detector in place of the one that was loaded; what runs is stopped, the source stays open, the scene is not its own. */
  chooseDetector(name: string): Promise<BackendInfo>;
  open(request: SourceRequest): Promise<SourceInfo>;
  setScene(scene: LearnedScene | null): Promise<void>;
  /** Resolves when learned (`learned` was sent) or cancelled. */
  learn(plan: LearnPlan): Promise<void>;
  cancelLearning(): Promise<void>;
  /** Watch from here on, with the scene set or learned, or without one where the detector judges unlearned; `footage` says what to keep as video, of a live source. */
  watch(footage?: FootageRequest): Promise<void>;
  pause(why: 'hidden'): Promise<void>;
  resume(): Promise<void>;
  stop(): Promise<void>;
  /** What raises an alert from now on; rejects with RangeError where a setting is not possible. */
  setAlertOptions(options: Partial<AlertOptions>): Promise<void>;
  /** Whether observed frames carry the network's attention. */
  showAttention(shown: boolean): Promise<void>;
}

/** The same in a worker of its own, which must be told where its models run before anything is loaded. */
export interface EngineWorkerApi extends EngineApi {
  giveSeats(seats: TensorSeats): void;
}
