/** The trainer in the browser: it learns there as in Node, on the processor, on WebGPU, and in a worker on WebAssembly. */
import '@tensorflow/tfjs-backend-cpu';
import '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, expect, it } from 'vitest';
import { registerGradients } from '../nn/gradients';
import { disposeTree } from '../nn/tree';
import { walkingTask } from './stadnet-training.fixture';
import { type TrainingOptions, type TrainingTask, train } from './trainer';
import { smallTask } from './trainer.fixture';
import type { TrainingReport } from './trainer.test-worker';

const adapter = await navigator.gpu?.requestAdapter().catch(() => null);
const options = { seed: 5, steps: 12, schedule: { peak: 0.1 } };

async function learned<Batch extends tf.TensorContainer>(
  backend: string,
  task: TrainingTask<Batch>,
  given: TrainingOptions = options,
): Promise<number[]> {
  await tf.setBackend(backend);
  await tf.ready();
  await registerGradients();
  const { curve, params, ended } = await train(task, given);
  disposeTree(params);
  expect(ended).toBe('finished');
  return curve.map(({ total }) => total);
}

afterEach(() => tf.setBackend('cpu'));

it('learns on the processor, the same for the same seed', async () => {
  const [first, again] = [await learned('cpu', smallTask), await learned('cpu', smallTask)];
  expect(again).toEqual(first);
  expect(first[11]).toBeLessThan(0.8 * first[0]);
});

it.skipIf(!adapter)(
  `learns the same on WebGPU${adapter ? '' : ' (skipped: this browser has no adapter)'}`,
  async () => {
    const [processor, graphics] = [await learned('cpu', smallTask), await learned('webgpu', smallTask)];
    for (const [step, total] of graphics.entries()) expect(total).toBeCloseTo(processor[step], 2);
  },
);

it('trains STADNet in a worker on WebAssembly, the same for the same seed and as the processor does', async () => {
  const order = { seed: 3, steps: 4 };
  const inWorker = async () => {
    const worker = new Worker(new URL('./trainer.test-worker.ts', import.meta.url), { type: 'module' });
    try {
      const { data } = await new Promise<MessageEvent<TrainingReport>>((resolve, reject) => {
        worker.onmessage = resolve;
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.postMessage(order);
      });
      if ('message' in data) throw new Error(data.message);
      return data.totals;
    } finally {
      worker.terminate();
    }
  };
  const [first, again] = [await inWorker(), await inWorker()];
  expect(first).toHaveLength(4);
  expect(again).toEqual(first);
  const here = await learned('cpu', walkingTask, order);
  for (const [step, total] of here.entries()) expect(first[step]).toBeCloseTo(total, 3);
});
