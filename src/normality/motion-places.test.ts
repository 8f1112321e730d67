import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { motionReferences, motionRow, placeGrid, placeOf, placesAround, unseenMotion } from './motion-places';

const grid = { width: 24, height: 12 };
const places = placeGrid(grid);

describe('places', () => {
  it('are twelve along the longer side, about as wide as high', () => {
    expect(places).toEqual({ columns: 12, rows: 6 });
    expect(placeGrid({ width: 9, height: 48 })).toEqual({ columns: 2, rows: 12 });
  });

  it('hold the cells that lie in them, and know those around', () => {
    expect(placeOf(places, grid, 0)).toBe(0);
    expect(placeOf(places, grid, 5 * 24 + 23)).toBe(2 * 12 + 11);
    expect(placesAround(0, places)).toEqual([0, 1, 12, 13]);
    expect(placesAround(14, places)).toEqual([1, 2, 3, 13, 14, 15, 25, 26, 27]);
  });
});

describe('unseenMotion', () => {
  /** Everything in the left half moves to the right at speed 1. */
  const rowOf = (_: number, cell: number) =>
    motionRow(grid, cell, 0.01, { x: cell % grid.width < 12 ? 2 : 0, y: 0, unit: 2 });
  const references = motionReferences([0, 1], places, grid, rowOf, { limit: 50, rng: createRng(1) });
  const moving = (cell: number, x: number, y: number) =>
    unseenMotion(references[placeOf(places, grid, cell)], motionRow(grid, cell, 0.01, { x, y, unit: 1 }));

  it('is small for what was seen, the distance for another way, never more than the speed', () => {
    expect(moving(50, 1, 0)).toBeLessThan(0.03);
    expect(moving(50, 0, 1)).toBe(1);
    expect(moving(50, 3, 0)).toBeCloseTo(2, 1);
    expect(moving(50, 0.1, 0)).toBe(0);
  });

  it('is the speed where nothing was ever seen to move', () => {
    expect(references[placeOf(places, grid, 20)].values).toHaveLength(0);
    expect(moving(20, 0.3, 0.4)).toBeCloseTo(0.5, 6);
  });
});
