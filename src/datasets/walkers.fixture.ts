/** Tiny footage for tests: textured walkers cross a noisy, still picture from left to right. */
import { createRng } from '../lib/rng';
import type { Frame } from '../media/frame';

export const WIDTH = 120;
export const HEIGHT = 80;

/** `seconds` of footage at 10 fps; a walker of 10×20 pixels starts every 2.5 s in one of two lanes, at 20 pixels a second. */
export function walkers(seconds: number, seed: number): Frame[] {
  const rng = createRng(seed);
  const scene = Uint8Array.from(
    { length: WIDTH * HEIGHT },
    (_, pixel) => 120 + 30 * Math.sin(pixel / 7) + 20 * Math.sin(pixel / 301),
  );
  const starts = Array.from({ length: Math.ceil(seconds / 2.5) + 3 }, (_, index) => ({
    startS: 2.5 * (index - 3),
    top: index % 2 ? 12 : 50,
    level: 20 + rng.int(60),
  }));
  return Array.from({ length: Math.round(seconds * 10) }, (_, index) => {
    const data = new Uint8ClampedArray(WIDTH * HEIGHT * 4).fill(255);
    const timeS = index / 10;
    for (let pixel = 0; pixel < scene.length; pixel++) {
      const x = pixel % WIDTH;
      const y = (pixel - x) / WIDTH;
      const walker = starts.find(
        ({ startS, top }) => Math.abs(x - 20 * (timeS - startS)) < 5 && y >= top && y < top + 20,
      );
      const level = (walker ? walker.level + ((x + y) % 3) * 4 : scene[pixel]) + rng.normal() * 2;
      data.fill(level, pixel * 4, pixel * 4 + 3);
    }
    return { timeS, width: WIDTH, height: HEIGHT, data };
  });
}
