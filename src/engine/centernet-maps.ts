/** CenterNet's inner feature maps of a frame, with the people it finds, for judges that look at more than boxes. */
import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { FeatureMap } from '../detectors/fights/map-changes';
import type { Person } from '../detectors/fights/people-acts';
import type { Frame } from '../media/frame';
import { decodeObjects } from './centernet-decode';
import {
  type CenterNetFiles,
  type InputSize,
  inputSizeFor,
  loadCenterNet,
  OUTPUTS,
  PATCH_CELLS,
} from './centernet-model';
import { resizedPixels } from './frame-pixels';

const PERSON = 0;

export interface CenterNetMapsOptions {
  files: CenterNetFiles;
  /** Square pixels of the network's input, about. */
  inputArea: number;
  minimumConfidence: number;
  maximumOverlap: number;
}

export interface FrameMaps {
  coarse: FeatureMap;
  fine: FeatureMap;
  /** In pixels of the frame. */
  people: Person[];
}

export interface CenterNetMaps {
  read(frame: Frame): Promise<FrameMaps>;
  dispose(): void;
}

/** On whichever TensorFlow.js backend is in use. One network is kept per input size. */
export function createCenterNetMaps(options: CenterNetMapsOptions): CenterNetMaps {
  const networks = new Map<string, GraphModel>();
  async function networkFor(input: InputSize): Promise<GraphModel> {
    const key = `${input.width}×${input.height}`;
    const network = networks.get(key) ?? (await loadCenterNet(options.files, input));
    networks.set(key, network);
    return network;
  }
  return {
    async read(frame) {
      const input = inputSizeFor(frame.width, frame.height, options.inputArea);
      return readMaps(await networkFor(input), frame, input, options);
    },
    dispose() {
      for (const network of networks.values()) network.dispose();
      networks.clear();
    },
  };
}

async function readMaps(
  network: GraphModel,
  frame: Frame,
  input: InputSize,
  { minimumConfidence, maximumOverlap }: CenterNetMapsOptions,
): Promise<FrameMaps> {
  const pixels = resizedPixels(frame, input.width, input.height);
  const outputs = tf.tidy(() => {
    const picture = tf.tensor4d(pixels, [1, input.height, input.width, 3]);
    const [heat, edges, coarse, fine] = network.execute(picture, OUTPUTS) as tf.Tensor4D[];
    return [heat, edges, coarse, tf.avgPool(fine, PATCH_CELLS, PATCH_CELLS, 'same')];
  });
  try {
    const [heat, edges, coarse, fine] = await Promise.all(
      outputs.map(async (output) => ({
        values: await output.data<'float32'>(),
        height: output.shape[1],
        width: output.shape[2],
        channels: output.shape[3],
      })),
    );
    const objects = decodeObjects(heat, edges, { minimumConfidence, maximumOverlap, limit: 60 });
    const across = frame.width / input.width;
    const down = frame.height / input.height;
    const people = objects
      .filter(({ classIndex }) => classIndex === PERSON)
      .map(({ x0, y0, x1, y1, confidence }) => ({
        x0: x0 * across,
        y0: y0 * down,
        x1: x1 * across,
        y1: y1 * down,
        confidence,
      }));
    return { coarse, fine, people };
  } finally {
    tf.dispose(outputs);
  }
}
