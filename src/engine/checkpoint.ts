/** A training run at rest: everything it needs to go on as if it had never stopped. */
import type { AdamWState } from '../nn/optimiser';
import { type StoredWeights, WeightsError } from '../nn/stored-weights';
import type { ParamTree } from '../nn/tree';
import { loadWeights, saveWeights } from '../nn/weights';

/** Where checkpoints live: files on the command line, the browser's own storage in the app. */
export interface CheckpointStore {
  /** The newest checkpoint, or null where there is none. */
  read(): Promise<StoredWeights | null>;
  /** Replaces the one before; must not leave half a checkpoint behind. */
  write(checkpoint: StoredWeights): Promise<void>;
}

/** What makes two runs the same: equal runs give equal weights. */
export interface RunIdentity {
  detector: string;
  /** The network's configuration, as plain data. */
  config: unknown;
  seed: number;
  steps: number;
}

export interface CurvePoint {
  step: number;
  learningRate: number;
  total: number;
  parts: Record<string, number>;
  /** The validation value, after updates that were validated; the less the better. */
  validation?: number;
}

/** The best parameters so far by validation value, lower is better. */
export interface BestParameters {
  step: number;
  value: number;
  params: ParamTree;
}

/**
 * Random numbers are no part of it: each step draws from a generator forked from the seed by the step's number.
 */
export interface TrainingState {
  /** Updates done. */
  step: number;
  params: ParamTree;
  optimiser: AdamWState;
  best: BestParameters | null;
  /** Validations since the best one. */
  sinceBest: number;
  curve: CurvePoint[];
}

interface CheckpointConfig {
  run: RunIdentity;
  step: number;
  best: { step: number; value: number } | null;
  sinceBest: number;
  curve: CurvePoint[];
}

/** Store a state: the trees as float32, bit for bit, the rest in the manifest. */
export function saveCheckpoint(run: RunIdentity, state: TrainingState): Promise<StoredWeights> {
  const { step, params, optimiser, best, sinceBest, curve } = state;
  const config: CheckpointConfig = {
    run,
    step,
    best: best && { step: best.step, value: best.value },
    sinceBest,
    curve: [...curve],
  };
  const trees: ParamTree = { params, mean: optimiser.mean, square: optimiser.square };
  return saveWeights(best ? { ...trees, best: best.params } : trees, { detector: run.detector, config });
}

/**
 * The state that was stored for the same run; `fresh` gives the shapes of the network's parameters. Throws WeightsError
 * where the file cannot be used, or belongs to a run of another configuration, seed or length.
 */
export function loadCheckpoint(stored: StoredWeights, run: RunIdentity, fresh: ParamTree): TrainingState {
  checkRun(stored, run);
  const { step, best, sinceBest, curve } = stored.manifest.config as CheckpointConfig;
  const shapes: ParamTree = { params: fresh, mean: fresh, square: fresh };
  const trees = loadWeights(stored, run.detector, best ? { ...shapes, best: fresh } : shapes);
  return {
    step,
    params: trees.params as ParamTree,
    optimiser: { step, mean: trees.mean as ParamTree, square: trees.square as ParamTree },
    best: best && { ...best, params: trees.best as ParamTree },
    sinceBest,
    curve,
  };
}

/** Throws WeightsError where the checkpoint is not one of this run. */
function checkRun(stored: StoredWeights, run: RunIdentity): void {
  const found = (stored.manifest.config as Partial<CheckpointConfig> | null)?.run;
  if (!found) throw new WeightsError('This file holds weights, not a checkpoint of a training run.');
  for (const key of ['detector', 'seed', 'steps', 'config'] as const) {
    const [before, now] = [JSON.stringify(found[key]), JSON.stringify(run[key])];
    if (before !== now)
      throw new WeightsError(`The checkpoint belongs to a run with ${key} ${before}, this one has ${now}.`);
  }
}
