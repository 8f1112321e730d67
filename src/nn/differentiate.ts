/** The value of a loss and its gradient by every parameter of a tree. */
import * as tf from '@tensorflow/tfjs-core';
import { namedLeaves, type ParamTree, rebuilt } from './tree';

export interface Differentiated {
  value: tf.Scalar;
  /** A tree like the parameters'; zeros where the loss does not depend on one. */
  gradients: ParamTree;
}

/**
 * Run `loss` on `params` and differentiate it. Everything it makes is disposed but what it keeps (`tf.keep`); the caller
 * disposes the value and the gradients. Gradients must be registered (`registerGradients`).
 */
export function differentiate(loss: (params: ParamTree) => tf.Scalar, params: ParamTree): Differentiated {
  return tf.tidy(() => {
    const tensors = namedLeaves(params).map(([, tensor]) => tensor);
    const { value, grads } = tf.engine().gradients(() => loss(params), tensors, undefined, true);
    const gradients = tensors.map((tensor, index) => grads[index] ?? tf.zerosLike(tensor));
    return { value: value as tf.Scalar, gradients: rebuilt(params, gradients) } as unknown as tf.TensorContainer;
  }) as unknown as Differentiated;
}
