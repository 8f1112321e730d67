/** The trainer in the browser: it learns there as in Node, on the processor and on WebGPU. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, it } from 'vitest';
import { registerGradients } from '../nn/gradients';
import { disposeTree } from '../nn/tree';
import { train } from './trainer';
import { smallTask } from './trainer.fixture';

const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
const options = { seed: 5, steps: 12, schedule: { peak: 0.1 } };

async function learned(backend: string): Promise<number[]> {
  await tf.setBackend(backend);
  await tf.ready();
  await registerGradients();
  const { curve, params, ended } = await train(smallTask, options);
  disposeTree(params);
  expect(ended).toBe('finished');
  return curve.map(({ total }) => total);
}

afterEach(() => tf.setBackend('cpu'));

it('learns on the processor, the same for the same seed', async () => {
  const [first, again] = [await learned('cpu'), await learned('cpu')];
  expect(again).toEqual(first);
  expect(first[11]).toBeLessThan(0.8 * first[0]);
});

it.skipIf(!adapter)(
  `learns the same on WebGPU${adapter ? '' : ' (skipped: this browser has no adapter)'}`,
  async () => {
    const [processor, graphics] = [await learned('cpu'), await learned('webgpu')];
    for (const [step, total] of graphics.entries()) expect(total).toBeCloseTo(processor[step], 2);
  },
);
