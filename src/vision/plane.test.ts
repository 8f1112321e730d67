import { describe, expect, it } from 'vitest';
import type { Frame } from '../media/frame';
import { boxMean, halved, highPass, lumaPlane, type Plane, sampleBilinear } from './plane';

const plane = (width: number, ...values: number[]): Plane => ({
  width,
  height: values.length / width,
  values: Float32Array.from(values),
});

/** A grey frame, row by row. */
function grey(width: number, ...levels: number[]): Frame {
  const data = Uint8ClampedArray.from(levels.flatMap((level) => [level, level, level, 255]));
  return { timeS: 0, width, height: levels.length / width, data };
}

const rounded = ({ values }: Plane) => Array.from(values, (value) => Math.round(value * 1e4) / 1e4);

describe('halving', () => {
  it('takes the mean of each 2×2, and leaves out an odd column and row', () => {
    const half = halved(plane(5, 1, 3, 5, 7, 99, 1, 3, 5, 7, 99, 99, 99, 99, 99, 99));
    expect(half).toMatchObject({ width: 2, height: 1 });
    expect(rounded(half)).toEqual([2, 6]);
  });
});

describe('lumaPlane', () => {
  it('weights red, green and blue, and ignores alpha', () => {
    const data = new Uint8ClampedArray([255, 0, 0, 0, 0, 255, 0, 9, 0, 0, 255, 255]);
    const luma = lumaPlane({ timeS: 0, width: 3, height: 1, data }, 3, 1);
    expect(rounded(luma)).toEqual([76.245, 149.685, 29.07]);
  });

  it('shrinks by averaging whole pixels', () => {
    expect(rounded(lumaPlane(grey(4, 0, 40, 100, 200, 20, 60, 100, 0), 2, 1))).toEqual([30, 100]);
  });

  it('shares a pixel on the edge of two cells between them', () => {
    expect(rounded(lumaPlane(grey(3, 30, 60, 120), 2, 1))).toEqual([40, 100]);
    expect(rounded(lumaPlane(grey(1, 30, 60, 120), 1, 2))).toEqual([40, 100]);
  });

  it('samples a frame smaller than the grid', () => {
    expect(rounded(lumaPlane(grey(2, 10, 50), 4, 2))).toEqual([10, 10, 50, 50, 10, 10, 50, 50]);
  });
});

describe('boxMean', () => {
  it('spreads a point evenly over its window', () => {
    const point = plane(5, ...Array.from({ length: 25 }, (_, i) => (i === 12 ? 9 : 0)));
    const mean = boxMean(point, 1);
    const expected = Array.from({ length: 25 }, (_, i) => {
      const inside = Math.abs((i % 5) - 2) <= 1 && Math.abs(Math.floor(i / 5) - 2) <= 1;
      return inside ? 1 : 0;
    });
    expect(rounded(mean)).toEqual(expected);
  });

  it('repeats the edges, also where the window is wider than the plane', () => {
    expect(rounded(boxMean(plane(3, 9, 0, 3), 1))).toEqual([6, 4, 2]);
    // Five cells around the left of [10, 0]: 10 10 10 0 0.
    expect(rounded(boxMean(plane(2, 10, 0), 2))).toEqual([6, 4]);
  });
});

describe('highPass', () => {
  it('leaves what is finer than its window, whatever the brightness', () => {
    const dark = plane(3, 9, 0, 3);
    const bright = plane(3, 109, 100, 103);
    expect(rounded(highPass(dark, 1))).toEqual([3, -4, 1]);
    expect(rounded(highPass(bright, 1))).toEqual([3, -4, 1]);
    expect(Array.from(dark.values)).toEqual([9, 0, 3]);
  });
});

describe('sampleBilinear', () => {
  const square = plane(2, 0, 10, 20, 50);

  it('is exact at cells and weighs the four around a place', () => {
    expect(sampleBilinear(square, 1, 1)).toBe(50);
    expect(sampleBilinear(square, 0.5, 0)).toBe(5);
    // 0.25 right, 0.5 down: top 2.5, bottom 27.5.
    expect(sampleBilinear(square, 0.25, 0.5)).toBe(15);
  });

  it('repeats the edge outside, and serves planes one cell wide or high', () => {
    expect(sampleBilinear(square, -3, 9)).toBe(20);
    expect(sampleBilinear(square, 9, -3)).toBe(10);
    expect(sampleBilinear(plane(1, 4), 0.7, 0.2)).toBe(4);
    expect(sampleBilinear(plane(1, 4, 8), 5, 0.25)).toBe(5);
  });
});
