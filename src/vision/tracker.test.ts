import { describe, expect, it } from 'vitest';
import type { Box } from '../lib/box';
import type { MotionField } from './dense-motion';
import { uniformField } from './motion.fixture';
import { CLASSES, type Detection, UNKNOWN_CLASS } from './suppression';
import { boxVelocity, Tracker } from './tracker';

const PERSON = 0;
const BICYCLE = 1;

/** Something 10 wide and 40 high with its left edge at x. */
function found(x: number, given: Partial<Detection> = {}): Detection {
  const { classIndex = PERSON, confidence = 0.5 } = given;
  const classes = new Float32Array(CLASSES);
  classes[classIndex] = confidence;
  const box = { x0: x, y0: 20, x1: x + 10, y1: 60 };
  return { ...box, classIndex, confidence, classes, embedding: Float32Array.of(1, 0), ...given };
}

/** A field over 400×200 pixels, 5 per cell. */
const field = (timeS: number, x = 0, y = 0): MotionField => uniformField(timeS, 80, 40, 5, x, y);

function step(tracker: Tracker, timeS: number, detections: Detection[] | null, flow = 0) {
  return tracker.step(field(timeS, flow), detections && { timeS, detections });
}

describe('tracker', () => {
  it('keeps the identity of what it finds again and trusts the new box to 70 %', () => {
    const tracker = new Tracker();
    const [first] = step(tracker, 0, [found(100)]);
    expect(first).toMatchObject({ id: 1, firstS: 0, seenS: 0, classIndex: PERSON, confidence: 0.5 });
    const [again, ...others] = step(tracker, 0.2, [found(104)]);
    expect(others).toEqual([]);
    expect(again).toMatchObject({ id: 1, firstS: 0, seenS: 0.2 });
    expect(again.box.x0).toBeCloseTo(102.8, 6);
    expect(again.box.x1).toBeCloseTo(112.8, 6);
    expect(again.velocityX).toBeCloseTo(14, 6);
    expect(again.history.map(({ timeS }) => timeS)).toEqual([0, 0.2]);
  });

  it('begins a track only where it is sure, but continues one on less', () => {
    const tracker = new Tracker();
    expect(step(tracker, 0, [found(100, { confidence: 0.25 })])).toHaveLength(0);
    step(tracker, 0.2, [found(100, { confidence: 0.5 })]);
    const [track] = step(tracker, 0.4, [found(100, { confidence: 0.25 })]);
    expect(track).toMatchObject({ id: 1, seenS: 0.4 });
    expect(track.confidence).toBeCloseTo(0.5 - 0.25 * (1 - Math.exp(-0.4)), 6);
  });

  it('knows what a motion region is from the moment it is recognised, and does not forget it', () => {
    const tracker = new Tracker();
    const moving = (x: number) => ({ ...found(x, { confidence: 0.3 }), classIndex: UNKNOWN_CLASS });
    expect(step(tracker, 0, [moving(100)])[0].classIndex).toBe(UNKNOWN_CLASS);
    expect(step(tracker, 0.2, [moving(104)])[0].classIndex).toBe(UNKNOWN_CLASS);
    expect(step(tracker, 0.4, [found(108, { confidence: 0.6 })])[0]).toMatchObject({
      id: 1,
      classIndex: PERSON,
      confidence: 0.6,
    });
    expect(step(tracker, 0.6, [moving(112)])[0]).toMatchObject({
      id: 1,
      classIndex: PERSON,
      confidence: 0.6,
      seenS: 0.6,
    });
  });

  it('averages class responses over half a second: one odd look does not rename a thing', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100, { confidence: 0.75 })]);
    const [track] = step(tracker, 0.2, [found(100, { classIndex: BICYCLE, confidence: 0.75 })]);
    const alpha = 1 - Math.exp(-0.4);
    expect(track.classIndex).toBe(PERSON);
    expect(track.classes[PERSON]).toBeCloseTo(0.75 * (1 - alpha), 5);
    expect(track.classes[BICYCLE]).toBeCloseTo(0.75 * alpha, 5);
    step(tracker, 0.4, [found(100, { classIndex: BICYCLE, confidence: 0.75 })]);
    expect(step(tracker, 0.6, [found(100, { classIndex: BICYCLE, confidence: 0.75 })])[0].classIndex).toBe(BICYCLE);
  });

  it('moves boxes by half the flow and half their own velocity while nothing is looked for', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)]);
    const [track] = step(tracker, 0.1, null, 40);
    // No velocity yet: 0.5 · 40 px/s · 0.1 s.
    expect(track.box.x0).toBeCloseTo(102, 4);
    expect(track.velocityX).toBeCloseTo(20, 3);
    const [later] = step(tracker, 0.2, null, 40);
    expect(later.box.x0).toBeCloseTo(105, 3);
    const [coasting] = step(tracker, 0.3, null, 0);
    expect(coasting.box.x0).toBeCloseTo(107.5, 3);
    expect(coasting.seenS).toBe(0);
  });

  it('keeps a track without detection for 0.85 s', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)]);
    expect(step(tracker, 0.8, [])).toHaveLength(1);
    expect(step(tracker, 0.9, [])).toHaveLength(0);
    expect(step(tracker, 1, [found(100)])[0].id).toBe(2);
  });

  it('gives each of two neighbours the detection that overlaps it most', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100), found(106)]);
    const tracks = step(tracker, 0.2, [found(108), found(102)]);
    expect(tracks.map(({ id, box }) => [id, Math.round(box.x0)])).toEqual([
      [1, 101],
      [2, 107],
    ]);
  });

  it('remembers about a second of places', () => {
    const tracker = new Tracker();
    for (let i = 0; i <= 30; i++) step(tracker, i / 10, [found(100 + i)]);
    const [{ history, velocityX, firstS }] = step(tracker, 3.1, [found(131)]);
    expect(firstS).toBe(0);
    expect(history[0].timeS).toBeCloseTo(2.1, 6);
    expect(history[history.length - 1].timeS).toBe(3.1);
    expect(velocityX).toBeCloseTo(10, 1);
  });

  it('forgets everything at a reset, and names no two things the same', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)]);
    tracker.reset();
    expect(step(tracker, 0, [])).toHaveLength(0);
    const [track] = step(tracker, 0.1, [found(100)]);
    expect(track).toMatchObject({ id: 2, firstS: 0.1 });
  });
});

describe('what moved too far to overlap', () => {
  const jumped = (detection: Detection) => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)]);
    return step(tracker, 0.2, [detection]).map(({ id }) => id);
  };

  it('is found again within 0.8 of its height', () => {
    expect(jumped(found(131))).toEqual([1]);
    expect(jumped(found(133))).toEqual([1, 2]);
  });

  it('must be of like size', () => {
    expect(jumped(found(120, { y0: 16, y1: 62 }))).toEqual([1]);
    expect(jumped(found(120, { y0: 0, y1: 60 }))).toEqual([1, 2]);
  });

  it('comes after what overlaps: a passer-by does not take over a track', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)]);
    const tracks = step(tracker, 0.2, [found(120), found(104)]);
    expect(tracks.map(({ id, box }) => [id, Math.round(box.x0)])).toEqual([
      [1, 103],
      [2, 120],
    ]);
  });

  it('goes to the nearest of two tracks', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100), found(150)]);
    const tracks = step(tracker, 0.2, [found(130)]);
    expect(tracks.map(({ id, seenS }) => [id, seenS])).toEqual([
      [1, 0],
      [2, 0.2],
    ]);
  });
});

describe('late detections', () => {
  it('are moved on by the flow in them', () => {
    const tracker = new Tracker();
    const [track] = tracker.step(field(1, 100, -20), { timeS: 0.7, detections: [found(100)] });
    expect(track.box).toEqual({ x0: 130, y0: 14, x1: 140, y1: 54 });
    expect(track).toMatchObject({ firstS: 1, seenS: 1 });
  });

  it('stay where nothing moves, and are taken as they are where they are not late', () => {
    const still = new Tracker().step(field(1), { timeS: 0.7, detections: [found(100)] });
    expect(still[0].box.x0).toBe(100);
    const present = new Tracker().step(field(1, 100), { timeS: 1, detections: [found(100)] });
    expect(present[0].box.x0).toBe(100);
  });

  it('continue the track they belong to', () => {
    const tracker = new Tracker();
    step(tracker, 0, [found(100)], 100);
    for (const timeS of [0.1, 0.2, 0.3]) step(tracker, timeS, null, 100);
    const tracks = tracker.step(field(0.4, 100), { timeS: 0.1, detections: [found(110)] });
    expect(tracks).toHaveLength(1);
    expect(tracks[0]).toMatchObject({ id: 1, seenS: 0.4 });
    expect(tracks[0].box.x0).toBeGreaterThan(130);
  });
});

describe('boxVelocity', () => {
  const box: Box = { x0: 0, y0: 0, x1: 20, y1: 25 };

  /** A still field in which the first so many cells of the box move at (x, 5). */
  function partly(cells: number, x: (i: number) => number): MotionField {
    const made = uniformField(0, 10, 10, 5);
    for (let i = 0; i < cells; i++) {
      const at = (i % 4) + 10 * Math.floor(i / 4);
      made.bodyX.values[at] = x(i);
      made.bodyY.values[at] = 5;
    }
    return made;
  }

  it('is the median of the cells that move, not of those that stand', () => {
    const velocity = boxVelocity(
      partly(5, (i) => [10, 500, 12, 11, -80][i]),
      box,
    );
    expect(velocity).toEqual({ x: 11, y: 5, moving: 0.25 });
  });

  it('is unknown where fewer than three cells move, or all move too slowly', () => {
    expect(
      boxVelocity(
        partly(2, () => 40),
        box,
      ),
    ).toBeNull();
    expect(
      boxVelocity(
        partly(3, () => 40),
        box,
      ),
    ).not.toBeNull();
    expect(
      boxVelocity(
        partly(20, () => 3),
        box,
      ),
    ).toBeNull();
  });

  it('is unknown outside the picture', () => {
    expect(boxVelocity(uniformField(0, 10, 10, 5, 40), { x0: 100, y0: 0, x1: 120, y1: 20 })).toBeNull();
  });
});
