import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { onBackend, onEachBackend, randomTensor } from './backends.fixture';
import { seeded, TINY_RANGES } from './blocks.fixture';
import { expectClose } from './close.fixture';
import { poolRegions, spreadRegions } from './regions';
import { sinusoids } from './sinusoids';
import { advance, disposeState } from './stream-state';
import { createTemporalAttention, PAPER_RANGES, temporalAttentionStep, temporalState } from './temporal-attention';
import { timeAttention } from './time-attention';

const rng = seeded('temporal');
const frame = (name: string | number) => randomTensor(rng.fork(name), [1, 4, 6, 4]) as tf.Tensor4D;

describe('timeAttention', () => {
  it('gives values that can be checked by hand, each head on its own', () =>
    onEachBackend(async () => {
      const row = (...values: number[]) => tf.tensor2d([values]);
      const { read, weights } = timeAttention({
        query: row(1, 1),
        keys: [row(2, 0), row(0, 0), row(9, 9)],
        values: [row(10, 100), row(20, 200), row(1e3, 1e3)],
        ageKeys: tf.tensor2d([
          [0, 0],
          [1, 0],
          [0, 0],
        ]),
        present: [true, true, false],
        heads: 2,
      });
      const first = 1 / (1 + Math.exp(-1)); // head 1: softmax of 2 and 0 + 1; head 2: of 0 and 0
      await expectClose(read, [10 * first + 20 * (1 - first), 150], 1e-4);
      await expectClose(weights, [(first + 0.5) / 2, (1 - first + 0.5) / 2, 0], 1e-6);
    }));
});

describe('regions', () => {
  it('average what lies inside and give each cell its own region back', () =>
    onEachBackend(async () => {
      const cells = tf.tensor4d([1, 2, 3, 4, 5, 6, 7, 8, 9], [1, 3, 3, 1]);
      const pooled = poolRegions(cells, 2);
      await expectClose(pooled, [3, 4.5, 7.5, 9]);
      await expectClose(spreadRegions(pooled, 2, [3, 3]), [3, 3, 4.5, 3, 3, 4.5, 7.5, 7.5, 9]);
      await expectClose(poolRegions(cells, 'global'), [5]);
      const column = poolRegions(tf.tensor4d([1, 2, 3, 4, 5], [1, 5, 1, 1]), 4); // one cell above, two below
      await expectClose(column, [2, 4.5]);
      await expectClose(spreadRegions(column, 4, [5, 1]), [2, 2, 2, 4.5, 4.5]);
    }));
});

it('sinusoids run from the shortest period to the longest', () =>
  onEachBackend(async () => {
    const waves = sinusoids([0, 0.5], { count: 2, shortest: 2, longest: 8 });
    await expectClose(waves, [0, 0, 1, 1, 1, Math.sin(Math.PI / 8), 0, Math.cos(Math.PI / 8)], 1e-6);
  }));

describe('temporalAttentionStep', () => {
  const watch = (times: readonly number[]) => {
    const params = createTemporalAttention(rng, { channels: 4, hierarchy: TINY_RANGES });
    let state = temporalState();
    const outputs = times.map((time, index) => {
      const next = advance(state, (held) => temporalAttentionStep(params, TINY_RANGES, held, frame(index), time));
      state = next.state;
      return next.output;
    });
    return { outputs, state };
  };

  it('says where each range looked: weights per moment and region, none for a missing one', () =>
    onEachBackend(async () => {
      const { weights, samples } = watch([0, 0.1, 0.2]).outputs[2];
      expect(Object.values(weights).map(({ shape }) => shape)).toEqual([
        [3, 4, 6],
        [3, 2, 3],
        [2, 1, 1],
      ]);
      expect(samples.mid.map(({ index }) => index)).toEqual([2, 0, -1]);
      await expectClose(tf.sum(weights.mid, 0), tf.ones([2, 3]), 1e-5);
      await expectClose(tf.slice(weights.mid, 2), tf.zeros([1, 2, 3]), 0);
    }));

  it('remembers no more frames than its ranges can reach', () =>
    onEachBackend(() => {
      const times = Array.from({ length: 30 }, (_, index) => index / 10);
      expect(watch(times).state.timestampsS).toEqual([2.4, 2.5, 2.6, 2.7, 2.8, 2.9]); // (3 − ½)·2·0.1 s back
      disposeState(watch(times.slice(0, 2)).state);
    }));

  it('refuses frames out of order', () =>
    onBackend('cpu', () => {
      expect(() => watch([0, 0.2, 0.2])).toThrow(/got 0.2 s after 0.2 s/);
    }));
});

it('the ranges of the paper look at 8 frames each, 4 times as far at the end', () => {
  expect(Object.values(PAPER_RANGES).map(({ slots, rate }) => slots * rate)).toEqual([8, 16, 32]);
});
