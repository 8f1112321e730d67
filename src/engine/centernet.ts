/** CenterNet as the object finder of key frames. */
import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Found, ObjectFinder } from '../detectors/detector';
import { type Box, clippedBox } from '../lib/box';
import type { Frame } from '../media/frame';
import { PATCH_LEVELS, PATCH_VALUES, type PatchMap } from '../normality/patch-memory';
import { type CellGrid, type DecodedObject, type DecodeOptions, decodeObjects } from './centernet-decode';
import {
  type CenterNetFiles,
  FEATURE_CHANNELS,
  type InputSize,
  inputSizeFor,
  loadCenterNet,
  OUTPUTS,
  PATCH_CELLS,
} from './centernet-model';
import { resizedPixels } from './frame-pixels';
import { patchProjection } from './patch-projection';

export interface CenterNetOptions extends Partial<DecodeOptions> {
  files: CenterNetFiles;
  /** About so many square pixels go through the network, in the frame's aspect. Default 384 × 512. */
  inputArea?: number;
  /** Pulled pipelines wait for the result of `find`; see `ObjectFinder.wait`. Default true. */
  wait?: boolean;
  /** Networks are kept for so many shapes of pictures, those that came last. Default one. */
  shapes?: () => number;
}

/** The network for one shape of pictures. */
interface ShapedNetwork {
  network: GraphModel;
  input: InputSize;
  pixels: Float32Array<ArrayBuffer>;
}

export interface CenterNet extends ObjectFinder {
  /** Compile for frames of this size before the first one comes; nothing where that is done already. */
  prepare(width: number, height: number): Promise<void>;
  /** Size of the input of the network used last; null before the first frame. */
  readonly inputSize: InputSize | null;
}

/** The finder, on whichever TensorFlow.js backend is in use (see `startBackend`). Peaks above 0.1 of all classes, at most 100, overlapping ones too: the detector that asked knows which are one thing. */
export function createCenterNet(options: CenterNetOptions): CenterNet {
  const area = options.inputArea ?? 384 * 512;
  const decode: DecodeOptions = {
    minimumConfidence: options.minimumConfidence ?? 0.1,
    maximumOverlap: options.maximumOverlap ?? 1,
    limit: options.limit ?? 100,
  };
  const { shapes = () => 1 } = options;
  /** By the shape of their input, the one used last at the end. */
  const networks = new Map<string, ShapedNetwork>();
  const nameOf = (input: InputSize) => `${input.width}×${input.height}`;

  /** The network for this size; each aspect has its own, which keeps every shape fixed. */
  async function networkFor(width: number, height: number): Promise<ShapedNetwork> {
    const input = inputSizeFor(width, height, area);
    const known = networks.get(nameOf(input));
    const shaped = known ?? {
      network: await loadCenterNet(options.files, input),
      input,
      pixels: new Float32Array(input.width * input.height * 3),
    };
    networks.delete(nameOf(input));
    networks.set(nameOf(input), shaped);
    for (const [name, { network }] of networks) {
      if (networks.size <= Math.max(1, shapes())) break;
      networks.delete(name);
      network.dispose();
    }
    return shaped;
  }

  async function find(frame: Frame): Promise<Found> {
    const { network, input, pixels } = await networkFor(frame.width, frame.height);
    const [heat, edges, features, patches] = await runNetwork(
      network,
      resizedPixels(frame, input.width, input.height, pixels),
      input,
    );
    const objects = decodeObjects(heat, edges, decode).map((object) => {
      const box = toFrame(object, frame, input);
      const { classIndex, confidence } = object;
      return { ...box, classIndex, confidence, embedding: featuresAtCentre(features, box, frame) };
    });
    return { objects, patches: inLevels(patches) };
  }

  return {
    embeddingSize: FEATURE_CHANNELS,
    wait: options.wait ?? true,
    get inputSize() {
      return [...networks.values()].at(-1)?.input ?? null;
    },
    find,
    async prepare(width, height) {
      if (networks.has(nameOf(inputSizeFor(width, height, area)))) return;
      await find({ timeS: 0, width, height, data: new Uint8ClampedArray(width * height * 4) });
    },
    dispose() {
      for (const { network } of networks.values()) network.dispose();
      networks.clear();
    },
  };
}

async function runNetwork(network: GraphModel, pixels: Float32Array, input: InputSize): Promise<CellGrid[]> {
  const outputs = tf.tidy(() => {
    const picture = tf.tensor4d(pixels, [1, input.height, input.width, 3]);
    const [heat, edges, features, last] = network.execute(picture, OUTPUTS) as tf.Tensor4D[];
    return [heat, edges, features, projected(last)];
  });
  try {
    const values = await Promise.all(outputs.map((output) => output.data<'float32'>()));
    return values.map((cells, index) => ({
      values: cells,
      width: outputs[index].shape[2] as number,
      height: outputs[index].shape[1] as number,
    }));
  } finally {
    tf.dispose(outputs);
  }
}

const PROJECTION = patchProjection(FEATURE_CHANNELS);

/** Features of patches [1, h/16, w/16, PATCH_VALUES]. */
function projected(last: tf.Tensor4D): tf.Tensor4D {
  const pooled = tf.avgPool(last, PATCH_CELLS, PATCH_CELLS, 'same');
  const [, height, width] = pooled.shape;
  const projection = tf.tensor2d(PROJECTION, [FEATURE_CHANNELS, PATCH_VALUES]);
  const values = tf.matMul(tf.reshape(pooled, [height * width, FEATURE_CHANNELS]), projection);
  return tf.reshape(values, [1, height, width, PATCH_VALUES]);
}

const inLevels = ({ width, height, values }: CellGrid): PatchMap => ({
  width,
  height,
  values: Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value * PATCH_LEVELS)))),
});

function toFrame(object: DecodedObject, frame: Frame, input: InputSize) {
  const across = frame.width / input.width;
  const down = frame.height / input.height;
  const box = { x0: object.x0 * across, y0: object.y0 * down, x1: object.x1 * across, y1: object.y1 * down };
  return clippedBox(box, frame.width, frame.height);
}

/** The features of the cell under the centre of a box in a picture of this size. */
export function featuresAtCentre(
  features: CellGrid,
  box: Box,
  { width, height }: { width: number; height: number },
): Float32Array {
  const cell = (centre: number, size: number, cells: number) =>
    Math.min(cells - 1, Math.max(0, Math.floor((centre / size) * cells)));
  const column = cell((box.x0 + box.x1) / 2, width, features.width);
  const row = cell((box.y0 + box.y1) / 2, height, features.height);
  const offset = (row * features.width + column) * FEATURE_CHANNELS;
  return features.values.slice(offset, offset + FEATURE_CHANNELS);
}
