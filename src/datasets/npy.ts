/** NumPy arrays on disk (.npy, format 1 to 3). */
import { LabelError } from './truth';

/** An array in C order. */
export interface NumericArray {
  shape: number[];
  values: number[];
}

const READERS: Record<string, { size: number; read: (view: DataView, at: number, little: boolean) => number }> = {
  b1: { size: 1, read: (view, at) => view.getUint8(at) },
  u1: { size: 1, read: (view, at) => view.getUint8(at) },
  i1: { size: 1, read: (view, at) => view.getInt8(at) },
  u2: { size: 2, read: (view, at, little) => view.getUint16(at, little) },
  i2: { size: 2, read: (view, at, little) => view.getInt16(at, little) },
  u4: { size: 4, read: (view, at, little) => view.getUint32(at, little) },
  i4: { size: 4, read: (view, at, little) => view.getInt32(at, little) },
  u8: { size: 8, read: (view, at, little) => Number(view.getBigUint64(at, little)) },
  i8: { size: 8, read: (view, at, little) => Number(view.getBigInt64(at, little)) },
  f4: { size: 4, read: (view, at, little) => view.getFloat32(at, little) },
  f8: { size: 8, read: (view, at, little) => view.getFloat64(at, little) },
};

/** Read a .npy file of numbers; throws LabelError for anything else, with what it is. */
export function parseNpy(bytes: Uint8Array): NumericArray {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const magic = String.fromCharCode(...bytes.subarray(1, 6));
  if (bytes[0] !== 0x93 || magic !== 'NUMPY' || bytes.length < 12)
    throw new LabelError(`Not a .npy file: it begins with ${hex(bytes)}, expected 93 4e 55 4d 50 59.`);
  const wide = bytes[6] >= 2;
  const start = wide ? 12 : 10;
  const length = wide ? view.getUint32(8, true) : view.getUint16(8, true);
  const header = new TextDecoder('latin1').decode(bytes.subarray(start, start + length));
  const type = /'descr':\s*'([<>|=])?([a-z]\d+)'/.exec(header);
  const reader = READERS[type?.[2] ?? ''];
  const shape = /'shape':\s*\(([^)]*)\)/
    .exec(header)?.[1]
    .split(',')
    .filter((part) => part.trim())
    .map(Number);
  if (!type || !reader || !shape)
    throw new LabelError(`This .npy file does not hold plain numbers: its header is ${header.trim()}.`);
  if (/'fortran_order':\s*True/.test(header) && shape.length > 1)
    throw new LabelError('This .npy array is in Fortran order; save it with numpy.ascontiguousarray.');
  const count = shape.reduce((product, size) => product * size, 1);
  const available = Math.floor((bytes.length - start - length) / reader.size);
  if (available < count)
    throw new LabelError(
      `This .npy file is cut off: its shape (${shape.join(', ')}) needs ${count} values, it holds ${available}.`,
    );
  const values = Array.from({ length: count }, (_, index) =>
    reader.read(view, start + length + index * reader.size, type[1] !== '>'),
  );
  return { shape, values };
}

export const hex = (bytes: Uint8Array) =>
  [...bytes.subarray(0, 6)].map((byte) => byte.toString(16).padStart(2, '0')).join(' ') || 'nothing';
