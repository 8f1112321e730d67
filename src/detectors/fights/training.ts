/** What the head learns from: bags of moments, of which only the clip's label is known. */
import * as tf from '@tensorflow/tfjs-core';
import type { Rng } from '../../lib/rng';
import { l2Penalty } from '../../nn/losses';
import type { MlpParams } from '../../nn/mlp';
import { multipleInstanceRanking, temporalConfidenceLoss } from '../../nn/sequence-losses';
import { headLogits } from './head';

/** The moments of a clip, standardised, in order. */
export interface Bag {
  fight: boolean;
  moments: readonly Float32Array[];
  /** The same clip seen in a mirror; training takes either. */
  mirrored?: readonly Float32Array[];
}

export interface HeadTrainingOptions {
  /** Moments a bag is drawn to, 2 or more: evenly from longer clips, repeated in shorter ones. */
  moments: number;
  /** Weights of the ranking and of half the sum of squares of the weights. */
  ranking: number;
  penalty: number;
}

/** Fights first. */
export interface HeadBatch {
  [name: string]: tf.Tensor | number;
  /** [N, T, inputs] */
  moments: tf.Tensor3D;
  /** 1 in all moments of a fight [N, T]. */
  labels: tf.Tensor2D;
  fights: number;
}

/** All bags, each mirrored or not by chance. Throws RangeError where fights or normal clips are missing. */
export function headBatch(bags: readonly Bag[], moments: number, rng: Rng): HeadBatch {
  const ordered = [...bags.filter(({ fight }) => fight), ...bags.filter(({ fight }) => !fight)];
  const fights = ordered.filter(({ fight }) => fight).length;
  if (!fights || fights === bags.length) throw new RangeError('training needs clips with and without a fight');
  const inputs = ordered[0].moments[0].length;
  const values = new Float32Array(ordered.length * moments * inputs);
  ordered.forEach((bag, index) => {
    const seen = rng.int(2) === 1 && bag.mirrored ? bag.mirrored : bag.moments;
    for (let moment = 0; moment < moments; moment++)
      values.set(seen[Math.floor((moment * seen.length) / moments)], (index * moments + moment) * inputs);
  });
  const labels = ordered.flatMap(({ fight }) => new Array<number>(moments).fill(fight ? 1 : 0));
  return {
    moments: tf.tensor3d(values, [ordered.length, moments, inputs]),
    labels: tf.tensor2d(labels, [ordered.length, moments]),
    fights,
  };
}

/**
 * L = L_tcr + λ_r·L_rank + λ_w·½Σ‖W‖²: temporal confidence reweighting with the clip's label at every moment, and multiple-instance
 * ranking, by which the strongest moment of a fight shall exceed the strongest of a normal clip.
 */
export function headLoss(
  params: MlpParams,
  { moments, labels, fights }: HeadBatch,
  { ranking, penalty }: HeadTrainingOptions,
): { total: tf.Scalar; parts: Record<string, tf.Scalar> } {
  const logits = headLogits(params, moments);
  const [bags, length] = logits.shape;
  const chances = tf.sigmoid(logits);
  const rank = multipleInstanceRanking(
    tf.slice(chances, [0, 0], [fights, length]),
    tf.slice(chances, [fights, 0], [bags - fights, length]),
  );
  const confidence = temporalConfidenceLoss(logits, labels);
  const weights = l2Penalty(params);
  const total = tf.addN([confidence, tf.mul(rank, ranking), tf.mul(weights, penalty)]) as tf.Scalar;
  return { total, parts: { confidence, rank, weights } };
}
