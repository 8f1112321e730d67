import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import { type Flow, fuseFlows } from './flow-fusion';
import { pattern } from './motion.fixture';
import { createPlane, type Plane } from './plane';

const WIDTH = 24;
const HEIGHT = 16;
const GAP_S = 0.1;

const drawn = (level: (x: number, y: number) => number): Plane => {
  const plane = createPlane(2 * WIDTH, 2 * HEIGHT);
  for (let i = 0; i < plane.values.length; i++) {
    plane.values[i] = level(i % plane.width, Math.floor(i / plane.width)) - 128;
  }
  return plane;
};
/** The same velocity everywhere, in cells per second; where `at` says so, else rest. */
const flow = (x: number, y: number, at: (column: number, row: number) => boolean = () => true): Flow => {
  const made = { x: createPlane(WIDTH, HEIGHT), y: createPlane(WIDTH, HEIGHT) };
  for (let cell = 0; cell < WIDTH * HEIGHT; cell++) {
    if (!at(cell % WIDTH, Math.floor(cell / WIDTH))) continue;
    made.x.values[cell] = x;
    made.y.values[cell] = y;
  }
  return made;
};
/** A picture that has moved right by so many cells in the gap. */
const panned = (cells: number) => ({
  current: drawn((x, y) => pattern(x - 2 * cells, y)),
  previous: drawn(pattern),
  gapS: GAP_S,
});
const at = (plane: Plane, column: number, row: number) => plane.values[row * WIDTH + column];

describe('fusing flows', () => {
  it('takes at each cell the proposal that fits', () => {
    const fused = fuseFlows([flow(-20, 0), flow(20, 0), flow(0, 30)], panned(2));
    for (let column = 5; column < WIDTH - 5; column++) {
      expect(at(fused.x, column, 8)).toBe(20);
      expect(at(fused.y, column, 8)).toBe(0);
    }
  });

  it('rests where nothing proposed fits better than rest', () => {
    const fused = fuseFlows([flow(20, 0), flow(-10, 10)], panned(0));
    expect(fused.x.values.every((value) => value === 0)).toBe(true);
    expect(fused.y.values.every((value) => value === 0)).toBe(true);
  });

  it('rests where what is proposed is too slow to be told from rest, whatever the noise', () => {
    const rng = createRng(1);
    const noisy = () => drawn((x, y) => pattern(x, y) + 3 * rng.normal());
    // 0.1 cells in the gap: nothing on the finer grid.
    const fused = fuseFlows([flow(1, 0)], { current: noisy(), previous: noisy(), gapS: GAP_S });
    expect(fused.x.values.every((value) => value === 0)).toBe(true);
  });

  it('keeps the first of those that are alike', () => {
    expect(at(fuseFlows([flow(20, 0), flow(21, 1), flow(19, 0)], panned(2)).x, 12, 8)).toBe(20);
  });

  it('takes over from neighbours what fits here too', () => {
    // Proposed in every third column only.
    const fused = fuseFlows([flow(20, 0, (column) => column % 3 === 0)], panned(2));
    for (let column = 5; column < WIDTH - 5; column++) expect(at(fused.x, column, 8)).toBe(20);
  });

  it('is finer by half a cell than what was proposed', () => {
    const fused = fuseFlows([flow(20, 0)], panned(2.5));
    expect(at(fused.x, 12, 8)).toBe(25);
  });

  it('keeps the edge of what is narrower than a matching window', () => {
    // Two cells wide over a ground at rest: a window of 7×7 cells sees mostly ground.
    const inside = (x: number, left: number) => x >= left && x < left + 4;
    const view = {
      current: drawn((x, y) => (inside(x, 24) ? pattern(x - 4 + 300, y) : pattern(x, y))),
      previous: drawn((x, y) => (inside(x, 20) ? pattern(x + 300, y) : pattern(x, y))),
      gapS: GAP_S,
    };
    const fused = fuseFlows([flow(20, 0)], view);
    for (const column of [12, 13]) expect(at(fused.x, column, 8)).toBeCloseTo(20, 0);
    for (const column of [5, 8, 17, 20]) expect(at(fused.x, column, 8)).toBe(0);
  });
});
