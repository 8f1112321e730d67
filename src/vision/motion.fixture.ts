/** Pictures that move in a known way, and fields of known motion, for tests. */
import type { Frame } from '../media/frame';
import type { MotionField } from './dense-motion';
import { createPlane } from './plane';

/** A fixed random pattern with bumps about three units wide, 55…200, defined everywhere. */
export function pattern(x: number, y: number): number {
  const column = Math.floor(x / 3);
  const row = Math.floor(y / 3);
  const right = x / 3 - column;
  const down = y / 3 - row;
  const top = knot(column, row) * (1 - right) + knot(column + 1, row) * right;
  const bottom = knot(column, row + 1) * (1 - right) + knot(column + 1, row + 1) * right;
  return 55 + 145 * (top * (1 - down) + bottom * down);
}

/** 0…1, as good as random. */
function knot(column: number, row: number): number {
  let mixed = Math.imul(column + 1000, 0x9e3779b1) ^ Math.imul(row + 1000, 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0x2c1b3c6d);
  mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
  return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
}

/** A grey frame of the level at every pixel. */
export function drawnFrame(
  timeS: number,
  width: number,
  height: number,
  level: (x: number, y: number) => number,
): Frame {
  const data = new Uint8ClampedArray(width * height * 4).fill(255);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i += 4) data.fill(Math.round(level(x, y)), i, i + 3);
  }
  return { timeS, width, height, data };
}

/** A field of `width` × `height` cells whose velocity, now, averaged and of the body, is (x, y) pixels per second everywhere. */
export function uniformField(timeS: number, width: number, height: number, cellSize: number, x = 0, y = 0) {
  const plane = (value: number) => {
    const made = createPlane(width, height);
    made.values.fill(value);
    return made;
  };
  const field: MotionField = {
    timeS,
    cellSize,
    x: plane(x),
    y: plane(y),
    averagedX: plane(x),
    averagedY: plane(y),
    bodyX: plane(x),
    bodyY: plane(y),
    texture: plane(0),
    change: plane(0),
    moving: x || y ? 1 : 0,
    valid: true,
  };
  return field;
}
