/** The few bytes of EBML (RFC 8794) that tell where the elements of a WebM or Matroska file begin and end. */

/** One element's header. */
export interface ElementHeader {
  /** Element id with its length marker, as the specification writes it: 0x1f43b675 is a Cluster. */
  id: number;
  /** Bytes of contents; null where the file says 'unknown' (streamed recordings). */
  size: number | null;
  /** Where the size field and the contents begin, in bytes from the start of the file. */
  sizeStart: number;
  contentStart: number;
}

/** Longest header: an id of 4 bytes and a size of 8. */
const HEADER_BYTES = 12;

/** The element header at a position, or null where there is none or the file ends within it. */
export async function elementHeader(file: Blob, start: number): Promise<ElementHeader | null> {
  const view = new DataView(await file.slice(start, start + HEADER_BYTES).arrayBuffer());
  const idLength = fieldLength(view, 0, 4);
  if (idLength === null) return null;
  const sizeLength = fieldLength(view, idLength, 8);
  if (sizeLength === null) return null;
  let id = 0;
  for (let i = 0; i < idLength; i++) id = id * 256 + view.getUint8(i);
  const contentStart = start + idLength + sizeLength;
  return { id, size: sizeValue(view, idLength, sizeLength), sizeStart: start + idLength, contentStart };
}

/** Section 4.1: the position of the first set bit of a field's first byte is its length in bytes. */
function fieldLength(view: DataView, start: number, longest: number): number | null {
  if (start >= view.byteLength) return null;
  const length = Math.clz32(view.getUint8(start)) - 23;
  return length <= longest && start + length <= view.byteLength ? length : null;
}

/** Sections 4.3 and 6.2: the marker bit is left out; all ones mean 'unknown'. */
function sizeValue(view: DataView, start: number, length: number): number | null {
  const mask = 0xff >> length;
  let value = view.getUint8(start) & mask;
  let allOnes = value === mask;
  for (let i = start + 1; i < start + length; i++) {
    value = value * 256 + view.getUint8(i);
    allOnes &&= view.getUint8(i) === 0xff;
  }
  return allOnes ? null : value;
}

/** A size field of the given length, 1…8 bytes. */
export function sizeField(size: number, length: number): Uint8Array<ArrayBuffer> {
  const field = new Uint8Array(length);
  let rest = size;
  for (let i = length - 1; i >= 0; i--) {
    field[i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
  field[0] |= 0x80 >> (length - 1);
  return field;
}
