/** Parameter trees as files: a JSON manifest and one run of bytes. */
import * as tf from '@tensorflow/tfjs-core';
import { fromHalf, toHalf } from './half-float';
import { namedLeaves, type ParamTree, treeFromLeaves } from './tree';

/** Changes whenever older files can no longer be read. */
const FORMAT_VERSION = 1;

/** How values are stored: exact, with 11 significant bits, or as 256 even steps between a leaf's lowest and highest value. */
export type Precision = 'float32' | 'float16' | 'int8';

interface StoredLeaf {
  path: string;
  shape: number[];
  dtype: Precision;
  /** int8 only: value = scale·(byte + offset), one of each per channel (last axis), or one for the whole leaf. */
  scale?: number[];
  offset?: number[];
}

/** What the bytes mean, and whose they are. */
export interface WeightsManifest {
  format: 'oriel-weights';
  version: number;
  /** The detector the weights belong to. */
  detector: string;
  /** The configuration of the network they were made for. */
  config: unknown;
  leaves: StoredLeaf[];
  byteLength: number;
  /** FNV-1a over the bytes, 8 hexadecimal digits. */
  checksum: string;
}

export interface StoredWeights {
  manifest: WeightsManifest;
  bytes: Uint8Array;
}

/** A weights file cannot be used; the message is one sentence for the user. */
export class WeightsError extends Error {
  override name = 'WeightsError';
}

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
export function loadWeights({ manifest, bytes }: StoredWeights, detector: string, expected?: ParamTree): ParamTree {
  checkManifest(manifest, detector);
  if (bytes.length !== manifest.byteLength) {
    throw new WeightsError(`The weights are cut short: ${bytes.length} of ${manifest.byteLength} bytes arrived.`);
  }
  if (checksum(bytes) !== manifest.checksum) throw new WeightsError('The weights are damaged: their checksum differs.');
  if (manifest.leaves.reduce((sum, leaf) => sum + storedLength(leaf), 0) !== bytes.length) {
    throw new WeightsError('The weights are damaged: their manifest does not describe their bytes.');
  }
  if (expected) checkShapes(manifest, expected);
  let at = 0;
  return treeFromLeaves(
    manifest.leaves.map((leaf) => {
      const part = bytes.slice(at, at + storedLength(leaf));
      at += part.length;
      return [leaf.path, tf.tensor(decode(part, leaf), leaf.shape)] as const;
    }),
  );
}

function checkManifest(manifest: WeightsManifest, detector: string): void {
  if (manifest?.format !== 'oriel-weights' || !Array.isArray(manifest.leaves)) {
    throw new WeightsError('This file does not hold weights of Oriel.');
  }
  if (manifest.version !== FORMAT_VERSION) {
    throw new WeightsError(
      `The weights have format version ${manifest.version}; this version of Oriel reads ${FORMAT_VERSION}.`,
    );
  }
  if (manifest.detector !== detector) {
    throw new WeightsError(`The weights belong to the detector "${manifest.detector}", not to "${detector}".`);
  }
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

function decode(bytes: Uint8Array<ArrayBuffer>, { dtype, scale = [], offset = [] }: StoredLeaf): Float32Array {
  if (dtype === 'float32') return new Float32Array(bytes.buffer);
  if (dtype === 'float16') return fromHalf(new Uint16Array(bytes.buffer));
  return Float32Array.from(
    bytes,
    (byte, index) => scale[index % scale.length] * (byte + offset[index % offset.length]),
  );
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

const bytesPerValue: Record<Precision, number> = { float32: 4, float16: 2, int8: 1 };

const storedLength = ({ shape, dtype }: StoredLeaf) =>
  shape.reduce((product, side) => product * side, bytesPerValue[dtype]);

function joined(parts: Uint8Array[]): Uint8Array {
  const bytes = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  return bytes;
}

/** FNV-1a, 32 bits. */
function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
