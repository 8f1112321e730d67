/** Learns a scene for STADNet: memory of places, VAE of motion, common scale of the cues, calibration; each on frames left out. */

import { createRng } from '../../lib/rng';
import { quantile } from '../../lib/statistics';
import { type Calibration, fitCalibration } from '../../normality/calibration';
import type { CueScale } from '../../normality/cue-scale';
import { type LearnedScene, LearningError } from '../detector';
import type { NetworkRunner } from '../network-runner';
import { drawPatches } from '../streams/motion-patches';
import { fitMotionVae, type MotionEncoder, type MotionVaeOptions } from '../streams/motion-vae';
import { learnSceneMemory, type SceneMemory } from '../streams/scene-memory';
import type { StreamFrame } from '../streams/stream-frame';
import { streamInputs } from '../streams/stream-inputs';
import { type CueScales, type FrameCues, largestCues, readCues, scoreCues } from './cues';
import { ScoreSmoother } from './score-smoother';

export const SCENE_VERSION = 1;

/** What `LearnedScene.model` holds for this detector. */
export interface StadnetModel {
  memory: SceneMemory;
  encoder: MotionEncoder;
  scales: CueScales;
  calibration: Calibration;
}

const SHORTEST_S = 5;
const FEWEST_FRAMES = 40;
/** Patches of motion that are needed, and that are drawn at most. */
const FEWEST_PATCHES = 50;
const MOST_PATCHES = 20_000;
/** Frames from which patches are drawn at most. */
const PATCH_FRAMES = 500;
/** One long clip is cut into so many parts, which take turns in being left out. */
const PARTS = 4;
/** Least distance from the median to the 99th percentile of each cue, in its own unit. */
const LEAST_SPREAD: Record<keyof CueScales, number> = { network: 0.5, surprise: 1, stream: 0.1, segment: 0.5 };

/**
 * Learn from the streams of one or more normal clips, each in order of time. Throws LearningError where there is too little footage
 * or nothing moved in it. Leaves the runner reset.
 */
export async function fitStadnetScene(
  clips: readonly (readonly StreamFrame[])[],
  runner: NetworkRunner,
  { seed = 1, vae = {} }: { seed?: number; vae?: Partial<MotionVaeOptions> } = {},
  onProgress: (fraction: number) => void = () => {},
): Promise<LearnedScene> {
  const parts = partsOf(clips.filter((clip) => clip.length > 0));
  const frames = parts.flat();
  const durationS = clips.reduce((sum, clip) => sum + clipLength(clip), 0);
  requireEnough(frames.length, durationS);
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
    const smoother = new ScoreSmoother();
    const timesS = part.map(({ timeS }) => timeS);
    return {
      timesS,
      scores: timesS.map((timeS, frame) => smoother.step(timeS, scoreCues(cues[i][frame], scales).raw)),
    };
  });
  const model: StadnetModel = {
    ...(await learnFrom(frames, seed + 2, vae)),
    scales,
    calibration: fitCalibration(stretches),
  };
  onProgress(1);
  const { frameWidth: width, frameHeight: height } = frames[0];
  return { detector: 'stadnet', version: SCENE_VERSION, width, height, durationS, frames: frames.length, model };
}

type Learned = Pick<StadnetModel, 'memory' | 'encoder'>;

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
    throw new LearningError(
      `Hardly anything moved while learning (${rows.count} places in ${inputs.length} frames), so there is nothing to call normal yet. Learn again while the usual things happen in the picture.`,
    );
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

/** In seconds, the last frame's own interval included. */
function clipLength(clip: readonly StreamFrame[]): number {
  if (clip.length < 2) return 0;
  return ((clip[clip.length - 1].timeS - clip[0].timeS) * clip.length) / (clip.length - 1);
}

/** Clips as they are where there are several, else the one clip in parts. */
function partsOf(clips: readonly (readonly StreamFrame[])[]): (readonly StreamFrame[])[] {
  if (clips.length > 1) return [...clips];
  return clips.flatMap((clip) => {
    const length = Math.ceil(clip.length / PARTS);
    return Array.from({ length: PARTS }, (_, i) => clip.slice(i * length, (i + 1) * length)).filter(
      (part) => part.length > 1,
    );
  });
}

function requireEnough(frames: number, durationS: number) {
  if (frames >= FEWEST_FRAMES && durationS >= SHORTEST_S) return;
  throw new LearningError(
    `Too little footage to learn from: ${durationS.toFixed(1)} seconds (${frames} frames); at least ${SHORTEST_S} seconds and ${FEWEST_FRAMES} frames are needed. Learn for longer or choose a longer range.`,
  );
}
