/** The networks that can be trained: the terms of their losses, and tasks on extracted scenes. */
import { ESTA_WEIGHTS } from '../src/detectors/esta/training';
import { LEARNED_WEIGHTS } from '../src/detectors/hybrid/learned/training';
import { STADNET_WEIGHTS } from '../src/detectors/stadnet/training';
import type { TrainingOptions, TrainingTask } from '../src/engine/trainer';
import { hybridTask, tokenScenes } from './train-hybrid';
import { estaTask, stadnetTask } from './train-network';
import { type ExtractedScene, type SplitScene, trainingScenes } from './training-scenes';

/** A task, or one without a term of its loss. */
// biome-ignore lint/suspicious/noExplicitAny: each task has batches of its own.
type MakeTask = (without?: string) => TrainingTask<any>;

interface Trainable {
  /** How much each term of the loss counts, by name. */
  loss: Record<string, number>;
  /** Highest learning rate. Attention in pre-norm residuals diverges at those that suit convolutions. */
  peak: number;
  /** Planted versions of each clip that is not learned from; fewer where the object finder makes them costly. */
  versions: number;
  prepare(scenes: readonly ExtractedScene[], seed: number): Promise<MakeTask>;
}

/** The networks that read streams learn from the same scenes. */
const onStreams =
  // biome-ignore lint/suspicious/noExplicitAny: see `MakeTask`.
    (task: (scenes: readonly SplitScene[], without?: string) => TrainingTask<any>): Trainable['prepare'] =>
    async (extracted, seed) => {
      const scenes = trainingScenes(extracted, seed);
      return (without) => task(scenes, without);
    };

const trainables: Record<string, Trainable> = {
  stadnet: {
    loss: STADNET_WEIGHTS,
    peak: 4e-3,
    versions: 5,
    prepare: onStreams(stadnetTask),
  },
  esta: {
    loss: ESTA_WEIGHTS,
    peak: 2e-3,
    versions: 5,
    prepare: onStreams(estaTask),
  },
  hybrid: {
    loss: LEARNED_WEIGHTS,
    peak: 4e-3,
    versions: 3,
    async prepare(extracted, seed) {
      const scenes = await tokenScenes(extracted, seed);
      return (without) => hybridTask(scenes, without);
    },
  },
};

/** By name; throws with the names there are. */
export function trainable(detector: string): Trainable {
  const found = trainables[detector];
  if (!found)
    throw new Error(`--detector must be one of ${Object.keys(trainables).join(', ')}, not ${detector || 'missing'}.`);
  return found;
}

/** How all of them are trained, whatever they are. */
export const trainingDefaults = (peak: number): Pick<TrainingOptions, 'schedule' | 'optimiser'> => ({
  schedule: { peak },
  optimiser: { weightDecay: 0.01 },
});
