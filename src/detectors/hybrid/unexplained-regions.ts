/** Unusual places that no found object explains, followed as things of their own: motion regions find what the object finder misses. */
import type { ObservedObject, Reason } from '../../alerts/moment';
import { type Box, boxArea, intersectionArea, intersectionOverUnion } from '../../lib/box';
import { connectedComponents } from '../../lib/connected-components';
import type { HybridFeatures } from './features';
import type { ScoredFrame } from './scorer';

/** A place's score from which it is worth a box, where a cue there is past the 99th percentile of normal frames. */
const UNUSUAL = 1.1;
const FEWEST_CELLS = 3;
/** A region with this share of its box inside one unusual object is that object. */
const EXPLAINED = 0.5;
/** A region continues one of the last frame that it overlaps by this (intersection over union). */
const SAME = 0.2;

/** Streaming; `reset` between clips. Track ids are negative, so that they never meet those of found objects. */
export class UnexplainedRegions {
  private last: { box: Box; trackId: number }[] = [];
  private nextId = -1;

  reset() {
    this.last = [];
  }

  /** The regions of this frame; `dense` is the score of each flow cell, `telling` whether a cue of it is unusual by itself, `reasonsAt` says why a cell is unusual. */
  step(
    features: HybridFeatures,
    { dense, telling }: Pick<ScoredFrame, 'dense' | 'telling'>,
    objects: readonly ObservedObject[],
    reasonsAt: (cell: number) => Reason[],
  ): ObservedObject[] {
    const { width, height, cellSize } = features.flowGrid;
    const unusual = objects.filter((object) => object.raw > UNUSUAL);
    const isUnusual = (cell: number) => telling[cell] > 0 && dense[cell] > UNUSUAL;
    const regions = connectedComponents(width, height, isUnusual)
      .filter(({ area }) => area >= FEWEST_CELLS)
      .map(({ x0, y0, x1, y1 }) => ({ cells: { x0, y0, x1, y1 }, box: scaled({ x0, y0, x1, y1 }, cellSize) }))
      .filter(({ box }) => !unusual.some((object) => intersectionArea(object, box) > EXPLAINED * boxArea(box)));
    const found = regions.map(({ cells, box }) => {
      const peak = largestCell((cell) => (isUnusual(cell) ? dense[cell] : 0), cells, width);
      const raw = dense[peak];
      return { ...box, trackId: this.trackOf(box), label: 'motion', raw, reasons: reasonsAt(peak) };
    });
    this.last = found.map(({ x0, y0, x1, y1, trackId }) => ({ box: { x0, y0, x1, y1 }, trackId }));
    return found;
  }

  private trackOf(box: Box): number {
    const before = this.last.find((region) => intersectionOverUnion(region.box, box) >= SAME);
    if (!before) return this.nextId--;
    this.last = this.last.filter((region) => region !== before);
    return before.trackId;
  }
}

const scaled = (box: Box, size: number): Box => ({
  x0: box.x0 * size,
  y0: box.y0 * size,
  x1: box.x1 * size,
  y1: box.y1 * size,
});

function largestCell(valueAt: (cell: number) => number, { x0, y0, x1, y1 }: Box, width: number): number {
  let largest = y0 * width + x0;
  for (let y = y0; y < y1; y++) {
    for (let x = x0; x < x1; x++) if (valueAt(y * width + x) > valueAt(largest)) largest = y * width + x;
  }
  return largest;
}
