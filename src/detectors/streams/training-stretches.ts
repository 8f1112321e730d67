/** Draws training batches: short stretches of planted, pseudo-anomalous and normal footage, cropped to one size, in the units of their scenes. */
import type { Rng } from '../../lib/rng';
import { PSEUDO_KINDS, pseudoAnomaly } from '../pseudo-anomalies';
import type { SceneMemory } from './scene-memory';
import type { StreamFrame } from './stream-frame';
import { COLOUR_CHANNELS, LOOK_CHANNELS, MOTION_CHANNELS, streamInputs } from './stream-inputs';

/** A clip to train on. */
export interface TrainingClip {
  frames: StreamFrame[];
  /** Per frame the share of each cell that is abnormal, 0…1, on the streams' grid; null in a normal frame. */
  abnormal: (Float32Array | null)[];
}

export interface TrainingScene {
  /** How often it is drawn from, relative to the others. */
  share: number;
  /** Learned from different parts of the scene's normal footage, none of it in the clips. */
  memories: SceneMemory[];
  normal: TrainingClip[];
  planted: TrainingClip[];
}

export interface StretchOptions {
  clips: number;
  /** Frames of a stretch, and black frames before each. */
  length: number;
  lead: number;
  /** Of the frames of a clip every so many are taken, at most: what is sparse reaches farther back. */
  stride: number;
  /** Size of the crop, in cells. */
  height: number;
  width: number;
  /** Shares of planted and pseudo-anomalous stretches; the rest is normal. */
  planted: number;
  pseudo: number;
  /** Share of stretches that are shown without their scene's memory. */
  unlearned: number;
  /** Share of stretches in which the picture itself is hidden, so that scenes cannot be known by heart. */
  unseen: number;
  /** Sizes are changed by up to this factor each way. */
  zoom: number;
}

export const stretchDefaults: StretchOptions = {
  clips: 6,
  length: 10,
  lead: 2,
  stride: 1,
  height: 24,
  width: 40,
  planted: 0.55,
  pseudo: 0.25,
  unlearned: 0.35,
  unseen: 0.8,
  zoom: 1.4,
};

/** Clips one after the other, channels last; labels and weights on every second cell each way. */
export interface StretchBatch {
  frames: number;
  /** Timestamps per clip, in seconds; those of black frames lie beyond any reach before. */
  clips: number[][];
  height: number;
  width: number;
  motion: Float32Array;
  colour: Float32Array;
  labels: Float32Array;
  weights: Float32Array;
  frameLabels: Float32Array;
  frameWeights: Float32Array;
}

/** A place counts as abnormal from this share on; between 0 and this it does not count at all. */
const ABNORMAL_SHARE = 0.25;
/** When black frames are said to be from. */
const LONG_AGO_S = -1e6;

export function drawStretches(scenes: readonly TrainingScene[], options: StretchOptions, rng: Rng): StretchBatch {
  const { clips, length, lead, height, width } = options;
  const frames = clips * (lead + length);
  const half = Math.ceil(height / 2) * Math.ceil(width / 2);
  const batch: StretchBatch = {
    frames,
    clips: [],
    height,
    width,
    motion: new Float32Array(frames * height * width * MOTION_CHANNELS),
    colour: new Float32Array(frames * height * width * COLOUR_CHANNELS),
    labels: new Float32Array(frames * half),
    weights: new Float32Array(frames * half),
    frameLabels: new Float32Array(frames),
    frameWeights: new Float32Array(frames),
  };
  for (let clip = 0; clip < clips; clip++) {
    const random = rng.fork(clip);
    const scene = pickByShare(scenes, random);
    const stretch = drawStretch(scene, scenes, options, random);
    const before = Array.from({ length: lead }, (_, index) => LONG_AGO_S + index);
    batch.clips.push([...before, ...stretch.frames.map(({ timeS }) => timeS)]);
    writeStretch(batch, stretch, scene, clip * (lead + length) + lead, options, random);
  }
  return batch;
}

function pickByShare(scenes: readonly TrainingScene[], rng: Rng): TrainingScene {
  let left = rng.next() * scenes.reduce((sum, { share }) => sum + share, 0);
  for (const scene of scenes) {
    left -= scene.share;
    if (left < 0) return scene;
  }
  return scenes[scenes.length - 1];
}

function drawStretch(
  scene: TrainingScene,
  scenes: readonly TrainingScene[],
  { length, stride, planted, pseudo }: StretchOptions,
  rng: Rng,
): TrainingClip {
  const kind = rng.next();
  const step = 1 + rng.int(stride);
  if (kind < planted && scene.planted.length) {
    const clip = rng.pick(scene.planted);
    // Beginnings and ends of anomalies are what is hard: of a few windows the one with most changes of label is taken.
    const tries = Array.from({ length: 3 }, () => cut(clip, length, step, rng));
    return tries.reduce((best, other) => (changes(other) > changes(best) ? other : best));
  }
  const stretch = cut(rng.pick(scene.normal), length, step, rng);
  if (kind > planted + pseudo) return stretch;
  const foreign = rng.pick(rng.pick(rng.pick(scenes).normal).frames);
  const made = pseudoAnomaly(stretch.frames, rng.pick(PSEUDO_KINDS), scene.memories[0].usualSpeed, foreign, rng);
  if (!made) return stretch;
  return {
    frames: made.frames,
    abnormal: made.abnormal.map((cells) => cells && Float32Array.from(cells)),
  };
}

/** `length` frames from anywhere in the clip, every `step`-th; a clip that is too short for that gives nearer ones. */
function cut({ frames, abnormal }: TrainingClip, length: number, step: number, rng: Rng): TrainingClip {
  const stride = Math.max(1, Math.min(step, Math.floor(frames.length / length)));
  const from = rng.int(Math.max(1, frames.length - (length - 1) * stride));
  const chosen = Array.from({ length }, (_, index) => from + index * stride).filter((index) => index < frames.length);
  return { frames: chosen.map((index) => frames[index]), abnormal: chosen.map((index) => abnormal[index]) };
}

const changes = ({ abnormal }: TrainingClip) =>
  abnormal.filter((cells, index) => index > 0 && (cells === null) !== (abnormal[index - 1] === null)).length;

/** Which cell of the scene's grid stands at a cell of the crop; −1 beyond the picture. */
type CropCells = Int32Array;

function writeStretch(
  batch: StretchBatch,
  stretch: TrainingClip,
  scene: TrainingScene,
  at: number,
  options: StretchOptions,
  rng: Rng,
): void {
  const memory = rng.next() < options.unlearned ? null : rng.pick(scene.memories);
  const mirrored = rng.next() < 0.5;
  const cells = cropCells(stretch, options, mirrored, rng);
  const speed = rng.between(0.85, 1.15);
  const looks = rng.next() < options.unseen ? 0 : rng.between(0.75, 1.25);
  const motionGains = [mirrored ? -speed : speed, speed, mirrored ? -speed : speed, speed, 1, speed, speed, 1];
  const colourGains = Array.from({ length: COLOUR_CHANNELS }, (_, c) => (c < LOOK_CHANNELS ? looks : 1));
  const perFrame = options.height * options.width;
  stretch.frames.forEach((frame, index) => {
    const { motion, colour } = streamInputs(frame, memory);
    const to = (at + index) * perFrame;
    gather(motion, cells, motionGains, batch.motion.subarray(to * MOTION_CHANNELS));
    gather(colour, cells, colourGains, batch.colour.subarray(to * COLOUR_CHANNELS));
    writeLabels(batch, stretch.abnormal[index], cells, at + index);
  });
}

/** The channels of the crop's cells, each channel times its gain. */
function gather(from: Float32Array, cells: CropCells, gains: readonly number[], to: Float32Array): void {
  const channels = gains.length;
  cells.forEach((cell, index) => {
    if (cell < 0) return;
    for (let c = 0; c < channels; c++) to[index * channels + c] = gains[c] * from[cell * channels + c];
  });
}

/** A crop around an abnormal cell where there is one, larger or smaller than it was, mirrored or not. */
function cropCells(
  { frames, abnormal }: TrainingClip,
  { height, width, zoom }: StretchOptions,
  mirrored: boolean,
  rng: Rng,
): CropCells {
  const { grid } = frames[0];
  const scale = zoom ** rng.between(-1, 1);
  const some = abnormal.filter((cells) => cells !== null);
  let focus: { x: number; y: number } | null = null;
  if (some.length) {
    const shares = rng.pick(some);
    const cell = shares.indexOf(shares.reduce((most, share) => Math.max(most, share)));
    focus = { x: cell % grid.width, y: Math.floor(cell / grid.width) };
  }
  const begin = (size: number, crop: number, at: number | undefined) => {
    const covered = crop / scale;
    if (size <= covered) return (size - covered) / 2;
    const drawn = at === undefined ? rng.between(0, size - covered) : at - rng.between(0, covered);
    return Math.min(size - covered, Math.max(0, drawn));
  };
  const [left, top] = [begin(grid.width, width, focus?.x), begin(grid.height, height, focus?.y)];
  return Int32Array.from({ length: height * width }, (_, index) => {
    const x = index % width;
    const column = Math.floor(left + ((mirrored ? width - 1 - x : x) + 0.5) / scale);
    const row = Math.floor(top + (Math.floor(index / width) + 0.5) / scale);
    return column >= 0 && column < grid.width && row >= 0 && row < grid.height ? row * grid.width + column : -1;
  });
}

function writeLabels(batch: StretchBatch, abnormal: Float32Array | null, cells: CropCells, frame: number): void {
  const { width } = batch;
  const w = Math.ceil(width / 2);
  const h = Math.ceil(batch.height / 2);
  const shares = new Float32Array(w * h);
  cells.forEach((cell, index) => {
    const place = (Math.floor(index / width) >> 1) * w + ((index % width) >> 1);
    if (cell >= 0) shares[place] += (abnormal?.[cell] ?? 0) / 4;
  });
  const most = shares.reduce((highest, share) => Math.max(highest, share), 0);
  const enough = Math.min(ABNORMAL_SHARE, most);
  shares.forEach((share, place) => {
    const isAbnormal = most > 0 && share >= enough;
    batch.labels[frame * w * h + place] = isAbnormal ? 1 : 0;
    batch.weights[frame * w * h + place] = isAbnormal || !near(shares, place, w, h) ? 1 : 0;
  });
  batch.frameLabels[frame] = most > 0 ? 1 : 0;
  // Abnormal, but outside the crop: nobody can know.
  batch.frameWeights[frame] = abnormal === null || most > 0 ? 1 : 0;
}

/** Whether the place or one next to it is abnormal in part. */
function near(shares: Float32Array, place: number, width: number, height: number): boolean {
  const x = place % width;
  const y = (place - x) / width;
  for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
    for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
      if (shares[ny * width + nx] > 0) return true;
    }
  }
  return false;
}
