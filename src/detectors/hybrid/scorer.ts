/** Features against the memory: cues, their standardised sum per object and place, and the frame's raw score. */

import { type CueScale, contribution, standardised } from '../../normality/cue-scale';
import { type Interruption, StillDrift } from '../../normality/still-drift';
import { forEachCell } from '../../vision/cells-in-box';
import type { CellGrid } from '../../vision/coarse-motion';
import { DENSE_CUES, type DenseCue, denseCues, heightGrid, patchCue } from './dense-cues';
import type { HybridFeatures, ObjectFeatures } from './features';
import type { HybridMemory } from './memory';
import { type AppearanceCues, appearanceCues, OBJECT_CUES, type ObjectCue, objectCues } from './object-cues';

export type Cue = ObjectCue | DenseCue;
export const CUES: readonly Cue[] = [...OBJECT_CUES, ...DENSE_CUES];

export type CueScales = Record<Cue, CueScale>;

/** The values of all cues in one frame, before they are put on a common scale. */
export interface RawCues {
  objects: Record<ObjectCue, number>[];
  dense: Record<DenseCue, Float32Array>;
}

/** Objects and places of one frame, scored but not put together. */
export interface ScoredParts {
  cues: RawCues;
  /** Score of each object, same order as the features. */
  objects: number[];
  /** Score of each cell of the flow grid. */
  dense: Float32Array;
  /** 1 where one of the cues that make the cell's score has passed its 99th percentile. */
  telling: Uint8Array;
}

/** One frame, scored but not calibrated. */
export interface ScoredFrame extends ScoredParts {
  raw: number;
}

/** Class responses nearer than this to learned ones are of a familiar thing. */
const FAMILIAR = 0.12;
/** A presence of this many deviations begins to look like a change, of twice as many it surely is one. */
const CHANGED = 2;
/** What the picture looked like is gone after so many seconds: longer than a slow device takes to look again. */
const PATCH_HOLDS_S = 3;
/** What the cues of a place count. What stands there has few of them, what moves has those of objects besides. */
const PLACE_WEIGHTS: Record<DenseCue, number> = { speed: 1, stream: 1, presence: 3, patch: 2 };
/** A place is as unusual as what moves there or as what is there, whichever is more. */
const MOVES: readonly DenseCue[] = ['speed', 'stream'];
const STANDS: readonly DenseCue[] = ['presence', 'patch'];
/** Share of the presence that is left where a familiar thing stands. */
const EXPLAINED = 0.25;

/** Computes cues; appearance of objects and patches is compared anew on key frames only, the usual picture follows the daylight. Streaming: `reset` between clips. */
export class CueReader {
  private heights: Float32Array | null = null;
  private tracks = new Map<number, TrackMemory>();
  private readonly still: StillDrift;
  /** How far the last patches were from any seen, and when they came. */
  private patchDistances: { timeS: number; values: Float32Array } | null = null;

  constructor(private readonly memory: HybridMemory) {
    this.still = new StillDrift(memory.still);
  }

  /** See `Detector.reset`. */
  reset(after?: Interruption) {
    this.tracks.clear();
    this.patchDistances = null;
    this.still.reset(after);
  }

  read(features: HybridFeatures): RawCues {
    const { objects: memory, motion } = this.memory;
    this.heights ??= heightGrid(features.flowGrid, memory.height);
    const dense = {
      ...denseCues(features, this.heights, motion, this.still.usual(features)),
      patch: this.readPatches(features),
    };
    this.still.step(features.timeS, features);
    const next = new Map<number, TrackMemory>();
    const objects = features.objects.map((object) => {
      const known = this.tracks.get(object.trackId);
      const appearance =
        (!object.confirmed && known?.appearance) ||
        appearanceCues(object, memory, features, newcomer(dense.presence, features.flowGrid, object));
      if (appearance.strangeness < FAMILIAR) explain(dense.presence, features.flowGrid, object);
      const cues = objectCues(object, memory, features, appearance);
      const velocity = settled(known, 'velocity', features.timeS, cues.velocity);
      const course = settled(known, 'course', features.timeS, cues.course);
      next.set(object.trackId, { appearance, velocity, course, timeS: features.timeS });
      cues.velocity = velocity;
      cues.course = Math.min(velocity, course); // who goes as others do now is not odd any more
      return cues;
    });
    this.tracks = next;
    return { objects, dense };
  }

  private readPatches({ timeS, patches, flowGrid }: HybridFeatures): Float32Array {
    if (patches && this.memory.patches)
      this.patchDistances = { timeS, values: patchCue(patches, this.memory.patches, flowGrid) };
    if (this.patchDistances && timeS - this.patchDistances.timeS <= PATCH_HOLDS_S) return this.patchDistances.values;
    return new Float32Array(flowGrid.width * flowGrid.height);
  }
}

/** What is kept of a track from frame to frame. */
interface TrackMemory {
  appearance: AppearanceCues;
  velocity: number;
  course: number;
  timeS: number;
}

/**
 * Time constants over which an unusual velocity must last to count in full, in seconds: two tracks that swap identities only
 * jump once. Who goes against a stream for seconds is hardly odder in any one moment than a track that trembles.
 */
const SETTLING_S = { velocity: 0.2, course: 2.5 };

function settled(known: TrackMemory | undefined, cue: 'velocity' | 'course', timeS: number, now: number): number {
  if (!known) return 0;
  return known[cue] + (1 - Math.exp((known.timeS - timeS) / SETTLING_S[cue])) * (now - known[cue]);
}

/** How surely the picture has changed where the object is, 0…1, from the largest presence in its box. */
function newcomer(presence: Float32Array, grid: CellGrid, { box }: ObjectFeatures): number {
  let largest = 0;
  forEachCell(grid, box, (cell) => {
    largest = Math.max(largest, presence[cell]);
  });
  return Math.min(1, Math.max(0, (largest - CHANGED) / CHANGED));
}

/** Someone of a familiar kind who stands there is not something left there. */
function explain(presence: Float32Array, grid: CellGrid, { box }: ObjectFeatures) {
  forEachCell(grid, box, (cell) => {
    presence[cell] *= EXPLAINED;
  });
}

/** Largest value of every cue in the frame. */
export function largestCues(cues: RawCues): Record<Cue, number> {
  const largest = {} as Record<Cue, number>;
  for (const cue of OBJECT_CUES) largest[cue] = cues.objects.reduce((most, object) => Math.max(most, object[cue]), 0);
  for (const cue of DENSE_CUES) largest[cue] = cues.dense[cue].reduce((most, value) => Math.max(most, value), 0);
  return largest;
}

/**
 * Object score Σ contribution over its cues. Place score: the sum over the cues of what moves there, or over those of what is
 * there where that is more. `patterns`: what the learned half adds to each object.
 */
export function scoreParts(cues: RawCues, scales: CueScales, patterns: readonly number[] = []): ScoredParts {
  const objects = cues.objects.map(
    (object, i) => sum(OBJECT_CUES, (cue) => contribution(standardised(scales[cue], object[cue]))) + (patterns[i] ?? 0),
  );
  const dense = new Float32Array(cues.dense.speed.length);
  const telling = new Uint8Array(dense.length);
  for (let cell = 0; cell < dense.length; cell++) {
    const side = sideAt(cues.dense, cell, scales);
    dense[cell] = sideScore(side, cues.dense, cell, scales);
    telling[cell] = side.some((cue) => standardised(scales[cue], cues.dense[cue][cell]) > 1) ? 1 : 0;
  }
  return { cues, objects, dense, telling };
}

/** The cues that make the score of a place, with what each adds to it. */
export function placeParts(
  dense: Record<DenseCue, Float32Array>,
  place: number,
  scales: CueScales,
): { cue: DenseCue; standard: number; score: number }[] {
  return sideAt(dense, place, scales).map((cue) => {
    const standard = standardised(scales[cue], dense[cue][place]);
    return { cue, standard, score: PLACE_WEIGHTS[cue] * contribution(standard) };
  });
}

const sideAt = (dense: Record<DenseCue, Float32Array>, place: number, scales: CueScales): readonly DenseCue[] =>
  sideScore(STANDS, dense, place, scales) > sideScore(MOVES, dense, place, scales) ? STANDS : MOVES;

/** Called for every cell of every frame. */
function sideScore(
  side: readonly DenseCue[],
  dense: Record<DenseCue, Float32Array>,
  place: number,
  scales: CueScales,
): number {
  let total = 0;
  for (const cue of side) total += PLACE_WEIGHTS[cue] * contribution(standardised(scales[cue], dense[cue][place]));
  return total;
}

/** The largest of a frame's objects, −∞ without any, and of its places. */
export interface LargestScores {
  object: number;
  place: number;
}

export const largestScores = ({ objects, dense }: Pick<ScoredParts, 'objects' | 'dense'>): LargestScores => ({
  object: objects.reduce((most, score) => Math.max(most, score), Number.NEGATIVE_INFINITY),
  place: dense.reduce((most, score) => Math.max(most, score)),
});

/**
 * The frame's score: its largest place, and by how much its largest object exceeds `usualObject`. Objects have so many cues that one of
 * them is nearly always somewhat unusual: what ordinary ones reach would only be noise beside the places.
 */
export const frameScore = ({ object, place }: LargestScores, usualObject: number): number =>
  beyondUsual(object, usualObject) + place;

/** What an object's score adds to that of the frame. */
export const beyondUsual = (object: number, usualObject: number): number => Math.max(0, object - usualObject);

function sum<T>(items: readonly T[], value: (item: T) => number): number {
  let total = 0;
  for (const item of items) total += value(item);
  return total;
}
