/** MATLAB files, level 5 (-v6 and the compressed -v7): numeric arrays, cells and structs, as label files use them. */
import { LabelError } from './truth';

/** A value of a .mat file; arrays in column-major order as stored. */
export type MatValue =
  | { kind: 'numbers'; shape: number[]; values: number[] }
  | { kind: 'text'; text: string }
  | { kind: 'cell'; shape: number[]; cells: MatValue[] }
  | { kind: 'struct'; fields: Map<string, MatValue[]> };

const NUMBERS: Record<number, [number, (view: DataView, at: number, little: boolean) => number]> = {
  1: [1, (view, at) => view.getInt8(at)],
  2: [1, (view, at) => view.getUint8(at)],
  3: [2, (view, at, little) => view.getInt16(at, little)],
  4: [2, (view, at, little) => view.getUint16(at, little)],
  5: [4, (view, at, little) => view.getInt32(at, little)],
  6: [4, (view, at, little) => view.getUint32(at, little)],
  7: [4, (view, at, little) => view.getFloat32(at, little)],
  9: [8, (view, at, little) => view.getFloat64(at, little)],
  12: [8, (view, at, little) => Number(view.getBigInt64(at, little))],
  13: [8, (view, at, little) => Number(view.getBigUint64(at, little))],
  16: [1, (view, at) => view.getUint8(at)],
};
const MATRIX = 14;
const COMPRESSED = 15;
const CELL = 1;
const STRUCT = 2;
const CHAR = 4;
const SPARSE = 5;

interface Element {
  type: number;
  start: number;
  length: number;
  next: number;
}

/** All variables of a file by name. Throws LabelError for other formats, saying which. */
export async function parseMat(bytes: Uint8Array): Promise<Map<string, MatValue>> {
  const header = new TextDecoder('latin1').decode(bytes.subarray(0, 116));
  if (header.startsWith('MATLAB 7.3'))
    throw new LabelError('This .mat file is of version 7.3 (HDF5); save it in MATLAB with -v7.');
  if (bytes.length < 136 || !header.startsWith('MATLAB 5.0')) {
    throw new LabelError(
      `Not a MATLAB level 5 file: it begins with "${header.slice(0, 20).replace(/[^\x20-\x7e]/g, '·')}", expected "MATLAB 5.0".`,
    );
  }
  const little = bytes[126] === 0x49;
  const variables = new Map<string, MatValue>();
  for (let at = 128; at + 8 <= bytes.length; ) {
    const outer = new MatReader(bytes, little);
    const element = outer.element(at);
    at = element.type === COMPRESSED ? element.start + element.length : element.next;
    const body = bytes.subarray(element.start, element.start + element.length);
    const reader = element.type === COMPRESSED ? new MatReader(await inflated(body), little) : outer;
    const matrix = element.type === COMPRESSED ? reader.element(0) : element;
    if (matrix.type !== MATRIX) continue;
    const { name, value } = reader.matrix(matrix);
    variables.set(name, value);
  }
  return variables;
}

async function inflated(body: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([body.slice()]).stream().pipeThrough(new DecompressionStream('deflate'));
  return new Uint8Array(await new Response(stream).arrayBuffer()).slice();
}

class MatReader {
  private readonly view: DataView;
  constructor(
    private readonly bytes: Uint8Array,
    private readonly little: boolean,
  ) {
    this.view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The element at an offset; small ones (≤ 4 bytes) keep their data inside the tag. */
  element(at: number): Element {
    if (at + 8 > this.bytes.length) throw new LabelError(`This .mat file is cut off at byte ${this.bytes.length}.`);
    const word = this.view.getUint32(at, this.little);
    if (word >>> 16) return { type: word & 0xffff, start: at + 4, length: word >>> 16, next: at + 8 };
    const length = this.view.getUint32(at + 4, this.little);
    if (at + 8 + length > this.bytes.length)
      throw new LabelError(
        `This .mat file is cut off: ${length} bytes announced at byte ${at}, ${this.bytes.length - at - 8} left.`,
      );
    return { type: word, start: at + 8, length, next: at + 8 + Math.ceil(length / 8) * 8 };
  }

  matrix(element: Element): { name: string; value: MatValue } {
    const flags = this.element(element.start);
    const type = this.view.getUint32(flags.start, this.little) & 0xff;
    const dimensions = this.element(flags.next);
    const shape = this.numbers(dimensions);
    const nameElement = this.element(dimensions.next);
    const name = this.text(nameElement);
    const count = shape.reduce((product, size) => product * size, 1);
    if (type === SPARSE) throw new LabelError(`The variable ${name} is a sparse matrix; save it with full().`);
    if (type === CELL)
      return { name, value: { kind: 'cell', shape, cells: this.matrices(nameElement.next, count).values } };
    if (type === STRUCT) return { name, value: this.struct(nameElement.next, count) };
    if (type < CHAR || type > 15)
      throw new LabelError(`The variable ${name} is of MATLAB class ${type}, which holds no labels.`);
    const data = this.element(nameElement.next);
    if (type === CHAR) return { name, value: { kind: 'text', text: String.fromCharCode(...this.numbers(data)) } };
    return { name, value: { kind: 'numbers', shape, values: this.numbers(data) } };
  }

  private struct(at: number, count: number): MatValue {
    const size = this.element(at);
    const names = this.element(size.next);
    const [width] = this.numbers(size);
    const fields: string[] = [];
    for (let start = names.start; start < names.start + names.length; start += width) {
      fields.push(this.text({ ...names, start, length: width }));
    }
    const { values } = this.matrices(names.next, count * fields.length);
    return {
      kind: 'struct',
      fields: new Map(fields.map((field, index) => [field, values.filter((_, at) => at % fields.length === index)])),
    };
  }

  private matrices(at: number, count: number): { values: MatValue[] } {
    const values: MatValue[] = [];
    for (let index = 0, start = at; index < count; index++) {
      const element = this.element(start);
      values.push(element.length ? this.matrix(element).value : { kind: 'numbers', shape: [0, 0], values: [] });
      start = element.next;
    }
    return { values };
  }

  private numbers({ type, start, length }: Element): number[] {
    const known = NUMBERS[type];
    if (!known) throw new LabelError(`This .mat file holds data of type ${type}, which is not numbers.`);
    return Array.from({ length: length / known[0] }, (_, index) =>
      known[1](this.view, start + index * known[0], this.little),
    );
  }

  private text({ start, length }: Element): string {
    return new TextDecoder('latin1').decode(this.bytes.subarray(start, start + length)).replace(/\0.*$/s, '');
  }
}
