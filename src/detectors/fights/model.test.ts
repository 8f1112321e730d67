import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { onBackend } from '../../nn/backends.fixture';
import type { MlpParams } from '../../nn/mlp';
import { createHead, headLogits, plainLayers } from './head';
import { clipLogit, momentLogit, readFightModel } from './model';
import { fitStandardScale, standardised } from './standard-scale';
import { storeFightModel } from './stored-model';

const linear = (bias: number) => ({
  mean: Float32Array.of(1, 0),
  scale: Float32Array.of(0.5, 1),
  members: [[{ kernel: Float32Array.of(2, -1), bias: Float32Array.of(bias) }]],
});

describe('a judge of fights', () => {
  it('standardises, cuts off and weighs, worked by hand', () => {
    expect(momentLogit(linear(0.5), Float32Array.of(3, 1))).toBeCloseTo(2 * 1 - 1 + 0.5);
    // 101 is 50 σ away and counts as 4.
    expect(momentLogit(linear(0), Float32Array.of(101, 0))).toBeCloseTo(8);
  });

  it('a clip is as bad as the higher half of its moments', () => {
    const moments = [1, 3, 5].map((value) => Float32Array.of(value, 0));
    expect(clipLogit(linear(0), moments)).toBeCloseTo((2 + 4) / 2);
    expect(() => clipLogit(linear(0), [])).toThrow('without moments');
  });

  it('a value that never changes counts nothing', () => {
    const scale = fitStandardScale([Float32Array.of(5, 1), Float32Array.of(5, 3)]);
    expect([...standardised(scale, Float32Array.of(9, 3))]).toEqual([0, 1]);
  });

  it('stored and read back it judges as the network did; members are averaged', () =>
    onBackend('cpu', async () => {
      const last = tf.tensor2d([[1], [-2], [0.5]]);
      const heads = [1, 2].map((seed) => {
        const head = createHead(createRng(seed), { inputs: 2, hidden: [3] });
        return { ...head, layer1: { ...head.layer1, kernel: last } } as MlpParams;
      });
      const scale = { mean: Float32Array.of(0, 0), scale: Float32Array.of(1, 1) };
      const model = { ...scale, members: await Promise.all(heads.map(plainLayers)) };
      const read = readFightModel(await storeFightModel(model, 'hybrid', {}), 'fights-hybrid');
      const moment = [0.3, -0.8];
      const logits = heads.map((head) => headLogits(head, tf.tensor3d([[moment]])));
      const expected = (await tf.mean(tf.stack(logits)).data())[0];
      expect(momentLogit(read, Float32Array.from(moment))).toBeCloseTo(expected, 2);
      const other = await storeFightModel(model, 'stadnet', {});
      expect(() => readFightModel(other, 'fights-hybrid')).toThrow('belong to the detector "fights-stadnet"');
    }));
});
