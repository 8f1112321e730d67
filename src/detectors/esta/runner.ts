/** ESTA in this thread, frame by frame, on whatever backend runs. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../lib/rng';
import type { StoredWeights } from '../../nn/stored-weights';
import { advance, disposeState } from '../../nn/stream-state';
import { reachS } from '../../nn/temporal-sampling';
import { disposeTree, type ParamTree } from '../../nn/tree';
import { loadWeights } from '../../nn/weights';
import type { AttentionMap, AttentionRange, NetworkOutput, NetworkRunner } from '../network-runner';
import { COLOUR_CHANNELS, MOTION_CHANNELS, type StreamInputs } from '../streams/stream-inputs';
import type { EstaConfig } from './config';
import { createEsta, type EstaParams, type EstaState, type EstaStepOutput, estaState, estaStep } from './network';

/** A runner for stored weights; a backend must run. Throws WeightsError where they are not those of an ESTA of their own configuration. */
export function createEstaRunner(stored: StoredWeights): NetworkRunner {
  const config = stored.manifest.config as EstaConfig;
  const expected = createEsta(createRng(0), config) as ParamTree;
  try {
    return new EstaRunner(loadWeights(stored, 'esta', expected) as EstaParams, config);
  } finally {
    disposeTree(expected);
  }
}

class EstaRunner implements NetworkRunner {
  private state: EstaState | null = null;

  constructor(
    private readonly params: EstaParams,
    private readonly config: EstaConfig,
  ) {}

  async step({ timeS, height, width, motion, colour }: StreamInputs): Promise<NetworkOutput> {
    this.state ??= estaState(this.params, [height, width]);
    const input = {
      motion: tf.tensor4d(motion, [1, height, width, MOTION_CHANNELS]),
      colour: tf.tensor4d(colour, [1, height, width, COLOUR_CHANNELS]),
    };
    const { output, state } = advance(this.state, (held) => estaStep(this.params, this.config, held, input, timeS));
    this.state = state;
    try {
      const [logits, segment, features] = await Promise.all([output.logits, output.segment, output.fused].map(read));
      const [, rows, columns] = output.logits.shape;
      return {
        width: columns,
        height: rows,
        logits,
        probability: 1 / (1 + Math.exp(-segment[0])),
        features,
        attention: [...(await levelMaps(output)), ...(await rangeMaps(output, this.config))],
        ranges: await rangeWeights(output, this.config),
      };
    } finally {
      tf.dispose([input, output as unknown as tf.TensorContainer]);
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

const read = async (tensor: tf.Tensor) => Float32Array.from(await tensor.data<'float32'>());

/** From the fused picture to its details: attention received at each place a, where 1 is neutral, as a/(1 + a): 0…1 with ½ neutral. */
async function levelMaps({ maps }: EstaStepOutput): Promise<AttentionMap[]> {
  const levels = await Promise.all(
    maps.map(async (map, level) => ({
      name: level === maps.length - 1 ? 'SA-Fusion' : `SA-${level + 1}`,
      width: map.shape[2],
      height: map.shape[1],
      values: (await read(map)).map((received) => received / (1 + received)),
    })),
  );
  return levels.reverse();
}

/** "last 1.5 s": how far back a range can look. */
const spoken = (range: string, { temporal: { ranges, intervalS } }: EstaConfig) =>
  `last ${reachS([ranges[range]], intervalS).toFixed(1)} s`;

/** How much of what each place reads in a range comes from the past rather than from the frame itself, 0…1. */
const rangeMaps = ({ weights }: EstaStepOutput, config: EstaConfig): Promise<AttentionMap[]> =>
  Promise.all(
    Object.entries(weights).map(async ([range, moments]) => {
      const [, height, width] = moments.shape;
      const now = (await read(moments)).subarray(0, height * width);
      return { name: spoken(range, config), width, height, values: now.map((share) => Math.max(0, 1 - share)) };
    }),
  );

const rangeWeights = ({ gates }: EstaStepOutput, config: EstaConfig): Promise<AttentionRange[]> =>
  Promise.all(
    Object.entries(gates).map(async ([range, gate]) => ({
      name: spoken(range, config),
      weight: (await read(gate))[0],
    })),
  );
