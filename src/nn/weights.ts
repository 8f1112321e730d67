/** Parameter trees to files and back. */
import * as tf from '@tensorflow/tfjs-core';
import { toHalf } from './half-float';
import {
  checksum,
  FORMAT_VERSION,
  type Precision,
  type StoredLeaf,
  type StoredWeights,
  storedLeaves,
  WeightsError,
  type WeightsManifest,
} from './stored-weights';
import { namedLeaves, type ParamTree, treeFromLeaves } from './tree';

/** Store a tree. int8 rounds leaves of rank ≥ 2 only and keeps biases and gains in float32. */
export async function saveWeights(
  tree: ParamTree,
  { detector, config, precision = 'float32' }: { detector: string; config: unknown; precision?: Precision },
): Promise<StoredWeights> {
  const leaves: StoredLeaf[] = [];
  const parts: Uint8Array[] = [];
  for (const [path, tensor] of namedLeaves(tree)) {
    const dtype = precision === 'int8' && tensor.rank < 2 ? 'float32' : precision;
    const { bytes, ...quantisation } = encode(await tensor.data<'float32'>(), tensor.shape, dtype);
    leaves.push({ path, shape: tensor.shape, dtype, ...quantisation });
    parts.push(bytes);
  }
  const bytes = joined(parts);
  const manifest: WeightsManifest = {
    format: 'oriel-weights',
    version: FORMAT_VERSION,
    detector,
    config,
    leaves,
    byteLength: bytes.length,
    checksum: checksum(bytes),
  };
  return { manifest, bytes };
}

/**
 * The tree that was stored, in float32. `expected` is a tree of the shapes wanted, such as a fresh one of the same
 * network. Throws WeightsError where the file is of another format, version or detector, cut short, damaged, or of
 * other shapes.
 */
export function loadWeights(stored: StoredWeights, detector: string, expected?: ParamTree): ParamTree {
  const leaves = storedLeaves(stored, detector);
  if (expected) checkShapes(stored.manifest, expected);
  return treeFromLeaves(leaves.map(({ path, shape, values }) => [path, tf.tensor(values, shape)] as const));
}

function checkShapes({ leaves }: WeightsManifest, expected: ParamTree): void {
  const stored = new Map(leaves.map(({ path, shape }) => [path, shape.join('×')]));
  for (const [path, { shape }] of namedLeaves(expected)) {
    const found = stored.get(path);
    if (found === undefined) throw new WeightsError(`The weights lack the parameter ${path}.`);
    if (found !== shape.join('×')) {
      throw new WeightsError(
        `The weights do not fit this network: ${path} is ${found}, it should be ${shape.join('×')}.`,
      );
    }
    stored.delete(path);
  }
  for (const path of stored.keys())
    throw new WeightsError(`The weights hold a parameter that this network lacks, ${path}.`);
}

interface Encoded {
  bytes: Uint8Array;
  scale?: number[];
  offset?: number[];
}

function encode(values: Float32Array, shape: number[], dtype: Precision): Encoded {
  if (dtype === 'int8') return toBytes(values, shape);
  const stored = dtype === 'float16' ? toHalf(values) : values.slice();
  return { bytes: new Uint8Array(stored.buffer, stored.byteOffset, stored.byteLength) };
}

/** Per channel: scale = (highest − lowest)/255, offset = lowest/scale; both ends are kept, rounding errs by scale/2 at most. */
function toBytes(values: Float32Array, shape: number[]): Encoded {
  const channels = shape[shape.length - 1];
  const lowest = new Array<number>(channels).fill(Number.POSITIVE_INFINITY);
  const highest = new Array<number>(channels).fill(Number.NEGATIVE_INFINITY);
  for (const [index, value] of values.entries()) {
    const channel = index % channels;
    lowest[channel] = Math.min(lowest[channel], value);
    highest[channel] = Math.max(highest[channel], value);
  }
  const scale = lowest.map((low, channel) => (highest[channel] - low) / 255 || Math.abs(low) / 255 || 1);
  const offset = lowest.map((low, channel) => low / scale[channel]);
  const bytes = Uint8Array.from(values, (value, index) =>
    Math.round(value / scale[index % channels] - offset[index % channels]),
  );
  return { bytes, scale, offset };
}

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}
