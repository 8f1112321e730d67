import { describe, expect, it } from 'vitest';
import { coarseGrid, coarseReader, movingCells } from './coarse-motion';
import { createPlane } from './plane';

/** A field of 20×16 cells in which the columns from 8 to 13 move. */
function fieldOf() {
  const plane = () => createPlane(20, 16);
  const [x, averagedX] = [plane(), plane()];
  x.values.forEach((_, cell) => {
    x.values[cell] = cell % 20 >= 8 && cell % 20 < 14 ? 5 : 0;
  });
  averagedX.values.fill(10);
  const still = { bodyX: plane(), bodyY: plane(), texture: plane(), change: plane() };
  const rest = { y: plane(), averagedY: plane(), ...still };
  return { timeS: 0, cellSize: 4, x, averagedX, ...rest, moving: 0.3, valid: true };
}

describe('coarse motion', () => {
  it('has half the cells, twice as large', () => {
    expect(coarseGrid(fieldOf())).toEqual({ width: 10, height: 8, cellSize: 8 });
  });

  it('is read where something moves now, away from the border', () => {
    const field = fieldOf();
    const values = coarseReader(field)(field.averagedX, 2);
    const row = (index: number) => Array.from(values.subarray(index * 10, (index + 1) * 10), (value) => value > 0);
    expect(row(4)).toEqual([false, false, true, true, true, true, true, true, false, false]);
    expect(values[4 * 10 + 5]).toBeCloseTo(10, 5);
    expect(row(0)).toEqual(new Array(10).fill(false));
    expect(row(7)).toEqual(new Array(10).fill(false));
  });

  it('counts a cell as moving by either direction', () => {
    const field = fieldOf();
    field.y.values[3] = -1;
    const { values } = movingCells(field);
    expect([values[3], values[4], values[8], values[14]]).toEqual([1, 0, 1, 0]);
  });
});
