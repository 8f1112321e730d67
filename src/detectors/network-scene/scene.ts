/** Learns a scene for a network detector: memory of places, VAE of motion, common scale of the cues, calibration; each on frames left out. */
import { createRng } from '../../lib/rng';
import { quantile } from '../../lib/statistics';
import { type Calibration, fitCalibration } from '../../normality/calibration';
import type { CueScale } from '../../normality/cue-scale';
import { ScoreSmoother } from '../../normality/score-smoother';
import type { LearnedScene } from '../detector';
import { hardlyAnythingMoved, learningFootage } from '../learning-footage';
import type { NetworkRunner } from '../network-runner';
import { drawPatches } from '../streams/motion-patches';
import { fitMotionVae, type MotionEncoder, type MotionVaeOptions } from '../streams/motion-vae';
import { learnSceneMemory, type SceneMemory } from '../streams/scene-memory';
import type { StreamFrame } from '../streams/stream-frame';
import { streamInputs } from '../streams/stream-inputs';
import { type CueScales, type CueWeights, type FrameCues, largestCues, readCues, scoreCues } from './cues';

/** What tells one network detector's scenes from another's. */
export interface NetworkSceneKind {
  detector: string;
  /** Of the scene's format. */
  version: number;
  weights: CueWeights;
}

/** What `LearnedScene.model` holds for a network detector. */
export interface NetworkSceneModel {
  memory: SceneMemory;
  encoder: MotionEncoder;
  scales: CueScales;
  calibration: Calibration;
}

/** Patches of motion that are needed, and that are drawn at most. */
const FEWEST_PATCHES = 50;
const MOST_PATCHES = 20_000;
/** Frames from which patches are drawn at most. */
const PATCH_FRAMES = 500;
/** Least distance from the median to the 99th percentile of each cue, in its own unit. */
const LEAST_SPREAD: Record<keyof CueScales, number> = { network: 0.5, surprise: 1, stream: 0.1, segment: 0.5 };

/** Time constants of the raw score's average while it rises and falls, in seconds: single frames do not count, half a second of delay is not added. */
const RISING_S = 0.1;
const FALLING_S = 0.25;

export const createSmoother = () => new ScoreSmoother(RISING_S, FALLING_S);

/**
 * Learn from the streams of one or more normal clips, each in order of time. Throws LearningError where there is too little footage
 * or nothing moved in it. Leaves the runner reset.
 */
export async function fitNetworkScene(
  { detector, version, weights }: NetworkSceneKind,
  clips: readonly (readonly StreamFrame[])[],
  runner: NetworkRunner,
  { seed = 1, vae = {} }: { seed?: number; vae?: Partial<MotionVaeOptions> } = {},
  onProgress: (fraction: number) => void = () => {},
): Promise<LearnedScene> {
  const { parts, frames, durationS } = learningFootage(clips);
  const cues: FrameCues[][] = parts.map(() => []);
  for (const fold of [0, 1]) {
    const learned = await learnFrom(parts.filter((_, i) => i % 2 !== fold).flat(), seed + fold, vae);
    for (let i = fold; i < parts.length; i += 2) {
      cues[i] = await readPart(parts[i], learned, runner);
      onProgress((0.8 * (i + 1)) / parts.length);
    }
  }
  const scales = fitScales(cues.flat());
  const stretches = parts.map((part, i) => {
    const smoother = createSmoother();
    const timesS = part.map(({ timeS }) => timeS);
    return {
      timesS,
      scores: timesS.map((timeS, frame) => smoother.step(timeS, scoreCues(cues[i][frame], scales, weights).raw)),
    };
  });
  const model: NetworkSceneModel = {
    ...(await learnFrom(frames, seed + 2, vae)),
    scales,
    calibration: fitCalibration(stretches),
  };
  onProgress(1);
  const { frameWidth: width, frameHeight: height } = frames[0];
  return { detector, version, width, height, durationS, frames: frames.length, model };
}

type Learned = Pick<NetworkSceneModel, 'memory' | 'encoder'>;

async function learnFrom(
  frames: readonly StreamFrame[],
  seed: number,
  vae: Partial<MotionVaeOptions>,
): Promise<Learned> {
  const memory = learnSceneMemory(frames, seed);
  const every = Math.max(1, Math.ceil(frames.length / PATCH_FRAMES));
  const inputs = frames.filter((_, index) => index % every === 0).map((frame) => streamInputs(frame, memory));
  const rows = drawPatches(inputs, MOST_PATCHES, createRng(seed));
  if (rows.count < FEWEST_PATCHES) {
    throw hardlyAnythingMoved(`${rows.count} places in ${inputs.length} frames`);
  }
  return { memory, encoder: await fitMotionVae(rows, seed, vae) };
}

async function readPart(part: readonly StreamFrame[], { memory, encoder }: Learned, runner: NetworkRunner) {
  runner.reset();
  const cues: FrameCues[] = [];
  for (const frame of part) {
    const inputs = streamInputs(frame, memory);
    cues.push(readCues(inputs, await runner.step(inputs), encoder));
  }
  runner.reset();
  return cues;
}

function fitScales(frames: readonly FrameCues[]): CueScales {
  const largest = frames.map(largestCues);
  const scale = (cue: keyof CueScales): CueScale => {
    const values = largest.map((frame) => frame[cue]);
    const median = quantile(values, 0.5);
    return { median, upper: Math.max(quantile(values, 0.99), median + LEAST_SPREAD[cue]) };
  };
  return { network: scale('network'), surprise: scale('surprise'), stream: scale('stream'), segment: scale('segment') };
}
