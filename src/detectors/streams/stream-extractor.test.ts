import { expect, it } from 'vitest';
import { drawnFrame, pattern } from '../../vision/motion.fixture';
import { StreamExtractor } from './stream-extractor';

const SPEED = 60;
const [WIDTH, HEIGHT] = [192, 108];

/** A block of 40 pixels that stands until 1 s and walks right from then on. */
const scene = (timeS: number) => {
  const left = 40 + SPEED * Math.max(0, timeS - 1);
  return drawnFrame(timeS, WIDTH, HEIGHT, (x, y) => {
    const inside = x >= left && x < left + 40 && y >= 30 && y < 70;
    return inside ? pattern(x - left + 300, y + 300) : pattern(x, y);
  });
};

it('gives what has just begun to move its own speed at once', () => {
  const extractor = new StreamExtractor();
  const frames = Array.from({ length: 14 }, (_, index) => extractor.step(scene(index / 10)));
  const { grid, averagedX, averagedY } = frames[13];
  // It has walked for 0.3 s; its middle is at 78, 50.
  const cell = Math.floor(50 / grid.cellSize) * grid.width + Math.floor(78 / grid.cellSize);
  expect(averagedX[cell]).toBeGreaterThan(0.75 * SPEED);
  expect(averagedX[cell]).toBeLessThan(1.25 * SPEED);
  expect(Math.abs(averagedY[cell])).toBeLessThan(0.2 * SPEED);
  expect(frames[9].averagedX.every((value) => value === 0)).toBe(true);
});
