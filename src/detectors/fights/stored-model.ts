/** A judge of fights as a parameter tree, to be stored as weights; `readFightModel` reads it back without tensors. */
import * as tf from '@tensorflow/tfjs-core';
import type { PlainDense } from '../../nn/plain-dense';
import type { StoredWeights } from '../../nn/stored-weights';
import { disposeTree, type ParamTree } from '../../nn/tree';
import { saveWeights } from '../../nn/weights';
import type { FightModel } from './model';

/** The weights of the judge that reads this detector's features are filed under this name. */
export const fightWeightsName = (detector: string) => `fights-${detector}`;

/** In float16; `config` says what the features were and goes into the manifest. */
export async function storeFightModel(model: FightModel, detector: string, config: unknown): Promise<StoredWeights> {
  const tree: ParamTree = {
    scale: { mean: tf.tensor1d(model.mean), scale: tf.tensor1d(model.scale) },
    ...Object.fromEntries(model.members.map((layers, index) => [`member${index}`, layerTree(layers)])),
  };
  try {
    return await saveWeights(tree, { detector: fightWeightsName(detector), config, precision: 'float16' });
  } finally {
    disposeTree(tree);
  }
}

function layerTree(layers: readonly PlainDense[]): ParamTree {
  const tensors = ({ kernel, bias }: PlainDense): ParamTree => ({
    kernel: tf.tensor2d(kernel, [kernel.length / bias.length, bias.length]),
    bias: tf.tensor1d(bias),
  });
  return Object.fromEntries(layers.map((layer, depth) => [`layer${depth}`, tensors(layer)]));
}
