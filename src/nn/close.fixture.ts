/** For tests: whether two tensors hold the same numbers. */
import type * as tf from '@tensorflow/tfjs-core';

/** Throws where shapes differ, or a value differs by more than `tolerance`, or is not a number. */
export async function expectClose(
  actual: tf.Tensor,
  expected: tf.Tensor | readonly number[],
  tolerance = 1e-4,
): Promise<void> {
  const wanted = 'shape' in expected ? await expected.data() : expected;
  if ('shape' in expected && `${actual.shape}` !== `${expected.shape}`) {
    throw new Error(`shape is [${actual.shape}], expected [${expected.shape}]`);
  }
  if (actual.size !== wanted.length) throw new Error(`${actual.size} values, expected ${wanted.length}`);
  const values = await actual.data();
  for (let at = 0; at < wanted.length; at++) {
    if (!(Math.abs(values[at] - wanted[at]) <= tolerance)) {
      throw new Error(`value ${at} is ${values[at]}, expected ${wanted[at]} (± ${tolerance})`);
    }
  }
}
