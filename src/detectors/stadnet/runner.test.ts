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
import { stadnetConfigs } from './config';
import { createStadnet } from './network';
import { createStadnetRunner } from './runner';

const config = stadnetConfigs.balanced;
const stored = (detector = 'stadnet') =>
  saveWeights(createStadnet(createRng(2), config) as ParamTree, { detector, config });
const clip = walkingClip({ seconds: 1 });
const memory = learnSceneMemory(clip, 1);
const inputs: StreamInputs[] = clip.map((frame) => streamInputs(frame, memory));

describe('createStadnetRunner', () => {
  it('answers with planes on half the grid, begins anew after a reset, and keeps no tensor', () =>
    onBackend('wasm', async () => {
      const weights = await stored();
      const before = tf.memory().numTensors;
      const runner = createStadnetRunner(weights);
      const first = await runner.step(inputs[0]);
      expect([first.width, first.height]).toEqual([12, 8]);
      expect(first.logits).toHaveLength(96);
      expect(first.features).toHaveLength(96 * config.channels);
      const [places] = first.attention;
      expect(places).toMatchObject({ name: 'places', width: 12, height: 8 });
      expect(places.values).toHaveLength(96);
      expect(places.values.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
      expect(first.ranges.map(({ name }) => name)).toEqual(['colour now', 'motion now']);
      for (const { weight } of first.ranges) expect(weight > 0 && weight < 1).toBe(true);
      expect(first.probability).toBeGreaterThan(0);
      const running = tf.memory().numTensors;
      for (const input of inputs.slice(1)) await runner.step(input);
      expect(tf.memory().numTensors).toBe(running);
      runner.reset();
      expect((await runner.step(inputs[0])).logits).toEqual(first.logits);
      runner.dispose();
      expect(tf.memory().numTensors).toBe(before);
    }));

  it('refuses the weights of another detector', () =>
    onBackend('wasm', async () => {
      const other = await stored('esta');
      expect(() => createStadnetRunner(other)).toThrow(WeightsError);
    }));
});
