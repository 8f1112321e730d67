/** STADNet in this thread, frame by frame, on whatever backend runs. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../lib/rng';
import type { StoredWeights } from '../../nn/stored-weights';
import { advance, disposeState } from '../../nn/stream-state';
import { disposeTree, type ParamTree } from '../../nn/tree';
import { loadWeights } from '../../nn/weights';
import type { NetworkOutput, NetworkRunner } from '../network-runner';
import { COLOUR_CHANNELS, MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import type { StadnetConfig } from './config';
import { createStadnet, STREAMS, type StadnetParams, type StadnetState, stadnetState, stadnetStep } from './network';

/** A runner for stored weights; a backend must run. Throws WeightsError where they are not those of a STADNet of their own configuration. */
export function createStadnetRunner(stored: StoredWeights): NetworkRunner {
  const expected = createStadnet(createRng(0), stored.manifest.config as StadnetConfig) as ParamTree;
  try {
    return new StadnetRunner(loadWeights(stored, 'stadnet', expected) as StadnetParams);
  } finally {
    disposeTree(expected);
  }
}

class StadnetRunner implements NetworkRunner {
  private state: StadnetState | null = null;

  constructor(private readonly params: StadnetParams) {}

  async step({ height, width, motion, colour }: StreamInputs): Promise<NetworkOutput> {
    this.state ??= stadnetState(this.params, [height, width]);
    const input = {
      motion: tf.tensor4d(motion, [1, height, width, MOTION_CHANNELS]),
      colour: tf.tensor4d(colour, [1, height, width, COLOUR_CHANNELS]),
    };
    const { output, state } = advance(this.state, (held) => stadnetStep(this.params, held, input));
    this.state = state;
    try {
      const read = async (tensor: tf.Tensor) => Float32Array.from(await tensor.data<'float32'>());
      const [logits, segment, features, attention, moments] = await Promise.all(
        [output.logits, output.segment, output.fused, output.attention, output.moments].map(read),
      );
      const [, rows, columns] = output.logits.shape;
      const probability = 1 / (1 + Math.exp(-segment[0]));
      const grid = { width: columns, height: rows };
      return {
        ...grid,
        logits,
        probability,
        features,
        attention: [{ name: 'places', ...grid, values: attention }],
        ranges: STREAMS.map((name, index) => ({ name: `${name} now`, weight: moments[index] })),
      };
    } finally {
      tf.dispose([input, output]);
    }
  }

  reset() {
    if (this.state) disposeState(this.state);
    this.state = null;
  }

  dispose() {
    this.reset();
    disposeTree(this.params);
  }
}
