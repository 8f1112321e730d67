import * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { createRng } from '../../lib/rng';
import { expectNoLeak, onBackend, randomTensor } from '../../nn/backends.fixture';
import { expectClose } from '../../nn/close.fixture';
import { countOperations } from '../../nn/flops';
import { advance, disposeState } from '../../nn/stream-state';
import { parameterCount } from '../../nn/tree';
import { COLOUR_CHANNELS, MOTION_CHANNELS } from '../streams/stream-inputs';
import { stadnetConfigs } from './config';
import { createStadnet, type StadnetInput, type StadnetOutput, stadnet, stadnetState, stadnetStep } from './network';

const rng = createRng(3);

const clipOf = (frames: number, height: number, width: number): StadnetInput => ({
  motion: randomTensor(rng.fork('motion'), [frames, height, width, MOTION_CHANNELS]) as tf.Tensor4D,
  colour: randomTensor(rng.fork('colour'), [frames, height, width, COLOUR_CHANNELS]) as tf.Tensor4D,
});

const frameOf = ({ motion, colour }: StadnetInput, index: number): StadnetInput => ({
  motion: tf.slice(motion, index, 1),
  colour: tf.slice(colour, index, 1),
});

describe.each(['balanced', 'paper'] as const)('stadnet, %s', (name) => {
  const create = () => createStadnet(createRng(5), stadnetConfigs[name]);

  it('gives frame by frame what it gives for the whole clip, and leaves nothing behind', () =>
    onBackend('wasm', async () => {
      const params = create();
      const clip = clipOf(7, 6, 9);
      const whole = stadnet(params, clip);
      const run = () => {
        let state = stadnetState(params, [6, 9]);
        const outputs: StadnetOutput[] = [];
        for (let index = 0; index < 7; index++) {
          const next = advance(state, (held) => stadnetStep(params, held, frameOf(clip, index)));
          state = next.state;
          outputs.push(next.output);
        }
        disposeState(state);
        return outputs;
      };
      const outputs = run();
      for (const part of ['logits', 'segment', 'fused', 'attention', 'moments'] as const)
        await expectClose(tf.concat(outputs.map((output) => output[part] as tf.Tensor)), whole[part], 1e-4);
      await expectNoLeak(() => tf.tidy(() => run()));
    }));

  it('begins its memory anew with each of several clips', () =>
    onBackend('wasm', async () => {
      const params = create();
      const clip = clipOf(8, 4, 6);
      const [one, two] = [stadnet(params, clip), stadnet(params, clip, { clips: 2 })];
      const difference = await tf.abs(tf.sub(one.segment, two.segment)).data();
      expect(Math.max(...difference.slice(0, 4))).toBeLessThan(1e-6);
      expect(Math.min(...difference.slice(4))).toBeGreaterThan(1e-6);
    }));
});

describe('cost', () => {
  it('of balanced is at most 0.25 GFLOP per frame of the largest grid, and its weights fit into 2 MB', () =>
    onBackend('wasm', async () => {
      const params = createStadnet(createRng(5), stadnetConfigs.balanced);
      const frame = clipOf(1, 48, 48);
      const state = stadnetState(params, [48, 48]);
      const { total } = await countOperations(() => stadnetStep(params, state, frame).output);
      expect(total).toBeGreaterThan(1e6);
      expect(total).toBeLessThan(0.25e9);
      expect(parameterCount(params) * 2).toBeLessThan(2 << 20);
    }));
});
