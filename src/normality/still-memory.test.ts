import { describe, expect, it } from 'vitest';
import { NOT_STILL, type StillPicture } from '../vision/still-texture';
import { learnStill, presenceMap } from './still-memory';

const CELLS = 32 * 16;
const textured = (level: (cell: number) => number): StillPicture => ({
  textureGrid: { width: 32, height: 16, cellSize: 10 },
  texture: Int8Array.from({ length: CELLS }, (_, cell) => level(cell)),
});
/** On the grid of the flow. */
const presenceOf = (picture: StillPicture, memory: ReturnType<typeof learnStill>) =>
  presenceMap(picture, { width: 16, height: 8 }, memory);

describe('learnStill', () => {
  it('keeps mean and deviation of every cell', () => {
    const memory = learnStill([textured((cell) => cell % 5), textured((cell) => (cell % 5) + 8)]);
    expect(memory.mean[13]).toBe(7);
    expect(memory.deviation[13]).toBe(4);
    expect(memory.mean[10]).toBe(4);
    expect(memory.mean).toHaveLength(CELLS);
  });

  it('counts only what stood still', () => {
    const memory = learnStill([textured(() => 9), textured((cell) => (cell === 3 ? NOT_STILL : 9))]);
    expect([memory.mean[3], memory.deviation[3]]).toEqual([9, 0]);
    expect(learnStill([textured(() => NOT_STILL)]).deviation[3]).toBeGreaterThan(20);
    expect(
      Math.max(
        ...presenceOf(
          textured(() => NOT_STILL),
          memory,
        ),
      ),
    ).toBe(0);
  });

  it('thins long footage without losing its ends apart', () => {
    // 1000 frames, every second one taken: 0, 2, 4 … alternate between 10 and 20.
    const frames = Array.from({ length: 1000 }, (_, i) => textured(() => (i % 4 === 0 ? 10 : 20)));
    expect(learnStill(frames).mean[0]).toBeCloseTo(15, 1);
  });
});

describe('presenceMap', () => {
  /** Usually 0, give or take 7: with three levels of noise a deviation of ten. */
  const memory = learnStill([textured(() => 7), textured(() => -7)]);

  it('counts deviations', () => {
    const presence = presenceOf(
      textured(() => 30),
      memory,
    );
    expect(presence).toHaveLength(16 * 8);
    for (const value of presence) expect(value).toBeCloseTo(3, 5);
    for (const value of presenceOf(
      textured(() => 0),
      memory,
    ))
      expect(value).toBe(0);
    for (const value of presenceOf(
      textured(() => -30),
      memory,
    ))
      expect(value).toBeCloseTo(3, 5);
  });

  it('forgives where the picture varies anyway', () => {
    const restless = learnStill([textured(() => 57), textured(() => -57)]);
    for (const value of presenceOf(
      textured(() => 30),
      restless,
    ))
      expect(value).toBeCloseTo(0.5, 5);
  });

  it('is where the change is, and nowhere else', () => {
    // Four texture cells in the flow cell (5, 3), far from any other's but its neighbours'.
    const spot = textured((cell) => {
      const [x, y] = [cell % 32, Math.floor(cell / 32)];
      return (x === 10 || x === 11) && (y === 6 || y === 7) ? 90 : 0;
    });
    const presence = presenceOf(spot, memory);
    expect(presence.indexOf(Math.max(...presence))).toBe(3 * 16 + 5);
    presence.forEach((value, cell) => {
      const away = Math.max(Math.abs((cell % 16) - 5), Math.abs(Math.floor(cell / 16) - 3));
      if (away > 1) expect(value).toBe(0);
    });
  });
});
