/** AdamW (Loshchilov & Hutter 2019) as pure functions over parameter trees. */
import * as tf from '@tensorflow/tfjs-core';
import { disposeTree, mapTree, namedLeaves, type ParamTree, rebuilt } from './tree';

export interface AdamWOptions {
  /** β₁, decay of the mean of gradients. */
  meanDecay: number;
  /** β₂, decay of the mean of squared gradients. */
  squareDecay: number;
  /** ε, added to the root of the squares. */
  epsilon: number;
  /** λ, times the learning rate, taken off each weight; not off biases and gains (leaves of rank below 2). */
  weightDecay: number;
  /** The longest gradient over all parameters together; longer ones are scaled down to it. Infinity for none. */
  clipNorm: number;
}

export const adamWDefaults: AdamWOptions = {
  meanDecay: 0.9,
  squareDecay: 0.999,
  epsilon: 1e-8,
  weightDecay: 0.01,
  clipNorm: 1,
};

/** Moments of the gradients so far. */
export interface AdamWState {
  /** Updates done. */
  step: number;
  mean: ParamTree;
  square: ParamTree;
}

/** The state before the first update: zero moments. */
export function initAdamW(params: ParamTree): AdamWState {
  const zeros = () => mapTree(params, (tensor) => tf.zeros(tensor.shape));
  return { step: 0, mean: zeros(), square: zeros() };
}

/**
 * One update; returns new trees and leaves its arguments as they are.
 * g ← g·min(1, clipNorm/‖g‖); m ← β₁m + (1−β₁)g; v ← β₂v + (1−β₂)g²; m̂ = m/(1−β₁ᵗ); v̂ = v/(1−β₂ᵗ);
 * θ ← θ − η·(m̂/(√v̂ + ε) + λθ), with learning rate η.
 */
export function updateAdamW(
  params: ParamTree,
  gradients: ParamTree,
  state: AdamWState,
  learningRate: number,
  options: Partial<AdamWOptions> = {},
): { params: ParamTree; state: AdamWState } {
  const chosen = { ...adamWDefaults, ...options };
  const step = state.step + 1;
  const leaves = namedLeaves(params).map(([, tensor]) => tensor);
  const [slopes, means, squares] = [gradients, state.mean, state.square].map((tree) =>
    namedLeaves(tree).map(([, tensor]) => tensor),
  );
  const updated = tf.tidy(() => {
    const scale = clipScale(slopes, chosen.clipNorm);
    return leaves.map((value, index) =>
      updateLeaf(value, tf.mul(slopes[index], scale), means[index], squares[index], step, learningRate, chosen),
    );
  });
  return {
    params: rebuilt(
      params,
      updated.map(([value]) => value),
    ),
    state: {
      step,
      mean: rebuilt(
        params,
        updated.map(([, mean]) => mean),
      ),
      square: rebuilt(
        params,
        updated.map(([, , square]) => square),
      ),
    },
  };
}

export function disposeAdamW(state: AdamWState): void {
  disposeTree(state.mean);
  disposeTree(state.square);
}

/** min(1, longest/‖g‖) over all tensors together. */
function clipScale(slopes: tf.Tensor[], longest: number): tf.Tensor {
  if (longest === Number.POSITIVE_INFINITY) return tf.scalar(1);
  const norm = tf.sqrt(tf.addN(slopes.map((slope) => tf.sum(tf.square(slope)))));
  return tf.minimum(1, tf.div(longest, tf.maximum(norm, 1e-12)));
}

function updateLeaf(
  value: tf.Tensor,
  slope: tf.Tensor,
  mean: tf.Tensor,
  square: tf.Tensor,
  step: number,
  learningRate: number,
  { meanDecay, squareDecay, epsilon, weightDecay }: AdamWOptions,
): [tf.Tensor, tf.Tensor, tf.Tensor] {
  const nextMean = tf.add(tf.mul(mean, meanDecay), tf.mul(slope, 1 - meanDecay));
  const nextSquare = tf.add(tf.mul(square, squareDecay), tf.mul(tf.square(slope), 1 - squareDecay));
  const direction = tf.div(
    tf.div(nextMean, 1 - meanDecay ** step),
    tf.add(tf.sqrt(tf.div(nextSquare, 1 - squareDecay ** step)), epsilon),
  );
  const decay = value.rank < 2 ? 0 : weightDecay;
  const kept = tf.mul(value, 1 - learningRate * decay);
  return [tf.sub(kept, tf.mul(direction, learningRate)), nextMean, nextSquare];
}
