import { describe, expect, it } from 'vitest';
import { learnSceneMemory } from './scene-memory';
import { COLOUR_CHANNELS, MOTION_CHANNELS, streamInputs } from './stream-inputs';
import { FIXTURE_GRID, move, walkingClip } from './streams.fixture';
import { assumedSpeed } from './usual-speed';

const memory = learnSceneMemory(walkingClip(), 1);
const cellAt = (x: number, y: number) => y * FIXTURE_GRID.width + x;
/** A frame of the scene in which one more cell moves. */
const withMotion = (x: number, y: number, velocityX: number, velocityY: number) => {
  const frame = walkingClip({ seconds: 0.1, seed: 9 })[0];
  move(frame, x, y, velocityX, velocityY);
  return streamInputs(frame, memory).motion.subarray(cellAt(x, y) * MOTION_CHANNELS);
};

describe('learnSceneMemory', () => {
  it('finds what is fast at each place', () => {
    const [far, near] = [cellAt(12, 4), cellAt(12, 12)].map((cell) => memory.usualSpeed[cell]);
    expect(far).toBeGreaterThan(27);
    expect(far).toBeLessThan(40);
    expect(near / far).toBeGreaterThan(1.05);
  });

  it('refuses to learn from nothing', () => {
    expect(() => learnSceneMemory([], 1)).toThrow(/at least one frame/);
  });
});

describe('streamInputs', () => {
  it('gives velocity in usual speeds, and 4 at most', () => {
    const usual = memory.usualSpeed[cellAt(10, 5)];
    expect(withMotion(10, 5, 2 * usual, 0)[0]).toBeCloseTo(2, 5);
    expect(withMotion(10, 5, -9 * usual, 0)[0]).toBe(-4);
  });

  it('knows which motions were seen at a place', () => {
    const unseen = (velocityX: number, velocityY: number) => withMotion(10, 5, velocityX, velocityY)[5];
    expect(unseen(30, 0)).toBeLessThan(0.25);
    expect(unseen(-30, 0)).toBeGreaterThan(0.7);
    expect(unseen(90, 0)).toBeGreaterThan(1);
    expect(unseen(0, 0)).toBe(0);
  });

  it('sees what stands where nothing stood', () => {
    const frame = walkingClip({ seconds: 0.1, seed: 9 })[0];
    const cell = cellAt(5, 14);
    const before = streamInputs(frame, memory).colour[cell * COLOUR_CHANNELS + 5];
    frame.texture[cell] = 90;
    expect(before).toBeLessThan(1);
    expect(streamInputs(frame, memory).colour[cell * COLOUR_CHANNELS + 5]).toBeGreaterThan(3);
  });

  it('goes without a scene: assumed speed, nothing that only a scene can tell', () => {
    const frame = walkingClip({ seconds: 0.1 })[0];
    move(frame, 10, 5, 50, 0);
    const { motion, colour } = streamInputs(frame, null);
    const at = cellAt(10, 5);
    expect(motion[at * MOTION_CHANNELS]).toBeCloseTo(50 / assumedSpeed(frame.frameHeight), 5);
    expect([...motion.subarray(at * MOTION_CHANNELS + 5, (at + 1) * MOTION_CHANNELS)]).toEqual([0, 0, 0]);
    expect([...colour.subarray(at * COLOUR_CHANNELS + 5, (at + 1) * COLOUR_CHANNELS)]).toEqual([0, 0, 0]);
  });

  it('refuses a memory of another picture size', () => {
    const frame = walkingClip({ seconds: 0.1 })[0];
    const other = { ...frame, grid: { ...frame.grid, width: 23 } };
    expect(() => streamInputs(other, memory)).toThrow(/another picture size/);
  });
});
