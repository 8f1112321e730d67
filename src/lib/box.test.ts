import { describe, expect, it } from 'vitest';
import {
  type Box,
  boxArea,
  boxCentre,
  boxHeight,
  boxWidth,
  clippedBox,
  intersectionArea,
  intersectionOverUnion,
  movedBox,
} from './box';

const box = (x0: number, y0: number, x1: number, y1: number): Box => ({ x0, y0, x1, y1 });

describe('box', () => {
  it('has width, height, area and centre; inside out it has none', () => {
    const wide = box(2, 3, 8, 5);
    expect([boxWidth(wide), boxHeight(wide), boxArea(wide)]).toEqual([6, 2, 12]);
    expect(boxCentre(wide)).toEqual({ x: 5, y: 4 });
    const insideOut = box(8, 5, 2, 3);
    expect([boxWidth(insideOut), boxHeight(insideOut), boxArea(insideOut)]).toEqual([0, 0, 0]);
  });

  it('shares an area only where both overlap', () => {
    const a = box(0, 0, 4, 4);
    expect(intersectionArea(a, box(3, 2, 10, 10))).toBe(2);
    expect(intersectionArea(a, box(1, 1, 2, 3))).toBe(2);
    expect(intersectionArea(a, box(4, 0, 8, 4))).toBe(0);
    // Apart in both directions: two negative extents are no area.
    expect(intersectionArea(a, box(6, 6, 8, 8))).toBe(0);
  });

  it('intersection over union: third of two half-overlapping squares, 1 for the same, 0 for empty ones', () => {
    const a = box(0, 0, 4, 4);
    expect(intersectionOverUnion(a, box(2, 0, 6, 4))).toBeCloseTo(8 / 24, 12);
    expect(intersectionOverUnion(a, a)).toBe(1);
    expect(intersectionOverUnion(a, box(4, 4, 5, 5))).toBe(0);
    expect(intersectionOverUnion(box(1, 1, 1, 1), box(1, 1, 1, 1))).toBe(0);
  });

  it('moves, and is cut to the picture', () => {
    expect(movedBox(box(0, 1, 2, 3), 5, -1)).toEqual(box(5, 0, 7, 2));
    expect(clippedBox(box(-5, 2, 700, 400), 640, 360)).toEqual(box(0, 2, 640, 360));
    expect(boxArea(clippedBox(box(650, 0, 700, 10), 640, 360))).toBe(0);
  });
});
