/** Trains a network: a seeded loop with AdamW on a one-cycle rate, early stopping, checkpoints and exact resumption. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng, type Rng } from '../lib/rng';
import { type Differentiated, differentiate } from '../nn/differentiate';
import type { StatisticsUpdates } from '../nn/norm';
import { type AdamWOptions, disposeAdamW, initAdamW, updateAdamW } from '../nn/optimiser';
import { type OneCycleOptions, oneCycle } from '../nn/schedule';
import { cloneTree, disposeTree, namedLeaves, type ParamTree, rebuilt } from '../nn/tree';
import {
  type CheckpointStore,
  type CurvePoint,
  loadCheckpoint,
  type RunIdentity,
  saveCheckpoint,
  type TrainingState,
} from './checkpoint';

/** What is trained and on what. `Batch` is anything whose tensors `tf.dispose` finds. */
export interface TrainingTask<Batch extends tf.TensorContainer> {
  detector: string;
  /** The network's configuration, as plain data; it is stored with the checkpoints. */
  config: unknown;
  /** Fresh parameters, from the generator's numbers only. */
  create(rng: Rng): ParamTree;
  /** The samples of a step, and the noise its loss needs; depends on `rng` and `step` only. The trainer disposes it. */
  batch(rng: Rng, step: number): Promise<Batch>;
  /**
   * `total` is minimised; `parts` are reported by name. Runs inside a tidy scope. Batch norms put their running
   * statistics into `updates`, and the trainer takes them over after the step.
   */
  loss(
    params: ParamTree,
    batch: Batch,
    updates: StatisticsUpdates,
  ): { total: tf.Scalar; parts: Record<string, tf.Scalar> };
  /** A value to minimise on footage left out of training; must leave no tensor behind. */
  validate?(params: ParamTree): Promise<number>;
}

export interface TrainingOptions {
  seed: number;
  /** Updates in the whole run. */
  steps: number;
  schedule?: Partial<OneCycleOptions>;
  optimiser?: Partial<AdamWOptions>;
  /** Validate after every so many steps (100) … */
  validateEvery?: number;
  /** … and stop once more than so many in a row have brought no new best (never). */
  patience?: number;
  /** Write a checkpoint after every so many steps (200), at the end and when cancelled. */
  checkpointEvery?: number;
  /** A run whose checkpoint is found here goes on from it. */
  store?: CheckpointStore;
  signal?: AbortSignal;
  onProgress?: (progress: TrainingProgress) => void;
}

export interface TrainingProgress extends CurvePoint {
  steps: number;
}

export interface TrainingResult {
  /** The best parameters by validation, or the last ones without it; the caller disposes them. */
  params: ParamTree;
  /** Updates done. */
  step: number;
  /** Updates after which `params` stood. */
  chosenStep: number;
  ended: 'finished' | 'early' | 'cancelled';
  /** The best validation value, or null. */
  validation: number | null;
  curve: CurvePoint[];
}

/** Training cannot go on; the message says at which step and why. */
export class TrainingError extends Error {
  override name = 'TrainingError';
}

/**
 * Train from the start or from the store's checkpoint. The same task, seed and steps give the same weights, bit for bit on
 * one backend, however often the run was interrupted. Gradients must be registered (`registerGradients`).
 * Throws TrainingError where a loss is not finite (the last checkpoint stays), WeightsError where the checkpoint is of
 * another run.
 */
export async function train<Batch extends tf.TensorContainer>(
  task: TrainingTask<Batch>,
  options: TrainingOptions,
): Promise<TrainingResult> {
  const { seed, steps, store, signal } = options;
  const run: RunIdentity = { detector: task.detector, config: task.config, seed, steps };
  const state = await begin(task, run, store);
  try {
    let ended: TrainingResult['ended'] = 'finished';
    let savedStep = state.step;
    const save = async () => {
      if (!store || savedStep === state.step) return;
      await requireFinite(state.params, state.step);
      await store.write(await saveCheckpoint(run, state));
      savedStep = state.step;
    };
    while (state.step < steps) {
      if (signal?.aborted) ended = 'cancelled';
      else if (state.sinceBest > (options.patience ?? Number.POSITIVE_INFINITY)) ended = 'early';
      if (ended !== 'finished') break;
      const progress = await advance(task, state, options);
      const validation = await validate(task, state, options);
      const point = validation === undefined ? progress : { ...progress, validation };
      state.curve.push(point);
      options.onProgress?.({ ...point, steps });
      if (state.step % (options.checkpointEvery ?? 200) === 0) await save();
    }
    await save();
    const params = cloneTree(state.best?.params ?? state.params);
    const { step, best, curve } = state;
    return { params, step, chosenStep: best?.step ?? step, ended, validation: best?.value ?? null, curve };
  } finally {
    disposeState(state);
  }
}

async function begin<Batch extends tf.TensorContainer>(
  task: TrainingTask<Batch>,
  run: RunIdentity,
  store: CheckpointStore | undefined,
): Promise<TrainingState> {
  const fresh = task.create(createRng(run.seed).fork('create'));
  const stored = await store?.read();
  if (!stored) return { step: 0, params: fresh, optimiser: initAdamW(fresh), best: null, sinceBest: 0, curve: [] };
  try {
    return loadCheckpoint(stored, run, fresh);
  } finally {
    disposeTree(fresh);
  }
}

/** One update of `state`. */
async function advance<Batch extends tf.TensorContainer>(
  task: TrainingTask<Batch>,
  state: TrainingState,
  { seed, steps, schedule, optimiser }: TrainingOptions,
): Promise<CurvePoint> {
  const { step } = state;
  const learningRate = oneCycle(step, steps, schedule);
  const batch = await task.batch(createRng(seed).fork(`batch ${step}`), step);
  const updates: StatisticsUpdates = new Map();
  const { value, gradients, parts } = lossAndGradients(task, state.params, batch, updates);
  try {
    const losses = await readLosses(value, parts, step);
    const { params, optimiser: moments } = state;
    const next = updateAdamW(params, gradients, moments, learningRate, optimiser);
    const moved = withStatistics(next.params, params, updates);
    disposeTree(params);
    disposeAdamW(moments);
    Object.assign(state, { step: step + 1, params: moved, optimiser: next.state });
    return { step: step + 1, learningRate, ...losses };
  } finally {
    tf.dispose([value, parts, batch, ...updates.values()]);
    disposeTree(gradients);
  }
}

function lossAndGradients<Batch extends tf.TensorContainer>(
  task: TrainingTask<Batch>,
  params: ParamTree,
  batch: Batch,
  updates: StatisticsUpdates,
): Differentiated & { parts: Record<string, tf.Scalar> } {
  let kept: Record<string, tf.Scalar> = {};
  const differentiated = differentiate((values) => {
    const { total, parts } = task.loss(values, batch, updates);
    kept = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, tf.keep(part.clone())]));
    return total;
  }, params);
  return { ...differentiated, parts: kept };
}

/** The optimiser's parameters with the running statistics of the step, which leave `updates`. */
function withStatistics(params: ParamTree, before: ParamTree, updates: StatisticsUpdates): ParamTree {
  if (updates.size === 0) return params;
  const old = namedLeaves(before);
  const leaves = namedLeaves(params).map(([, tensor], index) => {
    const moved = updates.get(old[index][1]);
    if (!moved) return tensor;
    updates.delete(old[index][1]);
    tensor.dispose();
    return moved;
  });
  return rebuilt(params, leaves);
}

/** Throws TrainingError where one of them is not finite. */
async function readLosses(
  value: tf.Scalar,
  parts: Record<string, tf.Scalar>,
  step: number,
): Promise<{ total: number; parts: Record<string, number> }> {
  const read = async (scalar: tf.Scalar) => (await scalar.data())[0];
  const names = Object.keys(parts);
  const [total, ...values] = await Promise.all([read(value), ...names.map((name) => read(parts[name]))]);
  const wrong = names.findIndex((_, index) => !Number.isFinite(values[index]));
  if (wrong >= 0)
    throw new TrainingError(`Training stopped at step ${step}: the loss "${names[wrong]}" is ${values[wrong]}.`);
  if (!Number.isFinite(total)) throw new TrainingError(`Training stopped at step ${step}: the total loss is ${total}.`);
  return { total, parts: Object.fromEntries(names.map((name, index) => [name, values[index]])) };
}

/** Validate where it is due, and keep the parameters that did best. */
async function validate<Batch extends tf.TensorContainer>(
  task: TrainingTask<Batch>,
  state: TrainingState,
  { steps, validateEvery = 100 }: TrainingOptions,
): Promise<number | undefined> {
  if (!task.validate || (state.step % validateEvery !== 0 && state.step !== steps)) return undefined;
  const value = await task.validate(state.params);
  if (!Number.isFinite(value))
    throw new TrainingError(`Training stopped at step ${state.step}: the validation value is ${value}.`);
  if (state.best && value >= state.best.value) {
    state.sinceBest += 1;
    return value;
  }
  if (state.best) disposeTree(state.best.params);
  state.best = { step: state.step, value, params: cloneTree(state.params) };
  state.sinceBest = 0;
  return value;
}

/** A finite loss can still have a gradient that is not: such parameters never reach a checkpoint. */
async function requireFinite(params: ParamTree, step: number): Promise<void> {
  for (const [path, tensor] of namedLeaves(params)) {
    const values = await tensor.data<'float32'>();
    if (!values.every(Number.isFinite))
      throw new TrainingError(`Training stopped at step ${step}: ${path} is no longer finite.`);
  }
}

function disposeState({ params, optimiser, best }: TrainingState): void {
  disposeTree(params);
  disposeAdamW(optimiser);
  if (best) disposeTree(best.params);
}
