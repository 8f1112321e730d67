import { describe, expect, it } from 'vitest';
import { createRng } from '../lib/rng';
import type { Frame } from '../media/frame';
import { DenseMotion, denseMotionDefaults, type MotionField, motionGrid } from './dense-motion';
import { drawnFrame, pattern } from './motion.fixture';
import type { Plane } from './plane';

const WIDTH = 64;
const HEIGHT = 36;
const FPS = 10;
/** One cell per pixel. */
const options = { ...denseMotionDefaults, cells: WIDTH };

/** The whole picture moved right by so many pixels. */
const panned = (timeS: number, shift: number, light = 0): Frame =>
  drawnFrame(timeS, WIDTH, HEIGHT, (x, y) => pattern(x - shift, y) + light);

/** Runs frames at 10 per second whose shift is a function of time; the field of each. */
function run(motion: DenseMotion, frames: number, shiftAt: (timeS: number) => number): MotionField[] {
  return Array.from({ length: frames }, (_, i) => motion.step(panned(i / FPS, shiftAt(i / FPS))));
}

const middle = ({ values }: Plane) => values[(HEIGHT / 2) * WIDTH + WIDTH / 2];

describe('motionGrid', () => {
  it('has equal cells, so many along the longer side', () => {
    expect(motionGrid(640, 360, 96)).toEqual({ width: 96, height: 54, cellSize: 640 / 96 });
    expect(motionGrid(360, 640, 96)).toEqual({ width: 54, height: 96, cellSize: 640 / 96 });
  });

  it('gives small frames one cell per pixel, and never fewer than two cells', () => {
    expect(motionGrid(20, 10, 96)).toEqual({ width: 20, height: 10, cellSize: 1 });
    expect(motionGrid(960, 4, 96)).toEqual({ width: 96, height: 2, cellSize: 10 });
  });
});

describe('dense motion', () => {
  it('gives velocities in frame pixels per second, from the second frame on', () => {
    const [first, second, third] = run(new DenseMotion(options), 3, (timeS) => 10 * timeS);
    expect(first).toMatchObject({ valid: false, moving: 0 });
    expect(first.x.values.every((value) => value === 0)).toBe(true);
    for (const field of [second, third]) {
      expect(field.valid).toBe(true);
      expect(middle(field.x)).toBeCloseTo(10, 0);
      expect(Math.abs(middle(field.y))).toBeLessThan(1);
      expect(field.moving).toBeGreaterThan(0.8);
    }
  });

  it('scales by the size of a cell', () => {
    const motion = new DenseMotion({ ...denseMotionDefaults, cells: 48 });
    const frame = (timeS: number) => drawnFrame(timeS, 192, 108, (x, y) => pattern((x - 40 * timeS) / 4, y / 4));
    motion.step(frame(0));
    const field = motion.step(frame(0.2));
    expect(field.cellSize).toBe(4);
    expect(field.x.values[13 * 48 + 24]).toBeGreaterThan(36);
    expect(field.x.values[13 * 48 + 24]).toBeLessThan(44);
  });

  it('sees no motion in a change of light', () => {
    const motion = new DenseMotion(options);
    motion.step(panned(0, 0));
    const field = motion.step(panned(0.2, 0, 40));
    expect(field.moving).toBe(0);
    expect(Math.max(...field.change.values)).toBeLessThan(1e-3);
  });

  it('finds what is too fast for the long gap over the short one', () => {
    // 30 px/s: six cells in 0.2 s, out of range; three in 0.1 s.
    const fast = run(new DenseMotion(options), 8, (timeS) => 30 * timeS)[7];
    expect(middle(fast.x)).toBeCloseTo(30, 0);
  });

  it('leaves slow motion to the long gap, which resolves it twice as finely', () => {
    const both = run(new DenseMotion(options), 6, (timeS) => 10 * timeS)[5];
    const long = run(new DenseMotion({ ...options, shortGapS: options.gapS }), 6, (timeS) => 10 * timeS)[5];
    expect(middle(both.x)).toBe(middle(long.x));
  });

  it('does not compare frames too far apart in time', () => {
    const motion = new DenseMotion(options);
    motion.step(panned(0, 0));
    expect(motion.step(panned(0.5, 3))).toMatchObject({ valid: false, moving: 0 });
    expect(motion.step(panned(0.9, 3))).toMatchObject({ valid: true });
  });

  it('begins anew after a reset and where the size of the frames changes', () => {
    const motion = new DenseMotion(options);
    run(motion, 3, (timeS) => 10 * timeS);
    motion.reset();
    expect(motion.step(panned(0.3, 3)).valid).toBe(false);
    expect(motion.step(panned(0.4, 4)).valid).toBe(true);
    expect(motion.step(drawnFrame(0.5, 32, 32, pattern)).valid).toBe(false);
  });
});

describe('odd and tiny frames', () => {
  it.each([
    [65, 37],
    [960, 4],
    [3, 3],
    [2, 640],
  ])('of %i × %i pixels give finite velocities on their grid', (width, height) => {
    const motion = new DenseMotion();
    const scene = (timeS: number) => drawnFrame(timeS, width, height, (x, y) => pattern(x - 20 * timeS, y));
    for (let i = 0; i < 4; i++) motion.step(scene(i / FPS));
    const field = motion.step(scene(0.4));
    const grid = motionGrid(width, height, denseMotionDefaults.cells);
    expect(field.x).toMatchObject({ width: grid.width, height: grid.height });
    for (const plane of [field.x, field.y, field.averagedX, field.bodyX, field.change])
      expect(plane.values.every(Number.isFinite)).toBe(true);
  });
});

describe('the average along the motion', () => {
  it('of steady motion is that motion from the start', () => {
    for (const field of run(new DenseMotion(options), 12, (timeS) => 10 * timeS).slice(1))
      expect(middle(field.averagedX)).toBeCloseTo(10, 0);
  });

  it('forgets with its time constant', () => {
    const fields = run(new DenseMotion(options), 24, (timeS) => 10 * Math.min(timeS, 1.6));
    const stopped = fields.findIndex((field, i) => i > 16 && middle(field.x) === 0);
    expect(fields[stopped].timeS).toBeCloseTo(1.7, 6);
    const ratio = middle(fields[stopped + 4].averagedX) / middle(fields[stopped].averagedX);
    // 0.4 s of rest: e⁻¹, but for the weight that is still growing towards 1.
    expect(ratio).toBeGreaterThan(0.34);
    expect(ratio).toBeLessThan(0.38);
  });

  it('travels with what moves: its front has the speed of the whole', () => {
    const motion = new DenseMotion(options);
    // A block of 14×14 cells walks right at 15 px/s over a ground that stands still.
    const left = (timeS: number) => 4 + 15 * timeS;
    const scene = (timeS: number) =>
      drawnFrame(timeS, WIDTH, HEIGHT, (x, y) => {
        const inside = x >= left(timeS) && x < left(timeS) + 14 && y >= 11 && y < 25;
        return inside ? pattern(x - left(timeS) + 300, y + 300) : pattern(x, y);
      });
    let field = motion.step(scene(0));
    for (let i = 1; i <= 20; i++) field = motion.step(scene(i / FPS));
    // The block spans 34…48. The cell at 45 has been under it for 0.2 s: an average in place would be at 6 px/s.
    const row = 18 * WIDTH;
    for (const column of [38, 42, 45]) expect(field.averagedX.values[row + column]).toBeGreaterThan(13.5);
    expect(field.averagedX.values[row + 58]).toBe(0);
  });
});

describe('what is finer, faster or slower than the grid tells', () => {
  /** Frame pixels per cell: there is something to see that is finer than the grid. */
  const SCALE = 2;
  const row = 18 * WIDTH;

  /** Something of so many cells each way, walking right from `from` at so many cells per second, over a ground at rest. */
  const walker = (timeS: number, cells: number, speed: number, from = 4) =>
    drawnFrame(timeS, SCALE * WIDTH, SCALE * HEIGHT, (x, y) => {
      const left = SCALE * (from + speed * timeS);
      const top = (SCALE * (HEIGHT - cells)) / 2;
      const inside = x >= left && x < left + SCALE * cells && y >= top && y < top + SCALE * cells;
      return inside ? pattern(x - left + 300, y + 300) : pattern(x, y);
    });

  function watched(frames: number, scene: (timeS: number) => Frame): MotionField {
    const motion = new DenseMotion(options);
    let field = motion.step(scene(0));
    for (let i = 1; i < frames; i++) field = motion.step(scene(i / FPS));
    return field;
  }

  it('finds what is narrower than a window is wide', () => {
    const scene = (timeS: number) => walker(timeS, 3, 15);
    // It spans cells 19 to 22.
    const narrow = watched(11, scene);
    expect(narrow.x.values[row + 20] / SCALE).toBeGreaterThan(12);
    expect(narrow.x.values[row + 20] / SCALE).toBeLessThan(18);
  });

  it('finds what is faster than one scale reaches', () => {
    // 6 cells a frame, where 4 are tried.
    const scene = (timeS: number) => walker(timeS, 16, 60, 2);
    // It spans cells 26 to 42.
    expect(watched(5, scene).x.values[row + 34] / SCALE).toBeGreaterThan(55);
  });

  it('finds what is slow at the rate of a live camera too, where the last frame is too near to tell', () => {
    // A fifteenth of a second ago it was 0.2 cells away, less than half of a finer cell.
    const rng = createRng(2);
    const motion = new DenseMotion(options);
    const noisy = (frame: Frame): Frame => ({ ...frame, data: frame.data.map((level) => level + 2 * rng.normal()) });
    let field = motion.step(noisy(walker(0, 14, 3.2)));
    for (let i = 1; i <= 15; i++) field = motion.step(noisy(walker(i / 15, 14, 3.2)));
    // It spans cells 7 to 21.
    const speeds = Array.from({ length: 10 }, (_, column) => field.x.values[row + 9 + column] / SCALE);
    for (const speed of speeds) expect(Math.abs(speed - 3.2)).toBeLessThan(1.6);
  });

  it('goes on where frames are so far apart that both gaps are one', () => {
    const motion = new DenseMotion(options);
    motion.step(walker(0, 14, 8));
    for (let i = 1; i <= 3; i++) motion.step(walker(0.25 * i, 14, 8));
    expect(motion.step(walker(1, 14, 8)).x.values[row + 20] / SCALE).toBeCloseTo(8, 0);
  });

  it('still averages the swing of what has long been moving', () => {
    const scene = (timeS: number) => walker(timeS, 12, 15, 4 + (Math.round(timeS * FPS) % 2));
    const field = watched(15, scene);
    // The momentary velocity is 15 ± 10 cells a second, the averaged one between.
    expect(Math.abs(field.averagedX.values[row + 30] / SCALE - 15)).toBeLessThan(4);
  });
});
