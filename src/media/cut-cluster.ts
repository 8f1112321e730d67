/** Makes the last, cut-off cluster of a WebM or Matroska file readable: demuxers take a cluster whole or not at all. */
import { type ElementHeader, elementHeader, sizeField } from './ebml';

const EBML_ID = 0x1a45dfa3;
const SEGMENT_ID = 0x18538067;
const CLUSTER_ID = 0x1f43b675;
/** Elements walked before giving up, so that a day-long recording still opens at once. */
const MOST_ELEMENTS = 5_000;

/**
 * The file with its last cluster shortened to the blocks that are all there, where the file ends inside a cluster of
 * known size; else the file itself. Copies nothing: the result refers to the same bytes.
 */
export async function withCompleteClusters(file: Blob): Promise<Blob> {
  const cluster = await cutCluster(file);
  if (!cluster) return file;
  const end = await lastCompleteEnd(file, cluster.contentStart);
  const size = sizeField(end - cluster.contentStart, cluster.contentStart - cluster.sizeStart);
  return new Blob([file.slice(0, cluster.sizeStart), size, file.slice(cluster.contentStart, end)]);
}

/** The cluster that crosses the end of the file, if any. */
async function cutCluster(file: Blob): Promise<ElementHeader | null> {
  const head = await elementHeader(file, 0);
  if (head?.id !== EBML_ID || head.size === null) return null;
  const segment = await elementHeader(file, head.contentStart + head.size);
  if (segment?.id !== SEGMENT_ID) return null;
  if (segment.size !== null && segment.contentStart + segment.size <= file.size) return null;
  let position = segment.contentStart;
  for (let i = 0; i < MOST_ELEMENTS && position < file.size; i++) {
    const element = await elementHeader(file, position);
    if (!element || element.size === null) return null;
    position = element.contentStart + element.size;
    if (position > file.size) return element.id === CLUSTER_ID ? element : null;
  }
  return null;
}

/** Where the last element that is all there ends, among those that follow each other from `start`. */
async function lastCompleteEnd(file: Blob, start: number): Promise<number> {
  let end = start;
  for (;;) {
    const element = await elementHeader(file, end);
    if (!element || element.size === null || element.contentStart + element.size > file.size) return end;
    end = element.contentStart + element.size;
  }
}
