import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { expectNoLeak, randomTensor } from './backends.fixture';
import { type Precision, type StoredWeights, silenced, storedLeaves, WeightsError } from './stored-weights';
import { namedLeaves, type ParamTree } from './tree';
import { loadWeights, saveWeights } from './weights';

beforeAll(() => tf.setBackend('cpu'));

function network(): ParamTree {
  const rng = createRng(9);
  return {
    encoder: { kernel: randomTensor(rng, [3, 3, 2, 4]), bias: randomTensor(rng, [4]) },
    head: { kernel: tf.add(randomTensor(rng, [8, 1], 0.01), 5), gain: tf.scalar(2) },
  };
}

const save = (precision: Precision, tree = network()) =>
  saveWeights(tree, { detector: 'esta', config: { size: 2 }, precision });

/** Largest error per leaf. */
async function errors(tree: ParamTree, precision: Precision): Promise<Record<string, number>> {
  const loaded = loadWeights(await save(precision, tree), 'esta', tree);
  const before = namedLeaves(tree);
  const found: Record<string, number> = {};
  for (const [index, [path, tensor]] of namedLeaves(loaded).entries()) {
    expect([path, tensor.shape]).toEqual([before[index][0], before[index][1].shape]);
    found[path] = (await tf.max(tf.abs(tf.sub(tensor, before[index][1]))).data())[0];
  }
  return found;
}

describe('weights', () => {
  it('come back exactly in float32', async () => {
    expect(Object.values(await errors(network(), 'float32'))).toEqual([0, 0, 0, 0]);
  });

  it.each(['float32', 'float16', 'int8'] as const)(
    'are 0 where they are silenced, in %s, and as they were elsewhere',
    async (precision) => {
      const stored = await save(precision);
      const [before, after] = [stored, silenced(stored, (path) => path.startsWith('encoder/'))].map(
        (weights) => new Map(storedLeaves(weights, 'esta').map(({ path, values }) => [path, [...values]])),
      );
      for (const [path, values] of after)
        expect(values).toEqual(path.startsWith('encoder/') ? values.map(() => 0) : before.get(path));
      expect(after.get('encoder/kernel')).toHaveLength(72);
    },
  );

  it('come back within 2⁻¹¹ in float16', async () => {
    const found = await errors(network(), 'float16');
    expect(found['head/kernel']).toBeLessThanOrEqual(5.1 * 2 ** -11);
    expect(found['encoder/kernel']).toBeLessThanOrEqual(4 * 2 ** -11);
    expect(found['encoder/kernel']).toBeGreaterThan(0);
  });

  it('come back within half a step of each channel in int8, biases exactly', async () => {
    const tree = network();
    const found = await errors(tree, 'int8');
    const range = async (kernel: tf.Tensor) => (await tf.max(tf.sub(tf.max(kernel, 0), tf.min(kernel, 0))).data())[0];
    expect(found['encoder/bias']).toBe(0);
    expect(found['encoder/kernel']).toBeGreaterThan(0);
    const kernel = (tree.encoder as ParamTree).kernel as tf.Tensor;
    expect(found['encoder/kernel']).toBeLessThanOrEqual((await range(tf.reshape(kernel, [-1, 4]))) / 509);
    const far = (tree.head as ParamTree).kernel as tf.Tensor;
    expect(found['head/kernel']).toBeLessThanOrEqual((await range(far)) / 509);
  });

  it('keep a channel that is constant in int8', async () => {
    const tree = { kernel: tf.tensor2d([[3, 0, -2], [3, 0, -2]]) }; // biome-ignore format: one channel a column
    expect((await errors(tree, 'int8')).kernel).toBeLessThan(1e-6);
  });

  it('take a quarter of the room in int8, and survive JSON', async () => {
    const { manifest, bytes } = await save('int8');
    expect(bytes.length).toBe(72 + 16 + 8 + 4);
    expect(JSON.parse(JSON.stringify(manifest))).toEqual(manifest);
    expect(manifest.config).toEqual({ size: 2 });
  });

  it('leak no tensor', async () => {
    const stored = await save('float16');
    await expectNoLeak(() => loadWeights(stored, 'esta'));
  });
});

describe('a weights file that cannot be used says why', () => {
  const cases: Record<string, [(stored: StoredWeights) => StoredWeights, string]> = {
    'another format': [({ bytes }) => ({ manifest: {} as never, bytes }), 'does not hold weights of Oriel'],
    'another version': [
      ({ manifest, bytes }) => ({ manifest: { ...manifest, version: 7 }, bytes }),
      'format version 7; this version of Oriel reads 1',
    ],
    'another detector': [
      ({ manifest, bytes }) => ({ manifest: { ...manifest, detector: 'stadnet' }, bytes }),
      'belong to the detector "stadnet", not to "esta"',
    ],
    'cut short': [
      ({ manifest, bytes }) => ({ manifest, bytes: bytes.slice(0, 40) }),
      'cut short: 40 of 340 bytes arrived',
    ],
    'a flipped bit': [
      ({ manifest, bytes }) => ({ manifest, bytes: bytes.map((byte, at) => (at === 100 ? byte ^ 1 : byte)) }),
      'their checksum differs',
    ],
    'a leaf gone from the manifest': [
      ({ manifest, bytes }) => ({ manifest: { ...manifest, leaves: manifest.leaves.slice(1) }, bytes }),
      'manifest does not describe their bytes',
    ],
  };
  it.each(Object.entries(cases))('%s', async (_, [spoil, message]) => {
    const spoiled = spoil(await save('float32'));
    expect(() => loadWeights(spoiled, 'esta')).toThrow(WeightsError);
    expect(() => loadWeights(spoiled, 'esta')).toThrow(message);
  });

  it('another network', async () => {
    const stored = await save('float32');
    const other = network();
    const bias = { ...(other.encoder as ParamTree), bias: tf.zeros([5]) };
    expect(() => loadWeights(stored, 'esta', { ...other, encoder: bias })).toThrow('encoder/bias is 4, it should be 5');
    expect(() => loadWeights(stored, 'esta', { ...other, tail: tf.scalar(1) })).toThrow('lack the parameter tail');
    expect(() => loadWeights(stored, 'esta', { encoder: other.encoder })).toThrow('this network lacks, head/gain');
  });
});
