import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { onBackend } from '../../nn/backends.fixture';
import { WeightsError } from '../../nn/stored-weights';
import type { ParamTree } from '../../nn/tree';
import { saveWeights } from '../../nn/weights';
import { learnSceneMemory } from '../streams/scene-memory';
import { type StreamInputs, streamInputs } from '../streams/stream-inputs';
import { walkingClip } from '../streams/streams.fixture';
import { estaConfigs } from './config';
import { createEsta } from './network';
import { createEstaRunner, overPicture } from './runner';

const config = estaConfigs.balanced;
const stored = (detector = 'esta') => saveWeights(createEsta(createRng(2), config) as ParamTree, { detector, config });
const clip = walkingClip({ seconds: 1 });
const memory = learnSceneMemory(clip, 1);
const inputs: StreamInputs[] = clip.map((frame) => streamInputs(frame, memory));

describe('createEstaRunner', () => {
  it('answers with planes on half the grid, a map per level and range, and begins anew after a reset', () =>
    onBackend('wasm', async () => {
      const weights = await stored();
      const before = tf.memory().numTensors;
      const runner = createEstaRunner(weights);
      const first = await runner.step(inputs[0]);
      expect([first.width, first.height]).toEqual([12, 8]);
      expect(first.logits).toHaveLength(96);
      expect(first.features).toHaveLength(96 * config.places);
      const second = await runner.step(inputs[1]);
      const sizes = second.attention.map(({ name, width, height }) => `${name} ${width}×${height}`);
      expect(sizes).toEqual([
        'SA-Fusion 3×2',
        'SA-3 3×2',
        'SA-2 6×4',
        'SA-1 12×8',
        'last 0.8 s 12×8',
        'last 1.5 s 3×2',
        'last 3.0 s 1×1',
      ]);
      for (const { values } of second.attention) expect(values.every((value) => value >= 0 && value <= 1)).toBe(true);
      expect(second.ranges.map(({ name }) => name)).toEqual(['last 0.8 s', 'last 1.5 s', 'last 3.0 s']);
      for (const { weight } of second.ranges) expect(weight).toBeGreaterThan(0);
      runner.reset();
      expect((await runner.step(inputs[0])).logits).toEqual(first.logits);
      runner.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }));

  it('keeps no more than it can look back at', () =>
    onBackend('wasm', async () => {
      const runner = createEstaRunner(await stored());
      const at = async (timeS: number) => {
        await runner.step({ ...inputs[0], timeS });
        return tf.memory().numTensors;
      };
      for (let index = 0; index < 40; index++) await at(index / 10);
      const settled = await at(4);
      for (let index = 41; index < 60; index++) expect(await at(index / 10)).toBeLessThanOrEqual(settled + 6);
      runner.dispose();
    }));

  it('refuses the weights of another detector', () =>
    onBackend('wasm', async () => {
      const other = await stored('stadnet');
      expect(() => createEstaRunner(other)).toThrow(WeightsError);
    }));
});

describe('overPicture', () => {
  it('shares the picture evenly where coarse cells reach over its border', () => {
    // Four rows of four places each, of which the picture has 14: each value is the middle of its row, in places.
    const map = { name: 'SA-3', width: 1, height: 4, values: Float32Array.of(2, 6, 10, 14) };
    const { values, ...shape } = overPicture(map, 4, { width: 4, height: 14 });
    expect(shape).toEqual({ name: 'SA-3', width: 1, height: 4 });
    // Nothing is known before the first middle; below it, each row says where it is drawn.
    expect([...values]).toEqual([2, 5.25, 8.75, 12.25]);
  });

  it('leaves alone what fits, and the whole picture', () => {
    const map = { name: 'SA-2', width: 3, height: 2, values: Float32Array.of(1, 2, 3, 4, 5, 6) };
    expect(overPicture(map, 2, { width: 6, height: 4 })).toEqual(map);
    const whole = { name: 'last 3.0 s', width: 1, height: 1, values: Float32Array.of(0.5) };
    expect(overPicture(whole, Number.POSITIVE_INFINITY, { width: 24, height: 14 })).toEqual(whole);
  });
});
