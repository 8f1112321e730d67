/** Regions of a picture: connected components of a mask or of a thresholded map, and their linking over frames. */
import { type Box, boxArea, intersectionOverUnion } from '../lib/box';
import type { CellMap, PixelMask } from './pixel-auc';
import type { TruthBox } from './region-criterion';

/** A component: its box (in cells) and number of cells. */
export interface Component extends Box {
  area: number;
}

/** 8-connected components of the cells where `isSet`, in reading order of their first cell. */
export function connectedComponents(width: number, height: number, isSet: (cell: number) => boolean): Component[] {
  const seen = new Uint8Array(width * height);
  const components: Component[] = [];
  const stack: number[] = [];
  for (let start = 0; start < seen.length; start++) {
    if (seen[start] || !isSet(start)) continue;
    const component = { x0: width, y0: height, x1: 0, y1: 0, area: 0 };
    seen[start] = 1;
    stack.push(start);
    while (stack.length) {
      const cell = stack.pop() as number;
      const x = cell % width;
      const y = (cell - x) / width;
      grow(component, x, y);
      for (let ny = Math.max(0, y - 1); ny <= Math.min(height - 1, y + 1); ny++) {
        for (let nx = Math.max(0, x - 1); nx <= Math.min(width - 1, x + 1); nx++) {
          const neighbour = ny * width + nx;
          if (seen[neighbour] || !isSet(neighbour)) continue;
          seen[neighbour] = 1;
          stack.push(neighbour);
        }
      }
    }
    components.push(component);
  }
  return components;
}

function grow(component: Component, x: number, y: number): void {
  component.x0 = Math.min(component.x0, x);
  component.y0 = Math.min(component.y0, y);
  component.x1 = Math.max(component.x1, x + 1);
  component.y1 = Math.max(component.y1, y + 1);
  component.area++;
}

/** Boxes of a pixel mask's components of at least `minArea` pixels. */
export function maskRegions(mask: PixelMask, minArea = 10): Component[] {
  return connectedComponents(mask.width, mask.height, (pixel) => mask.data[pixel] !== 0).filter(
    (component) => component.area >= minArea,
  );
}

/** The components of a map's cells at or above a threshold, as boxes in pixels of a frame of `size`. */
export function mapRegions(map: CellMap, threshold: number, size: { width: number; height: number }): Box[] {
  const scaleX = size.width / map.width;
  const scaleY = size.height / map.height;
  return connectedComponents(map.width, map.height, (cell) => map.values[cell] >= threshold).map((component) => ({
    x0: component.x0 * scaleX,
    y0: component.y0 * scaleY,
    x1: component.x1 * scaleX,
    y1: component.y1 * scaleY,
  }));
}

/**
 * Give regions that overlap from frame to frame the same track: largest IoU first, at least `minIou`, tracks may pause for
 * `maxGap` frames. For masks that come without identities.
 */
export function linkRegions(frames: readonly (readonly Box[])[], { minIou = 0.1, maxGap = 5 } = {}): TruthBox[][] {
  const tracks: { id: number; box: Box; frame: number }[] = [];
  let nextId = 0;
  return frames.map((boxes, frame) => {
    const pairs = tracks
      .filter((track) => frame - track.frame <= maxGap + 1)
      .flatMap((track) => boxes.map((box, index) => ({ track, index, overlap: intersectionOverUnion(track.box, box) })))
      .filter((pair) => pair.overlap >= minIou)
      .sort((a, b) => b.overlap - a.overlap);
    const ids = new Map<number, number>();
    for (const { track, index } of pairs) {
      if (ids.has(index) || track.frame === frame) continue;
      ids.set(index, track.id);
      Object.assign(track, { box: boxes[index], frame });
    }
    return boxes.map((box, index) => {
      const known = ids.get(index);
      const track = known ?? nextId++;
      if (known === undefined && boxArea(box) > 0) tracks.push({ id: track, box, frame });
      return { x0: box.x0, y0: box.y0, x1: box.x1, y1: box.y1, track };
    });
  });
}
