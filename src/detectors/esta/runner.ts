/** ESTA in this thread, frame by frame, on whatever backend runs. */
import * as tf from '@tensorflow/tfjs-core';
import { createRng } from '../../lib/rng';
import type { StoredWeights } from '../../nn/stored-weights';
import { advance, disposeState } from '../../nn/stream-state';
import { reachS } from '../../nn/temporal-sampling';
import { disposeTree, type ParamTree } from '../../nn/tree';
import { loadWeights } from '../../nn/weights';
import { sampleBilinear } from '../../vision/plane';
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

const sizeOf = ({ shape }: tf.Tensor) => ({ width: shape[2] as number, height: shape[1] as number });

const read = async (tensor: tf.Tensor) => Float32Array.from(await tensor.data<'float32'>());

/** From the fused picture to its details: attention received at each place a, where 1 is neutral, as a/(1 + a): 0…1 with ½ neutral. */
async function levelMaps({ maps, logits }: EstaStepOutput): Promise<AttentionMap[]> {
  const places = sizeOf(logits);
  const fusion = maps.length - 1;
  const levels = await Promise.all(
    maps.map(async (map, level) => {
      const name = level === fusion ? 'SA-Fusion' : `SA-${level + 1}`;
      const values = (await read(map)).map((received) => received / (1 + received));
      const side = 2 ** Math.min(level, fusion - 1);
      return overPicture({ name, width: map.shape[2], height: map.shape[1], values }, side, places);
    }),
  );
  return levels.reverse();
}

/** A map whose cells cover side × side places each, those at the far border fewer, as one whose cells share the picture evenly. */
export function overPicture(map: AttentionMap, side: number, places: { width: number; height: number }): AttentionMap {
  const { width, height } = map;
  const centre = (index: number, cells: number, all: number) => ((index + 0.5) / cells) * (all / side) - 0.5;
  const values = map.values.map((_, cell) => {
    const [column, row] = [cell % width, Math.floor(cell / width)];
    return sampleBilinear(map, centre(column, width, places.width), centre(row, height, places.height));
  });
  return { ...map, values };
}

/** "last 1.5 s": how far back a range can look. */
const spoken = (range: string, { temporal: { ranges, intervalS } }: EstaConfig) =>
  `last ${reachS([ranges[range]], intervalS).toFixed(1)} s`;

/** How much of what each place reads in a range comes from the past rather than from the frame itself, 0…1. */
const rangeMaps = ({ weights, logits }: EstaStepOutput, config: EstaConfig): Promise<AttentionMap[]> =>
  Promise.all(
    Object.entries(weights).map(async ([range, moments]) => {
      const { height, width } = sizeOf(moments);
      const now = (await read(moments)).subarray(0, height * width);
      const values = now.map((share) => Math.max(0, 1 - share));
      const { region } = config.temporal.ranges[range];
      const side = region === 'global' ? Number.POSITIVE_INFINITY : region;
      return overPicture({ name: spoken(range, config), width, height, values }, side, sizeOf(logits));
    }),
  );

const rangeWeights = ({ gates }: EstaStepOutput, config: EstaConfig): Promise<AttentionRange[]> =>
  Promise.all(
    Object.entries(gates).map(async ([range, gate]) => ({
      name: spoken(range, config),
      weight: (await read(gate))[0],
    })),
  );
