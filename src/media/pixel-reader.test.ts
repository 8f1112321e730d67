import { expect, it } from 'vitest';
import { containedRect } from './pixel-reader';

it('containedRect fills a frame of the same shape, to the pixel that rounding cost', () => {
  expect(containedRect({ width: 1920, height: 1080 }, { width: 640, height: 360 })).toEqual([0, 0, 640, 360]);
  expect(containedRect({ width: 1000, height: 333 }, { width: 640, height: 213 })).toEqual([0, 0, 640, 213]);
});

it('containedRect centres a picture of another shape', () => {
  expect(containedRect({ width: 480, height: 640 }, { width: 640, height: 480 })).toEqual([140, 0, 360, 480]);
  expect(containedRect({ width: 200, height: 50 }, { width: 100, height: 100 })).toEqual([0, 37.5, 100, 25]);
});
