/** Regions of a picture: connected components of a mask or of a thresholded map, and their linking over frames. */
import { type Box, boxArea, intersectionOverUnion } from '../lib/box';
import { type Component, connectedComponents } from '../lib/connected-components';
import type { CellMap, PixelMask } from './pixel-auc';
import type { TruthBox } from './region-criterion';

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
