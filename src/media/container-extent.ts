/** How long a media file says it is, read from its outermost boxes: tells a complete file from one that was cut off. */

import { elementHeader } from './ebml';

/** What the container claims about itself. */
export interface ContainerExtent {
  /** Bytes the container should have; null where it does not say (streamed recordings, other formats). */
  claimedBytes: number | null;
  /** False only for an MP4 or MOV whose index (the `moov` box), without which no frame can be found, is not all there. */
  hasIndex: boolean;
}

/** Outer boxes read before giving up; a fragmented MP4 has two per fragment. */
const MOST_BOXES = 20_000;
const EBML_MAGIC = 0x1a45dfa3;
const SEGMENT_ID = 0x18538067;
/** Names an MP4 or MOV file can begin with. */
const FIRST_BOXES = ['ftyp', 'moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp'];

const viewAt = async (file: Blob, start: number, length: number) =>
  new DataView(await file.slice(start, start + length).arrayBuffer());

const boxName = (view: DataView) => String.fromCharCode(...new Uint8Array(view.buffer, 4, 4));

/** Read the outermost structure of an MP4, MOV, WebM or Matroska file; never throws for odd bytes. */
export async function containerExtent(file: Blob): Promise<ContainerExtent> {
  const head = await viewAt(file, 0, 16);
  if (head.byteLength >= 12 && head.getUint32(0) === EBML_MAGIC) return matroskaExtent(file);
  if (head.byteLength >= 8 && FIRST_BOXES.includes(boxName(head))) return isobmffExtent(file);
  return { claimedBytes: null, hasIndex: true };
}

/** Walks the boxes: 32-bit size and name, size 1 meaning a 64-bit size follows, size 0 'to the end of the file'. */
async function isobmffExtent(file: Blob): Promise<ContainerExtent> {
  let position = 0;
  let hasIndex = false;
  for (let boxes = 0; position < file.size; boxes++) {
    if (boxes === MOST_BOXES) return { claimedBytes: null, hasIndex };
    const view = await viewAt(file, position, 16);
    if (view.byteLength < 8) return { claimedBytes: position + 8, hasIndex };
    const size = boxSize(view, file.size - position);
    if (size < 8) return { claimedBytes: null, hasIndex };
    position += size;
    if (boxName(view) === 'moov' && position <= file.size) hasIndex = true;
  }
  return { claimedBytes: position, hasIndex };
}

function boxSize(view: DataView, bytesLeft: number): number {
  const size = view.getUint32(0);
  if (size === 0) return bytesLeft;
  if (size === 1) return view.byteLength < 16 ? bytesLeft + 1 : Number(view.getBigUint64(8));
  return size;
}

/** The file is the EBML header and one Segment, whose size may be unknown. */
async function matroskaExtent(file: Blob): Promise<ContainerExtent> {
  const header = await elementHeader(file, 0);
  const segment = header && header.size !== null ? await elementHeader(file, header.contentStart + header.size) : null;
  const known = segment?.id === SEGMENT_ID && segment.size !== null;
  return { claimedBytes: known ? segment.contentStart + segment.size! : null, hasIndex: true };
}
