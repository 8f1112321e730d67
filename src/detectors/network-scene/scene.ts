/** Learns a scene for a network detector: memory of places, VAE of motion, common scale of the cues, calibration; each on frames left out. */
import { createRng } from '../../lib/rng';
import { quantile } from '../../lib/statistics';
import { type CueScale, MUTED } from '../../normality/cue-scale';
import { fitRarity, type Rarity } from '../../normality/rarity';
import { RunningMedian } from '../../normality/running-median';
import type { LearnedScene, NetworkTensors } from '../detector';
import { hardlyAnythingMoved, learningFootage } from '../learning-footage';
import type { NetworkRunner } from '../network-runner';
import { drawPatches } from '../streams/motion-patches';
import { learnSceneMemory } from '../streams/scene-memory';
import type { StreamFrame } from '../streams/stream-frame';
import { streamInputs } from '../streams/stream-inputs';
import { CueReader, type LearnedHere } from './cue-reader';
import { type CueScales, type FrameCues, largestCues, PLACE_CUES, type PlaceCue, scoreCues } from './cues';

/** What tells one network detector's scenes from another's. */
export interface NetworkSceneKind {
  detector: string;
  /** Changes with the scene's format, with what its cues mean, and with the weights: `normality.json` is of one version too. */
  version: number;
}

/** What `LearnedScene.model` holds for a network detector. */
export interface NetworkSceneModel {
  /** What was learned of the scene; null where only what was learned in advance counts. */
  here: LearnedHere | null;
  scales: CueScales;
  rarity: Rarity;
}

export interface NetworkFitOptions {
  seed?: number;
  /** Cues that are not to count, whatever their value. */
  without?: readonly PlaceCue[];
}

/** Patches of motion that are needed, and that are drawn at most. */
const FEWEST_PATCHES = 50;
const MOST_PATCHES = 20_000;
/** Shares of the work: each of three fits, and the network run over all frames. */
const FIT_SHARE = 0.1;
const READING_SHARE = 0.7;
/** Frames from which patches are drawn at most. */
const PATCH_FRAMES = 500;
/** Least distance from the median to the 99th percentile of each cue, in its own unit. In ordinary scenes what stands lies 3 deviations above. */
const LEAST_SPREAD: Record<PlaceCue, number> = {
  network: 0.5,
  speed: 0.2,
  surprise: 1,
  stream: 0.1,
  presence: 3,
};

/** The raw score is the median of so many seconds: three frames at 10 a second, more where they are denser. */
const MEDIAN_S = 0.22;

export const createSmoother = () => new RunningMedian(MEDIAN_S);

/**
 * Learn from the streams of one or more normal clips, each in order of time. Throws LearningError where there is too little footage
 * or nothing moved in it. Leaves the network reset.
 */
export async function fitNetworkScene(
  { detector, version }: NetworkSceneKind,
  clips: readonly (readonly StreamFrame[])[],
  tensors: Pick<NetworkTensors, 'step' | 'reset' | 'fitMotion'>,
  { seed = 1, without = [] }: NetworkFitOptions = {},
  onProgress: (fraction: number) => void = () => {},
): Promise<LearnedScene> {
  const { parts, folds, frames, durationS } = learningFootage(clips);
  const cues: FrameCues[][] = parts.map(() => []);
  let done = 0;
  const advance = (share: number) => {
    done += share;
    onProgress(Math.min(1, done));
  };
  for (const fold of [0, 1]) {
    const learned = await learnFrom(parts.filter((_, i) => folds[i] !== fold).flat(), seed + fold, tensors);
    advance(FIT_SHARE);
    for (let i = 0; i < parts.length; i++) {
      if (folds[i] !== fold) continue;
      cues[i] = await readPart(parts[i], learned, tensors, () => advance(READING_SHARE / frames.length));
    }
  }
  const here = await learnFrom(frames, seed + 2, tensors);
  const model: NetworkSceneModel = { here, ...calibrated(parts, cues, without) };
  onProgress(1);
  const { frameWidth: width, frameHeight: height } = frames[0];
  return { detector, version, width, height, durationS, frames: frames.length, model };
}

/** Common scale of the cues of parts that were left out of what they are compared with, and how rare each score is in them. */
export function calibrated(
  parts: readonly (readonly StreamFrame[])[],
  cues: readonly (readonly FrameCues[])[],
  without: readonly PlaceCue[] = [],
): Pick<NetworkSceneModel, 'scales' | 'rarity'> {
  const scales = { ...fitScales(cues.flat()), ...Object.fromEntries(without.map((cue) => [cue, MUTED])) };
  const stretches = parts.map((part, i) => ({
    timesS: part.map(({ timeS }) => timeS),
    scores: cues[i].map((frame) => scoreCues(frame, scales).raw),
  }));
  return { scales, rarity: fitRarity(stretches, createSmoother) };
}

async function learnFrom(
  frames: readonly StreamFrame[],
  seed: number,
  tensors: Pick<NetworkTensors, 'fitMotion'>,
): Promise<LearnedHere> {
  const memory = learnSceneMemory(frames, seed);
  const every = Math.max(1, Math.ceil(frames.length / PATCH_FRAMES));
  const inputs = frames.filter((_, index) => index % every === 0).map((frame) => streamInputs(frame, memory));
  const rows = drawPatches(inputs, MOST_PATCHES, createRng(seed));
  if (rows.count < FEWEST_PATCHES) {
    throw hardlyAnythingMoved(`${rows.count} places in ${inputs.length} frames`);
  }
  return { memory, encoder: await tensors.fitMotion(rows, seed) };
}

/** The cues of a part of the footage, with or without what was learned of its scene. Leaves the runner reset. */
export async function readPart(
  part: readonly StreamFrame[],
  here: LearnedHere | null,
  runner: Pick<NetworkRunner, 'step' | 'reset'>,
  onFrame: () => void = () => {},
): Promise<FrameCues[]> {
  runner.reset();
  const reader = new CueReader(here);
  const cues: FrameCues[] = [];
  for (const frame of part) {
    const inputs = streamInputs(frame, here?.memory ?? null);
    cues.push(reader.read(frame, inputs, await runner.step(inputs)));
    onFrame();
  }
  runner.reset();
  return cues;
}

function fitScales(frames: readonly FrameCues[]): CueScales {
  const largest = frames.map(largestCues);
  const scale = (cue: PlaceCue): CueScale => {
    const values = largest.map((frame) => frame[cue]);
    const median = quantile(values, 0.5);
    return { median, upper: Math.max(quantile(values, 0.99), median + LEAST_SPREAD[cue]) };
  };
  return Object.fromEntries(PLACE_CUES.map((cue) => [cue, scale(cue)])) as CueScales;
}
