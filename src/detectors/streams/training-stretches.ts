/** Draws training batches: short stretches of planted, pseudo-anomalous and normal footage, cropped to one size, in the units of their scenes. */
import type { Rng } from '../../lib/rng';
import { PSEUDO_KINDS, pseudoAnomaly } from '../pseudo-anomalies';
import type { SceneMemory } from './scene-memory';
import type { StreamFrame } from './stream-frame';
import { COLOUR_CHANNELS, MOTION_CHANNELS, streamInputs } from './stream-inputs';

/** A clip to train on. */
export interface TrainingClip {
  frames: StreamFrame[];
  /** Per frame the share of each cell that is abnormal, 0…1, on the streams' grid; null in a normal frame. */
  abnormal: (Float32Array | null)[];
}

export interface TrainingScene {
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
  /** Size of the crop, in cells. */
  height: number;
  width: number;
  /** Shares of planted and pseudo-anomalous stretches; the rest is normal. */
  planted: number;
  pseudo: number;
  /** Share of stretches that are shown without their scene's memory. */
  unlearned: number;
}

export const stretchDefaults: StretchOptions = {
  clips: 6,
  length: 10,
  lead: 2,
  height: 24,
  width: 40,
  planted: 0.55,
  pseudo: 0.25,
  unlearned: 0.15,
};

/** Clips one after the other, channels last; labels and weights on every second cell each way. */
export interface StretchBatch {
  frames: number;
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

export function drawStretches(scenes: readonly TrainingScene[], options: StretchOptions, rng: Rng): StretchBatch {
  const { clips, length, lead, height, width } = options;
  const frames = clips * (lead + length);
  const half = Math.ceil(height / 2) * Math.ceil(width / 2);
  const batch: StretchBatch = {
    frames,
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
    const scene = random.pick(scenes);
    const stretch = drawStretch(scene, scenes, options, random);
    writeStretch(batch, stretch, scene, clip * (lead + length) + lead, options, random);
  }
  return batch;
}

function drawStretch(
  scene: TrainingScene,
  scenes: readonly TrainingScene[],
  { length, planted, pseudo }: StretchOptions,
  rng: Rng,
): TrainingClip {
  const kind = rng.next();
  if (kind < planted && scene.planted.length) {
    const clip = rng.pick(scene.planted);
    // Beginnings and ends of anomalies are what is hard: of a few windows the one with most changes of label is taken.
    const tries = Array.from({ length: 3 }, () => cut(clip, length, rng));
    return tries.reduce((best, other) => (changes(other) > changes(best) ? other : best));
  }
  const stretch = cut(rng.pick(scene.normal), length, rng);
  if (kind > planted + pseudo) return stretch;
  const foreign = rng.pick(rng.pick(rng.pick(scenes).normal).frames);
  const made = pseudoAnomaly(stretch.frames, rng.pick(PSEUDO_KINDS), scene.memories[0].usualSpeed, foreign, rng);
  if (!made) return stretch;
  return {
    frames: made.frames,
    abnormal: made.abnormal.map((cells) => cells && Float32Array.from(cells)),
  };
}

function cut(clip: TrainingClip, length: number, rng: Rng): TrainingClip {
  const from = rng.int(Math.max(1, clip.frames.length - length));
  return { frames: clip.frames.slice(from, from + length), abnormal: clip.abnormal.slice(from, from + length) };
}

const changes = ({ abnormal }: TrainingClip) =>
  abnormal.filter((cells, index) => index > 0 && (cells === null) !== (abnormal[index - 1] === null)).length;

function writeStretch(
  batch: StretchBatch,
  stretch: TrainingClip,
  scene: TrainingScene,
  at: number,
  { height, width, unlearned }: StretchOptions,
  rng: Rng,
): void {
  const memory = rng.next() < unlearned ? null : rng.pick(scene.memories);
  const { grid } = stretch.frames[0];
  const crop = cropAround(stretch, height, width, rng);
  const mirrored = rng.next() < 0.5;
  const speed = rng.between(0.85, 1.15);
  const contrast = rng.between(0.75, 1.25);
  stretch.frames.forEach((frame, index) => {
    const inputs = streamInputs(frame, memory);
    const target = at + index;
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [fromX, fromY] = [crop.x + (mirrored ? width - 1 - x : x), crop.y + y];
        if (fromX < 0 || fromX >= grid.width || fromY < 0 || fromY >= grid.height) continue;
        const cell = fromY * grid.width + fromX;
        const to = (target * height + y) * width + x;
        for (let c = 0; c < MOTION_CHANNELS; c++) {
          const gain = c === 4 || c === 7 ? 1 : mirrored && (c === 0 || c === 2) ? -speed : speed;
          batch.motion[to * MOTION_CHANNELS + c] = gain * inputs.motion[cell * MOTION_CHANNELS + c];
        }
        for (let c = 0; c < COLOUR_CHANNELS; c++) {
          const gain = c < 5 ? contrast : 1;
          batch.colour[to * COLOUR_CHANNELS + c] = gain * inputs.colour[cell * COLOUR_CHANNELS + c];
        }
      }
    }
    writeLabels(batch, stretch.abnormal[index], grid.width, grid.height, crop, mirrored, target);
  });
}

/** Where the crop begins, in cells; around an abnormal cell where there is one. Negative where the grid is smaller than the crop. */
function cropAround({ frames, abnormal }: TrainingClip, height: number, width: number, rng: Rng) {
  const { grid } = frames[0];
  const some = abnormal.filter((cells) => cells !== null);
  let focus: { x: number; y: number } | null = null;
  if (some.length) {
    const cells = rng.pick(some);
    const cell = cells.indexOf(cells.reduce((most, share) => Math.max(most, share)));
    focus = { x: cell % grid.width, y: Math.floor(cell / grid.width) };
  }
  const place = (size: number, crop: number, at: number | undefined) => {
    if (size <= crop) return Math.floor((size - crop) / 2);
    const drawn = at === undefined ? rng.int(size - crop + 1) : at - rng.int(crop);
    return 2 * Math.floor(Math.min(size - crop, Math.max(0, drawn)) / 2);
  };
  return { x: place(grid.width, width, focus?.x), y: place(grid.height, height, focus?.y) };
}

function writeLabels(
  batch: StretchBatch,
  abnormal: Float32Array | null,
  gridWidth: number,
  gridHeight: number,
  crop: { x: number; y: number },
  mirrored: boolean,
  frame: number,
): void {
  const w = Math.ceil(batch.width / 2);
  const h = Math.ceil(batch.height / 2);
  const shares = new Float32Array(w * h);
  for (let y = 0; y < batch.height; y++) {
    for (let x = 0; x < batch.width; x++) {
      const [fromX, fromY] = [crop.x + (mirrored ? batch.width - 1 - x : x), crop.y + y];
      if (fromX < 0 || fromX >= gridWidth || fromY < 0 || fromY >= gridHeight) continue;
      shares[(y >> 1) * w + (x >> 1)] += (abnormal?.[fromY * gridWidth + fromX] ?? 0) / 4;
    }
  }
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
