/** Fits the hybrid detector on normal footage: memory; common scale of the cues and calibration on frames left out of the memory. */
import { type CueScale, fitCueScale, MUTED } from '../../normality/cue-scale';
import { fitRarity, type Rarity } from '../../normality/rarity';
import { ScoreSmoother } from '../../normality/score-smoother';
import type { LearnedScene } from '../detector';
import { hardlyAnythingMoved, learningFootage } from '../learning-footage';
import { DENSE_CUES } from './dense-cues';
import type { HybridFeatures, ObjectFeatures } from './features';
import { fitPatternScale, PatternReader, patternContribution } from './learned/pattern';
import type { LearnedWeights, TokenScore } from './learned/track-scorer';
import { type HybridMemory, learnHeight, learnMemory } from './memory';
import { isKnown } from './object-cues';
import {
  CUES,
  type Cue,
  CueReader,
  type CueScales,
  frameScore,
  type LargestScores,
  largestCues,
  largestScores,
  type RawCues,
  scoreParts,
} from './scorer';

/** Changes with the format, with what the features mean or their cues count, and with the learned half's weights. */
export const SCENE_VERSION = 10;

/** What `LearnedScene.model` holds for this detector. */
export interface HybridModel {
  memory: HybridMemory;
  scales: CueScales;
  /** Of the learned half's logits; absent where the scene was learned without it. */
  pattern?: CueScale;
  /** 99th percentile of the largest object score of a normal frame, drawn towards a prior where few things were seen; only what exceeds it counts. */
  usualObject: number;
  rarity: Rarity;
}

/** About one frame at 10 per second: removes single-frame jumps, delays nothing that a person would notice. */
const MOMENT_S = 0.1;

export const createSmoother = () => new ScoreSmoother(MOMENT_S);

/** Share of the picture that must move for a frame to count as moving, and how many such frames are needed. */
const MOVES = 0.001;
const FEWEST_MOVING = 10;
/** The 99th percentile of each cue in ordinary scenes, in its own unit, and how many things must have been seen to know better. */
const PRIORS: Record<Cue, number> = {
  edge: 1.1,
  velocity: 0.65,
  course: 0.35,
  flow: 0.9,
  class: 0.16,
  look: 18,
  shape: 0.25,
  dwell: 1.2,
  speed: 0.9,
  stream: 0.45,
  presence: 12,
  patch: 1.2,
};
const PRIOR_EXAMPLES = 10;
/** The 99th percentile of the largest object score per frame in ordinary scenes: it lay between 2.7 and 7.2 in those of the evaluations and the demo's. */
const USUAL_OBJECT = 4;
/** Where the object finder is too slow to count things, one is taken to pass in so many seconds of motion. */
const PASSING_S = 3;

export interface FitOptions {
  seed?: number;
  learned?: LearnedWeights | null;
  /** Cues that are not to count, whatever their value. */
  without?: readonly Cue[];
}

/**
 * Learn a scene, with or without the learned half, from the features of one or more normal clips, each in order of time. Throws LearningError where there is too
 * little footage or nothing moved in it.
 */
export async function fitScene(
  clips: readonly (readonly HybridFeatures[])[],
  { seed = 1, learned = null, without = [] }: FitOptions = {},
  onProgress: (fraction: number) => void = () => {},
): Promise<LearnedScene> {
  const report = (fraction: number) => {
    onProgress(fraction);
    return new Promise((resolve) => setTimeout(resolve)); // others may have their turn
  };
  const { parts, folds, frames, durationS } = learningFootage(clips);
  requireMotion(frames);
  const height = learnHeight(frames);
  const read: RawCues[][] = parts.map(() => []);
  const memories: HybridMemory[] = [];
  for (const fold of [0, 1]) {
    const memory = learnMemory(parts.filter((_, i) => folds[i] !== fold).flat(), height, seed + fold);
    memories.push(memory);
    for (let i = 0; i < parts.length; i++) {
      if (folds[i] !== fold) continue;
      read[i] = readAll(parts[i], memory);
      await report((0.7 * (i + 1)) / parts.length);
    }
  }
  const any = countTracks(parts, () => true);
  const examples = {
    any,
    known: countTracks(parts, isKnown),
    dense: Math.max(any, movingS(frames, durationS) / PASSING_S),
  };
  const scales = { ...fitScales(read.flat(), examples), ...Object.fromEntries(without.map((cue) => [cue, MUTED])) };
  const patterns: TokenScore[][][] = [];
  for (let i = 0; learned && i < parts.length; i++) {
    patterns.push(readPatterns(parts[i], read[i], learned, scales, memories[folds[i]]));
    await report(0.7 + (0.2 * (i + 1)) / parts.length);
  }
  const pattern = learned ? fitPatternScale(patterns.flat(), any) : undefined;
  const scored = parts.map((part, i) =>
    part.map((_, frame): LargestScores => {
      const added = pattern && patterns[i][frame].map(({ logit }) => patternContribution(pattern, logit));
      return largestScores(scoreParts(read[i][frame], scales, added));
    }),
  );
  const usualObject = fitUsualObject(scored.flat(), any);
  const stretches = parts.map((part, i) => ({
    timesS: part.map(({ timeS }) => timeS),
    scores: scored[i].map((largest) => frameScore(largest, usualObject)),
  }));
  const model: HybridModel = {
    memory: learnMemory(frames, height, seed + 2),
    scales,
    pattern,
    usualObject,
    rarity: fitRarity(stretches, createSmoother),
  };
  onProgress(1);
  const { frameWidth: width, frameHeight } = frames[0];
  return {
    detector: 'hybrid',
    version: SCENE_VERSION,
    width,
    height: frameHeight,
    durationS,
    frames: frames.length,
    model,
  };
}

function requireMotion(frames: readonly HybridFeatures[]) {
  const movingFrames = frames.filter((frame) => frame.moving >= MOVES).length;
  if (movingFrames < FEWEST_MOVING) throw hardlyAnythingMoved(`${movingFrames} of ${frames.length} frames`);
}

function readAll(part: readonly HybridFeatures[], memory: HybridMemory): RawCues[] {
  const reader = new CueReader(memory);
  return part.map((features) => reader.read(features));
}

function readPatterns(
  part: readonly HybridFeatures[],
  cues: readonly RawCues[],
  weights: LearnedWeights,
  scales: CueScales,
  memory: HybridMemory,
): TokenScore[][] {
  const reader = new PatternReader(weights, scales, memory.objects);
  return part.map((features, frame) => reader.read(features, cues[frame]));
}

/** How long anything moved, in seconds. */
const movingS = (frames: readonly HybridFeatures[], durationS: number): number =>
  (durationS * frames.filter(({ moving }) => moving >= MOVES).length) / frames.length;

/** Different things seen for at least a second. */
function countTracks(
  parts: readonly (readonly HybridFeatures[])[],
  counts: (object: ObjectFeatures) => boolean,
): number {
  const lasting = (part: readonly HybridFeatures[]) => {
    const objects = part.flatMap((features) => features.objects);
    return new Set(objects.filter((object) => object.ageS >= 1 && counts(object)).map((object) => object.trackId));
  };
  return parts.reduce((sum, part) => sum + lasting(part).size, 0);
}

/** Cues that only what was recognised has. */
const OF_KNOWN: ReadonlySet<Cue> = new Set<Cue>(['class', 'look']);

function fitScales(frames: readonly RawCues[], examples: { any: number; known: number; dense: number }): CueScales {
  const examplesOf = (cue: Cue) =>
    (DENSE_CUES as readonly Cue[]).includes(cue) ? examples.dense : OF_KNOWN.has(cue) ? examples.known : examples.any;
  const largest = frames.map(largestCues);
  const entries = CUES.map((cue): [Cue, CueScale] => {
    const values = largest.map((frame) => frame[cue]);
    const prior = { upper: PRIORS[cue], examples: PRIOR_EXAMPLES };
    return [cue, fitCueScale(values, examplesOf(cue), prior)];
  });
  return Object.fromEntries(entries) as CueScales;
}

function fitUsualObject(frames: readonly LargestScores[], examples: number): number {
  const largest = frames.map(({ object }) => Math.max(0, object));
  return fitCueScale(largest, examples, { upper: USUAL_OBJECT, examples: PRIOR_EXAMPLES }).upper;
}
