/** What a streaming block remembers between frames: who owns the tensors, and when they go. */
import * as tf from '@tensorflow/tfjs-core';

/** What one streaming step gives: the output for the new frame and what to remember for the next. */
export interface Streamed<Output, State> {
  output: Output;
  state: State;
}

/**
 * Run one step: everything it makes is disposed but its output and next state, and of `state` whatever the next state no
 * longer holds. Tensors that a step puts into its state must be its own (clone the frame, the caller keeps its copy).
 */
export function advance<Output, State>(
  state: State,
  step: (state: State) => Streamed<Output, State>,
): Streamed<Output, State> {
  const held = tensorsIn(state);
  const next = tf.tidy(() => step(state) as unknown as tf.TensorContainer) as unknown as Streamed<Output, State>;
  const kept = new Set(tensorsIn(next).map((tensor) => tensor.id));
  for (const tensor of held) if (!kept.has(tensor.id)) tensor.dispose();
  return next;
}

export function disposeState(state: unknown): void {
  for (const tensor of tensorsIn(state)) tensor.dispose();
}

const tensorsIn = (container: unknown) => tf.tensor_util.getTensorsInContainer(container as tf.TensorContainer);
