/** Parameters as files, without tensors: a JSON manifest and one run of bytes, checked and read into plain arrays. */
import { fromHalf } from './half-float';

/** Changes whenever older files can no longer be read. */
export const FORMAT_VERSION = 1;

/** How values are stored: exact, with 11 significant bits, or as 256 even steps between a leaf's lowest and highest value. */
export type Precision = 'float32' | 'float16' | 'int8';

export interface StoredLeaf {
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

/** One parameter as a plain array. */
export interface PlainLeaf {
  path: string;
  shape: number[];
  values: Float32Array;
}

/**
 * The parameters that were stored, in float32. Throws WeightsError where the file is of another format, version or detector,
 * cut short or damaged.
 */
export function storedLeaves({ manifest, bytes }: StoredWeights, detector: string): PlainLeaf[] {
  checkManifest(manifest, detector);
  if (bytes.length !== manifest.byteLength) {
    throw new WeightsError(`The weights are cut short: ${bytes.length} of ${manifest.byteLength} bytes arrived.`);
  }
  if (checksum(bytes) !== manifest.checksum) throw new WeightsError('The weights are damaged: their checksum differs.');
  if (manifest.leaves.reduce((sum, leaf) => sum + storedLength(leaf), 0) !== bytes.length) {
    throw new WeightsError('The weights are damaged: their manifest does not describe their bytes.');
  }
  let at = 0;
  return manifest.leaves.map((leaf) => {
    const part = bytes.slice(at, at + storedLength(leaf));
    at += part.length;
    return { path: leaf.path, shape: leaf.shape, values: decode(part, leaf) };
  });
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

function decode(bytes: Uint8Array<ArrayBuffer>, { dtype, scale = [], offset = [] }: StoredLeaf): Float32Array {
  if (dtype === 'float32') return new Float32Array(bytes.buffer);
  if (dtype === 'float16') return fromHalf(new Uint16Array(bytes.buffer));
  return Float32Array.from(
    bytes,
    (byte, index) => scale[index % scale.length] * (byte + offset[index % offset.length]),
  );
}

const bytesPerValue: Record<Precision, number> = { float32: 4, float16: 2, int8: 1 };

/** The same weights with all values 0 of the leaves that are chosen: what a trained network is without a part of it. */
export function silenced({ manifest, bytes }: StoredWeights, isChosen: (path: string) => boolean): StoredWeights {
  const quiet = bytes.slice();
  const leaves = manifest.leaves.map((leaf) =>
    isChosen(leaf.path) ? { ...leaf, offset: leaf.offset?.map(() => 0) } : leaf,
  );
  let at = 0;
  for (const leaf of manifest.leaves) {
    const end = at + storedLength(leaf);
    if (isChosen(leaf.path)) quiet.fill(0, at, end);
    at = end;
  }
  return { manifest: { ...manifest, leaves, checksum: checksum(quiet) }, bytes: quiet };
}

const storedLength = ({ shape, dtype }: StoredLeaf) =>
  shape.reduce((product, side) => product * side, bytesPerValue[dtype]);

/** FNV-1a, 32 bits. */
export function checksum(bytes: Uint8Array): string {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  return (hash >>> 0).toString(16).padStart(8, '0');
}
