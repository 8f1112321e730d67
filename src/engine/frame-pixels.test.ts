import { expect, it } from 'vitest';
import { resizedPixels } from './frame-pixels';

/** A frame whose red is 10·x and whose green is 20·y. */
function ramp(width: number, height: number) {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) data.set([10 * x, 20 * y, 7, 255], (y * width + x) * 4);
  }
  return { timeS: 0, width, height, data };
}

it('the same size is the same picture without alpha', () => {
  expect([...resizedPixels(ramp(2, 2), 2, 2)]).toEqual([0, 0, 7, 10, 0, 7, 0, 20, 7, 10, 20, 7]);
});

it('twice the size interpolates between pixel centres and holds the border', () => {
  const twice = resizedPixels(ramp(3, 2), 6, 4);
  const red = Array.from({ length: 6 }, (_, x) => twice[x * 3]);
  const green = Array.from({ length: 4 }, (_, y) => twice[y * 6 * 3 + 1]);
  expect(red).toEqual([0, 2.5, 7.5, 12.5, 17.5, 20]);
  expect(green).toEqual([0, 5, 15, 20]);
});
