/** Trains the judge of fights: several heads from different seeds on the same bags. */
import { createHead, plainLayers } from '../src/detectors/fights/head';
import type { FightModel } from '../src/detectors/fights/model';
import { fitStandardScale, type StandardScale, standardised } from '../src/detectors/fights/standard-scale';
import { type Bag, type HeadBatch, headBatch, headLoss } from '../src/detectors/fights/training';
import { type TrainingTask, train } from '../src/engine/trainer';
import type { MlpParams } from '../src/nn/mlp';
import { disposeTree, type ParamTree } from '../src/nn/tree';

/** A clip as the judge sees it. */
export interface JudgedClip {
  name: string;
  label: 0 | 1;
  moments: Float32Array[];
  /** Seen in a mirror; empty where that was not done. */
  mirrored: Float32Array[];
}

export const fightTrainingDefaults = {
  hidden: [] as readonly number[],
  members: 1,
  steps: 120,
  peak: 0.02,
  moments: 4,
  ranking: 0.5,
  penalty: 0.1,
};
export type FightTrainingOptions = typeof fightTrainingDefaults;

/** Fit scale and heads on these clips only. Tensors must run, with gradients. */
export async function trainFightModel(
  clips: readonly JudgedClip[],
  seed: number,
  options: FightTrainingOptions,
): Promise<FightModel> {
  const scale = fitStandardScale(clips.flatMap(({ moments, mirrored }) => [...moments, ...mirrored]));
  const task = headTask(bagsOf(clips, scale), scale.mean.length, options);
  const members: FightModel['members'][number][] = [];
  for (let member = 0; member < options.members; member++) {
    const { params } = await train(task, {
      seed: seed * 100 + member,
      steps: options.steps,
      schedule: { peak: options.peak },
      optimiser: { weightDecay: 0 },
    });
    members.push(await plainLayers(params as MlpParams));
    disposeTree(params);
  }
  return { ...scale, members };
}

function headTask(bags: Bag[], inputs: number, options: FightTrainingOptions): TrainingTask<HeadBatch> {
  return {
    detector: 'fights',
    config: options,
    create: (rng) => createHead(rng, { inputs, hidden: options.hidden }) as ParamTree,
    batch: async (rng) => headBatch(bags, options.moments, rng),
    loss: (params, batch) => headLoss(params as MlpParams, batch, options),
  };
}

function bagsOf(clips: readonly JudgedClip[], scale: StandardScale): Bag[] {
  const rows = (moments: readonly Float32Array[]) => moments.map((moment) => standardised(scale, moment));
  return clips.map(({ label, moments, mirrored }) => ({
    fight: label === 1,
    moments: rows(moments),
    ...(mirrored.length ? { mirrored: rows(mirrored) } : {}),
  }));
}
