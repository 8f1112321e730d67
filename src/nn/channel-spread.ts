/** One value per place spread over the channels there. */
import * as tf from '@tensorflow/tfjs-core';

/**
 * `map` [..., 1] to [..., channels], the value repeated. The WebAssembly backend broadcasts along the last axis about forty
 * times slower than it multiplies, so there the copy is a product with a row of ones.
 */
export function spreadOverChannels(map: tf.Tensor, channels: number): tf.Tensor {
  if (map.shape.at(-1) !== 1) throw new RangeError(`a map to spread ends in one channel, got shape [${map.shape}]`);
  if (tf.getBackend() !== 'wasm') return tf.broadcastTo(map, [...map.shape.slice(0, -1), channels]);
  return tf.tidy(() =>
    tf.reshape(tf.matMul(tf.reshape(map, [-1, 1]), tf.ones([1, channels])), [...map.shape.slice(0, -1), channels]),
  );
}

/** features ∘ map: `features` [..., C] weighted by `map` [..., 1] at each place. */
export function scaleByMap(features: tf.Tensor, map: tf.Tensor): tf.Tensor {
  if (tf.getBackend() !== 'wasm') return tf.mul(features, map);
  return tf.tidy(() => tf.mul(features, spreadOverChannels(map, features.shape.at(-1)!)));
}
