/** The blocks on WebGPU give what they give on the processor. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, it } from 'vitest';
import { createRng, type Rng } from '../lib/rng';
import { type BlockCase, blockCases, outputOf, seeded } from './blocks.fixture';
import { expectClose } from './close.fixture';
import { registerGradients } from './gradients';
import { namedLeaves, rebuilt } from './tree';

const adapter = await navigator.gpu?.requestAdapter().catch(() => null);

const normal = (rng: Rng, shape: readonly number[]) =>
  tf.tensor(
    Float32Array.from({ length: tf.util.sizeFromShape([...shape]) }, () => rng.normal()),
    [...shape],
  );

/** The output, and the gradient of its weighted sum by the first input and by every parameter, as plain numbers. */
async function outcome({ name, create, inputs, run, output }: BlockCase): Promise<number[][]> {
  const params = create(seeded(name));
  const leaves = namedLeaves(params).map(([, leaf]) => leaf);
  const given = inputs.map((shape, index) => normal(seeded(name).fork(`input${index}`), shape));
  const weights = normal(createRng(1), output);
  const { value, grads } = tf.valueAndGrads((first: tf.Tensor, ...rest: tf.Tensor[]) => {
    const result = outputOf(run(rebuilt(params, rest), first, ...given.slice(1)));
    return tf.sum(tf.mul(result, weights));
  })([given[0], ...leaves]);
  const result = run(params, ...given);
  const tensors = [outputOf(result), ...grads];
  const numbers = await Promise.all(tensors.map(async (tensor) => [...(await tensor.data())]));
  tf.dispose([value, grads, given, leaves, weights]);
  tf.dispose(result as tf.TensorContainer);
  return numbers;
}

describe.skipIf(!adapter)(`WebGPU${adapter ? '' : ' (skipped: this browser has no adapter)'}`, () => {
  beforeAll(async () => {
    await tf.setBackend('webgpu');
    await tf.ready();
    await registerGradients();
  });

  it.each(blockCases)('$name: output and gradients as on the processor', async (block) => {
    await tf.setBackend('cpu');
    const expected = await outcome(block);
    await tf.setBackend('webgpu');
    const actual = await outcome(block);
    for (const [index, values] of actual.entries()) await expectClose(tf.tensor1d(values), expected[index], 2e-3);
  });
});
