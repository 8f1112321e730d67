import { describe, expect, it } from 'vitest';
import type { Flow } from './flow-fusion';
import { MotionAverage } from './motion-average';
import { createPlane } from './plane';

const WIDTH = 30;
const HEIGHT = 20;
const CELL = 4;
const STEP_S = 0.1;
const AVERAGE_S = 0.4;

/** Everything whose cell is inside moves right at so many pixels per second. */
function flow(speedAt: (column: number, row: number) => number): Flow {
  const x = createPlane(WIDTH, HEIGHT);
  x.values.forEach((_, cell) => {
    x.values[cell] = speedAt(cell % WIDTH, Math.floor(cell / WIDTH));
  });
  return { x, y: createPlane(WIDTH, HEIGHT) };
}

const inside = (column: number, row: number, [left, top, wide, tall]: number[]) =>
  column >= left && column < left + wide && row >= top && row < top + tall;

/** The last of so many moments. */
function lastOf(moments: number, at: (moment: number) => Flow, average = new MotionAverage(AVERAGE_S)) {
  let last = average.step(at(0), 0, CELL);
  for (let i = 1; i < moments; i++) last = average.step(at(i), i * STEP_S, CELL);
  const read =
    ({ x }: Flow) =>
    (column: number, row: number) =>
      x.values[row * WIDTH + column];
  return { averaged: read(last.averaged), body: read(last.body) };
}

const REST = flow(() => 0);

describe('the velocity of bodies', () => {
  it('of something new is its own, where the average still counts the rest before', () => {
    const block = [10, 6, 8, 8];
    const now = flow((column, row) => (inside(column, row, block) ? 20 : 0));
    const { averaged, body } = lastOf(12, (moment) => (moment < 10 ? REST : now));
    expect(averaged(13, 10)).toBeLessThan(10);
    expect(body(13, 10)).toBeGreaterThan(17);
    expect(body(13, 10)).toBeLessThanOrEqual(20);
  });

  it('of a leg that begins to swing is that of the body it hangs on', () => {
    const torso = [4, 4, 6, 8];
    const leg = [6, 12, 2, 4];
    // A body on the spot, as if the camera followed it, so that the flow needs no drawing: 0.4 px a step.
    const walking = (swings: boolean) =>
      flow((column, row) => (inside(column, row, torso) ? 4 : swings && inside(column, row, leg) ? 12 : 0));
    const { body } = lastOf(31, (moment) => walking(moment === 30));
    expect(body(7, 8)).toBeCloseTo(4, 1);
    const swing = body(7, 13);
    expect(swing).toBeGreaterThan(3);
    expect(swing).toBeLessThan(8);
    // Without a body to hang on it is as fast as it is.
    const { body: alone } = lastOf(31, (moment) =>
      moment < 30 ? REST : flow((column, row) => (inside(column, row, [4, 8, 8, 8]) ? 12 : 0)),
    );
    expect(alone(7, 13)).toBeGreaterThan(9);
  });

  it('of a single cell that flickers is hardly any', () => {
    const { body } = lastOf(11, (moment) =>
      moment < 10 ? REST : flow((column, row) => (column === 15 && row === 10 ? 40 : 0)),
    );
    expect(body(15, 10)).toBeLessThan(16);
  });

  it('of what stopped fades as the average does', () => {
    const moving = flow(() => 20);
    const { averaged, body } = lastOf(24, (moment) => (moment < 20 ? moving : REST));
    expect(body(15, 10)).toBeCloseTo(averaged(15, 10), 1);
    expect(body(15, 10)).toBeLessThan(8);
  });

  it('of what stops soon after the beginning of a clip is no slower than the average', () => {
    const { averaged, body } = lastOf(3, (moment) => (moment < 2 ? flow(() => 20) : REST));
    expect(averaged(15, 10)).toBeGreaterThan(8);
    expect(body(15, 10)).toBeCloseTo(averaged(15, 10), 5);
  });

  it('begins anew after a reset', () => {
    const average = new MotionAverage(AVERAGE_S);
    lastOf(10, () => flow(() => 20), average);
    average.reset();
    const { body } = lastOf(1, () => REST, average);
    expect(body(15, 10)).toBe(0);
  });
});
