/** Extracted clips as scenes to train on: memories of the normal parts, labels on the streams' grid. */
import { learnSceneMemory } from '../src/detectors/streams/scene-memory';
import type { StreamFrame } from '../src/detectors/streams/stream-frame';
import type { TrainingClip, TrainingScene } from '../src/detectors/streams/training-stretches';
import { type ExtractedClip, type ExtractedFrame, maskOf } from './extracted-clip';

/** A scene with what is left out of training, to validate on. */
export interface SplitScene {
  name: string;
  training: TrainingScene;
  validation: TrainingClip[];
}

export interface ExtractedScene {
  name: string;
  /** Where its footage lies: stadnet and esta are trained on each folder as often, however many scenes it holds. */
  folder: string;
  normal: ExtractedClip[];
  rest: ExtractedClip[];
  planted: ExtractedClip[];
}

/** Of the planted clips of a scene one in so many validates, from the last on. */
const VALIDATES = 5;

/** The planted clips to train on, and those left out to validate on. */
export function splitPlanted<Clip>(planted: readonly Clip[]): { training: Clip[]; validation: Clip[] } {
  const validates = (index: number) => (planted.length - 1 - index) % VALIDATES === 0;
  return {
    training: planted.filter((_, index) => !validates(index)),
    validation: planted.filter((_, index) => validates(index)),
  };
}

/** Throws where the normal parts of one hold no frame. */
export const trainingScenes = (scenes: readonly ExtractedScene[], seed: number): SplitScene[] =>
  scenes.map((scene) => {
    const beside = scenes.filter(({ folder }) => folder === scene.folder);
    return trainingScene(scene, 1 / beside.length, seed);
  });

function trainingScene({ name, normal, rest, planted }: ExtractedScene, share: number, seed: number): SplitScene {
  const learned = normal.flatMap((clip) => clip.frames.map(streamFrame));
  if (!learned.length) throw new Error(`The footage of ${name} is too short: no frame is left to learn it from.`);
  const labelled = splitPlanted(planted.map(labelledClip));
  return {
    name,
    training: {
      share,
      // Two parts, and both together: a network shall not rely on one way in which a scene was learned.
      memories: [learned, half(learned, 0), half(learned, 1)].map((frames, part) =>
        learnSceneMemory(frames, seed + part),
      ),
      normal: rest.map(labelledClip),
      planted: labelled.training,
    },
    validation: labelled.validation,
  };
}

const streamFrame = ({ features }: ExtractedFrame) => features as StreamFrame;

function half(frames: readonly StreamFrame[], which: 0 | 1): StreamFrame[] {
  const middle = Math.floor(frames.length / 2);
  return which === 0 ? frames.slice(0, middle) : frames.slice(middle);
}

function labelledClip({ frames, width, height }: ExtractedClip): TrainingClip {
  return {
    frames: frames.map(streamFrame),
    abnormal: frames.map(({ maskRuns, features }) =>
      maskRuns?.length ? shares(maskOf(maskRuns, width, height), (features as StreamFrame).grid) : null,
    ),
  };
}

/** Share of each cell that is masked, 0…1. */
function shares(
  mask: { width: number; height: number; data: Uint8Array },
  grid: { width: number; height: number; cellSize: number },
): Float32Array {
  const values = new Float32Array(grid.width * grid.height);
  for (let pixel = 0; pixel < mask.data.length; pixel++) {
    if (!mask.data[pixel]) continue;
    const x = pixel % mask.width;
    const column = Math.min(grid.width - 1, Math.floor(x / grid.cellSize));
    const row = Math.min(grid.height - 1, Math.floor((pixel - x) / mask.width / grid.cellSize));
    values[row * grid.width + column] += 1 / grid.cellSize ** 2;
  }
  return values.map((share) => Math.min(1, share));
}
