import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { expectNoLeak, onBackend, randomTensor } from '../../nn/backends.fixture';
import { expectClose } from '../../nn/close.fixture';
import { countOperations } from '../../nn/flops';
import { advance, disposeState } from '../../nn/stream-state';
import { disposeTree, parameterCount } from '../../nn/tree';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../streams/stream-inputs';
import { estaConfigs } from './config';
import { createEsta, type EstaInput, type EstaParams, type EstaStepOutput, esta, estaState, estaStep } from './network';

const rng = createRng(3);

const clipOf = (frames: number, height: number, width: number): EstaInput => ({
  motion: randomTensor(rng.fork('motion'), [frames, height, width, MOTION_CHANNELS]) as tf.Tensor4D,
  colour: randomTensor(rng.fork('colour'), [frames, height, width, COLOUR_CHANNELS]) as tf.Tensor4D,
});

const frameOf = ({ motion, colour }: EstaInput, index: number): EstaInput => ({
  motion: tf.slice(motion, index, 1),
  colour: tf.slice(colour, index, 1),
});

/** Uneven: a burst, a second of nothing, then every second frame. */
const TIMES = [0, 0.1, 0.14, 0.3, 1.3, 1.5, 1.7];
const [HEIGHT, WIDTH] = [10, 14];

type Config = (typeof estaConfigs)[keyof typeof estaConfigs];

function stream(params: EstaParams, config: Config, clip: EstaInput, times: readonly number[]): EstaStepOutput[] {
  let state = estaState(params, [HEIGHT, WIDTH]);
  const outputs = times.map((timeS, index) => {
    const next = advance(state, (held) => estaStep(params, config, held, frameOf(clip, index), timeS));
    state = next.state;
    return next.output;
  });
  disposeState(state);
  return outputs;
}

describe.each(['balanced', 'paper'] as const)('esta, %s', (name) => {
  const config = estaConfigs[name];
  const times = name === 'paper' ? TIMES.slice(0, 5) : TIMES;

  it(
    'gives frame by frame what it gives for the whole clip, frames unevenly spaced, and leaves nothing behind',
    {
      timeout: 240_000,
    },
    () =>
      onBackend('wasm', async () => {
        const params = createEsta(createRng(5), config);
        const clip = clipOf(times.length, HEIGHT, WIDTH);
        const whole = esta(params, config, clip, [times]);
        const outputs = stream(params, config, clip, times);
        for (const part of ['logits', 'segment', 'fused'] as const)
          await expectClose(tf.concat(outputs.map((output) => output[part] as tf.Tensor)), whole[part], 1e-4);
        if (name === 'balanced') await expectNoLeak(() => tf.tidy(() => stream(params, config, clip, times) as never));
        disposeTree(params);
      }),
  );
});

describe('esta, balanced', () => {
  const config = estaConfigs.balanced;
  const create = () => createEsta(createRng(5), config);

  it('lets nothing of one clip into the next, two black frames apart', () =>
    onBackend('wasm', async () => {
      const params = create();
      const black = clipOf(2, HEIGHT, WIDTH);
      const joined = (part: 'motion' | 'colour') => {
        const [first, second] = [rng.fork('first'), rng.fork('second')].map(
          (random) => randomTensor(random, [3, HEIGHT, WIDTH, black[part].shape[3]]) as tf.Tensor4D,
        );
        const lead = tf.zerosLike(black[part]);
        return { both: tf.concat([lead, first, lead, second]), alone: tf.concat([lead, second]) };
      };
      const [motion, colour] = [joined('motion'), joined('colour')];
      const times = [-1e6, 1 - 1e6, 0, 0.1, 0.2];
      const both = esta(params, config, { motion: motion.both, colour: colour.both } as EstaInput, [times, times]);
      const alone = esta(params, config, { motion: motion.alone, colour: colour.alone } as EstaInput, [times]);
      await expectClose(tf.slice(both.logits, 7, 3), tf.slice(alone.logits, 2, 3), 1e-4);
    }));

  it('looks back in time: what was a second ago changes what is said now, what was ten seconds ago does not', () =>
    onBackend('wasm', async () => {
      const params = create();
      const clip = clipOf(3, HEIGHT, WIDTH);
      const now = async (times: number[]) => (await stream(params, config, clip, times)[2].logits.data()).slice();
      const differ = (a: ArrayLike<number>, b: ArrayLike<number>) =>
        Math.max(...Array.from(a, (value, index) => Math.abs(value - b[index])));
      const near = await now([0, 0.6, 1]);
      expect(differ(near, await now([-0.4, 0.6, 1]))).toBeGreaterThan(1e-5);
      expect(differ(await now([-10, 0.6, 1]), await now([-20, 0.6, 1]))).toBeLessThan(1e-6);
    }));

  it('costs at most 0.25 GFLOP per frame of the largest grid, however far it looks back, and its weights fit into 2 MB', () =>
    onBackend('wasm', async () => {
      const params = create();
      const frame = clipOf(1, 48, 48);
      const costAfter = async (frames: number) => {
        let state = estaState(params, [48, 48]);
        for (let index = 0; index < frames; index++)
          state = advance(state, (held) => estaStep(params, config, held, frame, index / 10)).state;
        return (await countOperations(() => estaStep(params, config, state, frame, 100).output as never)).total;
      };
      const [early, late] = [await costAfter(1), await costAfter(40)];
      expect(early).toBeGreaterThan(1e6);
      expect(late).toBe(early);
      expect(late).toBeLessThan(0.25e9);
      expect(parameterCount(params) * 2).toBeLessThan(2 << 20);
    }));
});
