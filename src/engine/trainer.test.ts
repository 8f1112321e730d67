import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it, vi } from 'vitest';
import { expectNoLeak, onBackend, onEachBackend } from '../nn/backends.fixture';
import { type BatchNormParams, batchNorm, createBatchNorm } from '../nn/norm';
import { type StoredWeights, WeightsError } from '../nn/stored-weights';
import { disposeTree, namedLeaves, type ParamTree } from '../nn/tree';
import type { CheckpointStore } from './checkpoint';
import { type TrainingTask, train } from './trainer';
import { type Samples, smallTask } from './trainer.fixture';

const options = { seed: 5, steps: 30, schedule: { peak: 0.1 }, checkpointEvery: 10 };

/** Keeps what was written, through JSON as a file would. */
function memoryStore(): CheckpointStore & { writes: number; stored: StoredWeights | null } {
  return {
    writes: 0,
    stored: null,
    async read() {
      return this.stored;
    },
    async write({ manifest, bytes }) {
      this.writes += 1;
      this.stored = { manifest: JSON.parse(JSON.stringify(manifest)), bytes: bytes.slice() };
    },
  };
}

const read = async (params: ParamTree) =>
  Promise.all(namedLeaves(params).map(async ([path, leaf]) => [path, [...(await leaf.data())]] as const));

/** Stops a run after `step` updates. */
function stopAfter(step: number) {
  const controller = new AbortController();
  return {
    signal: controller.signal,
    onProgress: (progress: { step: number }) => progress.step === step && controller.abort(),
  };
}

describe('training', () => {
  it('learns, and the same seed gives the same weights', () =>
    onEachBackend(async () => {
      const [first, second, other] = [
        await train(smallTask, options),
        await train(smallTask, options),
        await train(smallTask, { ...options, seed: 6 }),
      ];
      expect(first.curve[29].total).toBeLessThan(first.curve[0].total * 0.6);
      expect(first.curve).toHaveLength(30);
      expect(first.ended).toBe('finished');
      expect(await read(second.params)).toEqual(await read(first.params));
      expect(await read(other.params)).not.toEqual(await read(first.params));
    }));

  it('goes on from a checkpoint as if it had not been interrupted', () =>
    onEachBackend(async () => {
      const validated = {
        ...smallTask,
        validate: async (params: ParamTree) => (await tf.sum(params.head as tf.Tensor).data())[0],
      };
      const often = { ...options, validateEvery: 4 };
      const whole = await train(validated, often);
      const store = memoryStore();
      const half = await train(validated, { ...often, store, ...stopAfter(13) });
      expect([half.ended, half.step]).toEqual(['cancelled', 13]);
      const rest = await train(validated, { ...often, store });
      expect(rest.step).toBe(30);
      expect(await read(rest.params)).toEqual(await read(whole.params));
      expect(rest.curve).toEqual(whole.curve);
      expect(rest.validation).toBe(whole.validation);
    }));

  it('keeps the number of tensors from step to step, and leaves only its result', () =>
    onEachBackend(async () => {
      const alive: number[] = [];
      await expectNoLeak(async () => {
        const store = memoryStore();
        const result = await train(smallTask, {
          ...options,
          store,
          onProgress: () => alive.push(tf.memory().numTensors),
        });
        return result.params;
      });
      expect(new Set(alive).size).toBe(1);
    }));

  it('draws other samples at each step', () =>
    onBackend('cpu', async () => {
      const draws: number[] = [];
      const watched: TrainingTask<Samples> = {
        ...smallTask,
        batch: (rng, step) => {
          draws.push(rng.fork('watch').next());
          return smallTask.batch(rng, step);
        },
      };
      await train(watched, { ...options, steps: 5 });
      expect(new Set(draws).size).toBe(5);
    }));

  it('takes over the running statistics of batch norms', () =>
    onEachBackend(async () => {
      const normed: TrainingTask<Samples> = {
        ...smallTask,
        create: (rng) => ({ ...smallTask.create(rng), norm: createBatchNorm(1) }),
        loss(params, batch, updates) {
          const x = batchNorm(params.norm as BatchNormParams, tf.add(batch.x, 3), { updates });
          return smallTask.loss(params, { ...batch, x }, updates);
        },
      };
      await expectNoLeak(async () => {
        const { params } = await train(normed, options);
        const [mean] = await (params.norm as BatchNormParams).runningMean.data();
        expect(Math.abs(mean - 3)).toBeLessThan(0.4);
        return params;
      });
    }));

  it('stops early without a new best, and gives the best parameters', () =>
    onBackend('cpu', async () => {
      const values = [3, 1, 2, 2, 2, 0];
      const seen: ParamTree[] = [];
      const validate = async (params: ParamTree) => {
        seen.push({ head: (params.head as tf.Tensor).clone() });
        return values[seen.length - 1];
      };
      const result = await train({ ...smallTask, validate }, { ...options, validateEvery: 2, patience: 2 });
      expect(result).toMatchObject({ ended: 'early', step: 10, chosenStep: 4, validation: 1 });
      expect(await read({ head: result.params.head })).toEqual(await read(seen[1]));
    }));
});

describe('training that cannot go on', () => {
  /** A part of the loss is zero but for step 17. */
  const spoiled = (value: number): TrainingTask<Samples & { factor: tf.Tensor }> => ({
    ...smallTask,
    batch: async (rng, step) => ({ ...(await smallTask.batch(rng, step)), factor: tf.scalar(step === 17 ? value : 0) }),
    loss(params, batch) {
      const { total, parts } = smallTask.loss(params, batch, new Map());
      const margin = tf.mul(total, batch.factor) as tf.Scalar;
      return { total: tf.add(total, margin) as tf.Scalar, parts: { ...parts, margin } };
    },
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY])(
    'names the step and the part that is %d, keeps the last checkpoint',
    (value) =>
      onEachBackend(async () => {
        const store = memoryStore();
        await expectNoLeak(async () => {
          await expect(train(spoiled(value), { ...options, store })).rejects.toThrow(
            `Training stopped at step 17: the loss "margin" is ${value}.`,
          );
          return [];
        });
        expect(store.writes).toBe(1);
        expect(store.stored?.manifest.config).toMatchObject({ step: 10 });
      }),
  );

  it('writes no checkpoint of parameters that are not finite', () =>
    onBackend('cpu', async () => {
      const store = memoryStore();
      const broken = { ...options, steps: 10, schedule: { peak: Number.NaN }, store };
      const finite = { ...smallTask, loss: () => ({ total: tf.scalar(0), parts: {} }) };
      await expect(train(finite, broken)).rejects.toThrow('at step 10: conv/bias is no longer finite');
      expect(store.writes).toBe(0);
    }));

  it('refuses a checkpoint of another run, detector or version, or cut short, and leaks nothing', () =>
    onBackend('cpu', async () => {
      const store = memoryStore();
      disposeTree((await train(smallTask, { ...options, steps: 2, store })).params);
      const started = vi.fn();
      await expectNoLeak(async () => {
        const other = { ...smallTask, batch: started, config: { channels: 3 } };
        await expect(train(other, { ...options, steps: 2, store })).rejects.toThrow(
          'belongs to a run with config {"channels":2}, this one has {"channels":3}',
        );
        await expect(train(smallTask, { ...options, steps: 3, store })).rejects.toThrow('with steps 2, this one has 3');
        const named = { ...smallTask, detector: 'other' };
        await expect(train(named, { ...options, steps: 2, store })).rejects.toThrow(WeightsError);
        const { manifest, bytes } = (await store.read())!;
        const torn = { ...store, read: async () => ({ manifest, bytes: bytes.slice(0, bytes.length >> 1) }) };
        await expect(train(smallTask, { ...options, steps: 2, store: torn })).rejects.toThrow('cut short');
        const old = { ...store, read: async () => ({ manifest: { ...manifest, version: 0 }, bytes }) };
        await expect(train(smallTask, { ...options, steps: 2, store: old as typeof store })).rejects.toThrow('version');
        return [];
      });
      expect(started).not.toHaveBeenCalled();
    }));
});
