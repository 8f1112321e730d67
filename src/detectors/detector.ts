/** The contract of every detector: streaming, one frame at a time, learnable on the spot. */
import type { Exception } from '../alerts/exception';
import type { Moment } from '../alerts/moment';
import type { Frame } from '../media/frame';
import type { StoredWeights } from '../nn/stored-weights';
import type { PatchMap } from '../normality/patch-memory';
import type { Interruption } from '../normality/still-drift';
import type { SceneView } from '../vision/scene-view';
import type { DetectorCard } from './catalogue';
import type { AttentionMap, AttentionRange, NetworkRunner } from './network-runner';
import type { PatchRows } from './streams/motion-patches';
import type { MotionEncoder } from './streams/motion-surprise';

/** A picture-shaped grid of evidence: which places made the score. */
export interface EvidenceMap {
  /** Cells across and down; the grid covers the whole frame. */
  width: number;
  height: number;
  /** Row by row, 0 (ordinary) upwards, same scale as `Moment.raw`. */
  values: Float32Array;
}

/** Where a network looked, and how much each of its streams or stretches of time counted. */
export interface Attention {
  maps: AttentionMap[];
  ranges: AttentionRange[];
}

/** What one frame gave. */
export interface Observation extends Moment {
  evidence: EvidenceMap;
  /** Missing where the detector has none. */
  attention?: Attention;
  /** Share of the picture that moves, 0…1; steers the sampler. */
  motion: number;
}

/** What has been learned of a scene: plain data that can be structured-cloned, stored and read back. */
export interface LearnedScene {
  /** Name of the detector that learned it. */
  detector: string;
  /** Version of its format; another version is refused with a clear error. */
  version: number;
  /** Frame size it was learned in, in pixels. */
  width: number;
  height: number;
  /** Length of the learning footage, in seconds, and how many frames of it were analysed. */
  durationS: number;
  frames: number;
  /** What the picture as a whole looked like; missing in scenes learned before this was kept. */
  view?: SceneView;
  /** The detector's own data: numbers, strings, arrays, typed arrays. */
  model: unknown;
}

/** Learning could not be finished; `message` says what was missing and what to do. */
export class LearningError extends Error {
  override name = 'LearningError';
}

/**
 * A streaming detector. `step` does the work of one new frame and keeps what it needs in ring buffers.
 * Learning: `step` (or `learnStep`) through normal footage, `finishLearning`, then `step` scores against the scene.
 */
export interface Detector {
  readonly name: string;
  /** The scene it scores against; null before one is learned or set. */
  readonly scene: LearnedScene | null;
  /** Whether `step` tells unusual from usual by what was learned in advance while there is no scene. */
  readonly judgesUnlearned: boolean;
  /** Score one frame. Frames of one clip come in order; call `reset` between clips. */
  step(frame: Frame): Promise<Observation>;
  /** Take one frame of normal footage into the memory of what is normal; returns the share of the picture that moves, 0…1. */
  learnStep(frame: Frame): Promise<number>;
  /** Fit the scene on all frames learned since the last call. Throws LearningError where they do not suffice. */
  finishLearning(onProgress?: (fraction: number) => void): Promise<LearnedScene>;
  /** Forget the frames taken by `learnStep`. */
  cancelLearning(): void;
  /** Score against this scene from now on; throws where it is of another detector or version. Frames of another size than it was learned in make `step` throw. */
  setScene(scene: LearnedScene | null): void;
  /**
   * What the user called normal on this source is part of the scene from the next frame on, in score and map; an empty list takes
   * it back.
   */
  setAccepted(accepted: readonly Exception[]): void;
  /** The raw score of a single moment that is as rare as once in so many seconds: scales the evidence map for the screen. */
  rawAt(returnPeriodS: number): number;
  /** Begin a new clip: forget tracks and buffers, keep the scene. `after` something in one watch what was followed of the daylight stays; not where the source had to be opened again. */
  reset(after?: Interruption): void;
  dispose(): void;
}

/** All the tensors of a network detector, wherever they live. */
export interface NetworkTensors extends NetworkRunner {
  /** Fit the VAE of a scene's motion; the same for the same seed on the same backend. A few seconds. */
  fitMotion(rows: PatchRows, seed: number): Promise<MotionEncoder>;
  /** What the shipped weights judge by before a scene is learned, of no picture size in particular; null where none was shipped. */
  readonly shipped: LearnedScene | null;
}

/** What a detector may be built on; the engine loads what its entry `needs` and nothing else. */
export interface DetectorTools {
  objects(): ObjectFinder;
  network(): NetworkTensors;
}

/** Makes detectors; one line per detector in the registry. */
export interface DetectorEntry {
  card: DetectorCard;
  needs: {
    /** CenterNet. */
    objects: boolean;
    /** Its own network: how a runner is made of its stored weights. Loaded where the tensors live only. */
    network: ((stored: StoredWeights) => Promise<NetworkRunner>) | null;
  };
  /** The options and their defaults, as data; nothing offers them to the user yet. */
  config: Record<
    string,
    { value: number | string | boolean; label: string; min?: number; max?: number; choices?: string[] }
  >;
  create(tools: DetectorTools, config: Record<string, number | string | boolean>): Detector;
}

/** One object that CenterNet (or a stand-in) found. */
export interface FoundObject {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
  /** COCO class index 0…79. */
  classIndex: number;
  /** Confidence 0…1. */
  confidence: number;
  /** Appearance: features at the box's centre, `ObjectFinder.embeddingSize` values. */
  embedding: Float32Array;
}

/** What was found in one frame. */
export interface Found {
  objects: FoundObject[];
  /** What the whole picture looks like, patch by patch; null where the finder cannot tell. */
  patches: PatchMap | null;
}

/** Finds objects on key frames. The one seam behind which the tensor backend lives. */
export interface ObjectFinder {
  readonly embeddingSize: number;
  /** Objects of the frame, in its pixels, and its looks. The frame may be transferred away: pass a copy where it is still needed. */
  find(frame: Frame): Promise<Found>;
  /**
   * Live pipelines do not wait for `find`: the detector goes on and takes its result when it comes.
   * Pulled pipelines (files, evaluation) wait, so that results do not depend on the machine's speed.
   */
  readonly wait: boolean;
  dispose(): void;
}
