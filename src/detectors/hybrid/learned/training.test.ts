import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../../lib/rng';
import { checkTreeGradient, expectNoLeak, onBackend } from '../../../nn/backends.fixture';
import { differentiate } from '../../../nn/differentiate';
import { initAdamW, updateAdamW } from '../../../nn/optimiser';
import type { ParamTree } from '../../../nn/tree';
import { createLearned, type LearnedParams, learnedConfig } from './network';
import { PICTURE, TOKEN_CUES, type Token } from './tokens';
import { clipLogits, drawWindows, type LabelledTokens, learnedLoss } from './training';

const rng = createRng(4);

function token(trackId: number, speed: number): Token {
  const values = (count: number) => Float32Array.from({ length: count }, () => 0.1 * rng.normal());
  const motion = values(TOKEN_CUES.motion);
  motion[2] += trackId === PICTURE ? 0 : speed;
  return { trackId, appearance: values(TOKEN_CUES.appearance), context: values(TOKEN_CUES.context), motion };
}

/** Two walkers; the second runs in the middle third. */
function clip(frames: number): LabelledTokens[] {
  return Array.from({ length: frames }, (_, t) => {
    const runs = t >= frames / 3 && t < (2 * frames) / 3;
    return {
      tokens: [token(PICTURE, 0), token(7, 0), token(9, runs ? 2 : 0)],
      labels: [runs ? 1 : 0, 0, runs ? 1 : 0],
    };
  });
}

const options = { windows: 3, frames: 8, places: 4 };
const scenes = [[clip(30), clip(30)]];
const sumOf = (tensor: tf.Tensor) => tf.sum(tensor).arraySync() as number;
const mean = (of: ArrayLike<number>) => Array.from(of).reduce((sum, value) => sum + value, 0) / of.length;

describe('training the learned half', () => {
  it('draws windows whose labels lie on their tokens', () =>
    onBackend('cpu', () => {
      const batch = drawWindows(scenes, { windows: 40, frames: 8, places: 4 }, createRng(1));
      const { present, picture, labels, frameLabels } = batch;
      expect(present.shape).toEqual([8, 160]);
      expect(frameLabels.shape).toEqual([40, 8]);
      // Three tokens per frame, of which one is the picture; the runner and the picture are abnormal together.
      expect(sumOf(present)).toBe(3 * 8 * 40);
      expect(sumOf(picture)).toBe(8 * 40);
      expect(sumOf(labels)).toBe(2 * sumOf(frameLabels));
      expect(sumOf(tf.mul(labels, present))).toBe(sumOf(labels));
    }));

  it('keeps the longest seen where there are more tracks than places', () =>
    onBackend('cpu', () => {
      const crowded = clip(8).map((frame, t) => ({
        tokens: [...frame.tokens, token(20 + t, 0)],
        labels: [...frame.labels, 0],
      }));
      expect(sumOf(drawWindows([[crowded]], { windows: 1, frames: 8, places: 3 }, createRng(1)).present)).toBe(24);
    }));

  it('has the right gradient and leaves nothing behind', () =>
    onBackend('cpu', async () => {
      const small = { windows: 1, frames: 3, places: 3 };
      const batch = drawWindows(scenes, small, createRng(2));
      const params = createLearned(createRng(3), { width: 2, units: 2 }) as ParamTree;
      // The confidence weights of the frames carry no gradient, which finite differences cannot know.
      await checkTreeGradient((tree) => learnedLoss(tree, batch, small).parts.objects, params);
      await expectNoLeak(() => tf.tidy(() => learnedLoss(params, batch, small).total));
    }));

  it('learns to tell a runner from walkers, and gives a track beside others what it gives it alone', () =>
    onBackend('wasm', async () => {
      let params = createLearned(createRng(3), learnedConfig) as ParamTree;
      let state = initAdamW(params);
      const losses: number[] = [];
      for (let step = 0; step < 30; step++) {
        const batch = drawWindows(scenes, options, createRng(step));
        const { value, gradients } = differentiate((tree) => learnedLoss(tree, batch, options).total, params);
        losses.push((await value.data())[0]);
        ({ params, state } = updateAdamW(params, gradients, state, 0.02));
      }
      expect(losses[29]).toBeLessThan(0.6 * losses[0]);
      const frames = clip(30);
      const scores = await clipLogits(params as unknown as LearnedParams, frames);
      expect(mean(scores.slice(12, 20))).toBeGreaterThan(mean([...scores.slice(0, 10), ...scores.slice(22)]) + 1);
      const one = frames.map(({ tokens }) => ({ tokens: [tokens[2]], labels: [0] }));
      const twice = one.map(({ tokens }) => ({ tokens: [tokens[0], { ...tokens[0], trackId: 8 }], labels: [0, 0] }));
      const [alone, both] = [
        await clipLogits(params as unknown as LearnedParams, one),
        await clipLogits(params as unknown as LearnedParams, twice),
      ];
      // log (e^x + e^x) = x + log 2
      alone.forEach((logit, t) => {
        expect(both[t]).toBeCloseTo(logit + Math.log(2), 4);
      });
    }));
});
