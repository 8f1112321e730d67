/** Axis-aligned boxes in pixels of the analysed frame, and their geometry. */

/** A box in pixels: left, top, right, bottom; right and bottom are exclusive. */
export interface Box {
  x0: number;
  y0: number;
  x1: number;
  y1: number;
}

export const boxWidth = (box: Box) => Math.max(0, box.x1 - box.x0);
export const boxHeight = (box: Box) => Math.max(0, box.y1 - box.y0);
export const boxArea = (box: Box) => boxWidth(box) * boxHeight(box);
export const boxCentre = (box: Box) => ({ x: (box.x0 + box.x1) / 2, y: (box.y0 + box.y1) / 2 });

/** The area two boxes share, in square pixels. */
export function intersectionArea(a: Box, b: Box): number {
  const width = Math.min(a.x1, b.x1) - Math.max(a.x0, b.x0);
  const height = Math.min(a.y1, b.y1) - Math.max(a.y0, b.y0);
  return width > 0 && height > 0 ? width * height : 0;
}

/** Intersection over union, 0…1; 0 for two empty boxes. */
export function intersectionOverUnion(a: Box, b: Box): number {
  const shared = intersectionArea(a, b);
  const union = boxArea(a) + boxArea(b) - shared;
  return union > 0 ? shared / union : 0;
}

/** The box moved by (dx, dy) pixels. */
export const movedBox = (box: Box, dx: number, dy: number): Box => ({
  x0: box.x0 + dx,
  y0: box.y0 + dy,
  x1: box.x1 + dx,
  y1: box.y1 + dy,
});

/** The box with a margin on every side, in pixels. */
export const grownBox = (box: Box, margin: number): Box => ({
  x0: box.x0 - margin,
  y0: box.y0 - margin,
  x1: box.x1 + margin,
  y1: box.y1 + margin,
});

/** The box cut to a picture of width × height pixels. */
export const clippedBox = (box: Box, width: number, height: number): Box => ({
  x0: Math.min(Math.max(box.x0, 0), width),
  y0: Math.min(Math.max(box.y0, 0), height),
  x1: Math.min(Math.max(box.x1, 0), width),
  y1: Math.min(Math.max(box.y1, 0), height),
});
