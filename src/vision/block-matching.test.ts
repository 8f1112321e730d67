import { describe, expect, it } from 'vitest';
import { blockMatching, blockMatchingDefaults } from './block-matching';
import { pattern } from './motion.fixture';
import { boxMean, createPlane, type Plane } from './plane';

const WIDTH = 40;
const HEIGHT = 30;

function drawn(level: (x: number, y: number) => number, width = WIDTH, height = HEIGHT): Plane {
  const plane = createPlane(width, height);
  for (let y = 0, i = 0; y < height; y++) for (let x = 0; x < width; x++, i++) plane.values[i] = level(x, y);
  return plane;
}

/** Values of the cells whose window and search stay within the picture. */
function inner(plane: Plane, margin = blockMatchingDefaults.search + blockMatchingDefaults.radius): number[] {
  return Array.from(plane.values).filter((_, i) => {
    const x = i % plane.width;
    const y = Math.floor(i / plane.width);
    return x >= margin && y >= margin && x < plane.width - margin && y < plane.height - margin;
  });
}

describe('blockMatching', () => {
  it.each([
    [3, -2],
    [-4, 0],
    [0, 4],
    [-1, -3],
  ])('finds a shift of (%d, %d) cells', (dx, dy) => {
    const flow = blockMatching(
      drawn((x, y) => pattern(x - dx, y - dy)),
      drawn(pattern),
    );
    for (const value of inner(flow.x)) expect(Math.abs(value - dx)).toBeLessThan(0.25);
    for (const value of inner(flow.y)) expect(Math.abs(value - dy)).toBeLessThan(0.25);
  });

  it('refines below one cell', () => {
    const flow = blockMatching(
      drawn((x, y) => pattern(x - 1.5, y)),
      drawn(pattern),
    );
    const values = inner(flow.x);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    expect(mean).toBeGreaterThan(1.4);
    expect(mean).toBeLessThan(1.6);
  });

  it('keeps flat places still, however bright they have become', () => {
    const flow = blockMatching(
      drawn(() => 7),
      drawn(() => 0),
    );
    expect(flow.x.values.every((value) => value === 0)).toBe(true);
    expect(flow.y.values.every((value) => value === 0)).toBe(true);
    for (const cost of flow.stillCost.values) expect(cost).toBeCloseTo(7, 4);
  });

  it('prefers stillness where a displacement fits hardly better', () => {
    // A ramp of 0.08 per cell that moved one cell: 0.08 to be gained, 0.09 to be paid.
    const still = blockMatching(
      drawn((x) => 0.08 * (x - 1)),
      drawn((x) => 0.08 * x),
    );
    expect(inner(still.x).every((value) => value === 0)).toBe(true);
    const moved = blockMatching(
      drawn((x) => 0.1 * (x - 1)),
      drawn((x) => 0.1 * x),
    );
    for (const value of inner(moved.x)) expect(value).toBeCloseTo(1, 1);
  });

  it('counts a difference beyond the clamp as the clamp, as a mean over the window with repeated edges', () => {
    const current = drawn((x, y) => pattern(x + 40, y + 9));
    const previous = drawn(pattern);
    const { radius, clamp } = blockMatchingDefaults;
    const clamped = drawn((x, y) => Math.min(clamp, Math.abs(pattern(x + 40, y + 9) - pattern(x, y))));
    expect(clamped.values.some((value) => value === clamp)).toBe(true);
    const expected = boxMean(clamped, radius);
    const { stillCost } = blockMatching(current, previous);
    stillCost.values.forEach((cost, i) => {
      expect(cost).toBeCloseTo(expected.values[i], 3);
    });
  });

  it('serves planes smaller than its window', () => {
    const flow = blockMatching(
      drawn(() => 50, 2, 3),
      drawn(() => 0, 2, 3),
    );
    expect(Array.from(flow.x.values)).toEqual(new Array(6).fill(0));
    for (const cost of flow.stillCost.values) expect(cost).toBeCloseTo(40, 3);
  });

  it('tries no displacement beyond the search range it is given', () => {
    const options = { ...blockMatchingDefaults, search: 2 };
    const flow = blockMatching(
      drawn((x, y) => pattern(x - 4, y)),
      drawn(pattern),
      options,
    );
    for (const value of flow.x.values) expect(Math.abs(value)).toBeLessThanOrEqual(2);
  });
});
