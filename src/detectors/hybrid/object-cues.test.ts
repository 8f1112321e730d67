import { describe, expect, it } from 'vitest';
import type { ExpectedHeight } from '../../normality/expected-height';
import type { ReferenceSet } from '../../normality/reference-set';
import type { ObjectFeatures } from './features';
import { objectAt } from './features.fixture';
import { appearanceCues, isWhole, type ObjectMemory, objectCues, shapeRow, velocityRow } from './object-cues';

const size = { frameWidth: 320, frameHeight: 160 };
/** Everything is expected to be 40 px tall. */
const height: ExpectedHeight = { offset: 40, perX: 0, perY: 0, smallest: 4, largest: 200 };
const references = (...rows: ArrayLike<number>[]): ReferenceSet => ({
  dimensions: rows[0].length,
  values: Float32Array.from(rows.flatMap((row) => Array.from(row))),
});

/** Someone who stood at (100, 100) is all that is known. */
function memoryOf(known: ObjectFeatures): ObjectMemory {
  return {
    height,
    velocity: references(velocityRow(known, height, size)),
    classes: references(known.classes),
    look: references(known.embedding),
    shape: references(shapeRow(known, height)),
    dwell: { columns: 1, rows: 1, longestS: Float32Array.of(0) },
  };
}

const memory = memoryOf(objectAt(100, 100));
const read = (object: ObjectFeatures, newcomer = 0) =>
  objectCues(object, memory, size, appearanceCues(object, memory, size, newcomer));

/** Bicycle instead of person: 0.5 less of one class and 0.5 more of another. */
const bicycle = () => {
  const classes = new Float32Array(80);
  classes[1] = 0.5;
  return { classes, embedding: Float32Array.of(0, 1) };
};

describe('rows', () => {
  it('give the place in pixels and the velocity in heights', () => {
    const row = velocityRow(objectAt(100, 120, { centreX: 60, centreY: -20 }), height, size);
    expect(row).toEqual([100, 120, 1.5, -0.5]);
  });

  it('measure size as logarithms against the expected height and the own width', () => {
    const tall = objectAt(100, 120, { box: { x0: 90, y0: 40, x1: 110, y1: 120 } });
    const row = shapeRow(tall, height);
    expect(row[2]).toBeCloseTo(Math.log(2), 9);
    expect(row[3]).toBeCloseTo(Math.log(1 / 4), 9);
  });

  it('take speed against the own height only near the expected one', () => {
    const centreX = 60;
    const speed = (tall: number) =>
      velocityRow(objectAt(100, 140, { centreX, box: { x0: 90, y0: 140 - tall, x1: 110, y1: 140 } }), height, size)[2];
    expect(speed(50)).toBeCloseTo(60 / 50, 9);
    expect(speed(100)).toBeCloseTo(60 / 60, 9);
    expect(speed(10)).toBeCloseTo(60 / 26.8, 9);
  });
});

describe('isWhole', () => {
  it('asks for a margin of a fiftieth of the longer side', () => {
    const at = (x0: number) => isWhole(objectAt(0, 0, { box: { x0, y0: 20, x1: 100, y1: 90 } }), size);
    expect([at(6), at(7)]).toEqual([false, true]);
    expect(isWhole(objectAt(0, 0, { box: { x0: 20, y0: 20, x1: 100, y1: 155 } }), size)).toBe(false);
  });
});

describe('object cues', () => {
  it('are all nothing for what is known', () => {
    for (const value of Object.values(read(objectAt(100, 100)))) expect(value).toBeCloseTo(0, 5);
  });

  it('measure how far the nearest motion was seen in heights expected here, not there', () => {
    // Twice as tall at the lower edge as at the upper one; someone once walked to the right at (100, 80).
    const perspective: ExpectedHeight = { offset: 20, perX: 0, perY: 0.25, smallest: 4, largest: 200 };
    const walking = (y: number) => objectAt(100, y, { centreX: 40, box: { x0: 90, y0: y - 40, x1: 110, y1: y } });
    const known = { ...memoryOf(walking(80)), height: perspective };
    known.velocity = references(velocityRow(walking(80), perspective, size));
    const novelty = (y: number) => {
      const object = walking(y);
      return objectCues(object, known, size, appearanceCues(object, known, size, 0)).velocity;
    };
    expect(novelty(80)).toBeCloseTo(0, 5);
    // A height is 50 px at row 120, from where the nearest motion is 40 px away.
    expect(novelty(100)).toBeCloseTo((1.2 * 20) / 45, 1);
    expect(novelty(120)).toBeCloseTo((1.2 * 40) / 50, 5);
  });

  it('tell speeds in heights per second', () => {
    const cues = read(objectAt(100, 100, { edgeX: 60, edgeY: 80, flowX: 0, flowY: -40, centreX: 120 }));
    expect(cues.edge).toBeCloseTo(2.5, 9);
    expect(cues.flow).toBeCloseTo(1, 9);
    expect(cues.velocity).toBeCloseTo(3, 5);
  });

  it('tell another class and look of what moves', () => {
    const cues = read(objectAt(100, 100, { ...bicycle(), flowX: 40 }));
    expect(cues.class).toBeCloseTo(Math.SQRT1_2, 5);
    expect(cues.look).toBeCloseTo(Math.SQRT2, 5);
  });

  it('do not take still things for strange ones, unless the picture has changed there', () => {
    const still = objectAt(100, 100, bicycle());
    expect(read(still)).toMatchObject({ class: 0, look: 0 });
    expect(read(still, 1).class).toBeCloseTo(Math.SQRT1_2, 5);
    expect(appearanceCues(still, memory, size, 0).strangeness).toBeCloseTo(Math.SQRT1_2, 5);
  });

  it('come to rely on what has just been found', () => {
    const followed = (ageS: number) => read(objectAt(100, 100, { ...bicycle(), flowX: 40, ageS })).class;
    expect(followed(0)).toBe(0);
    expect(followed(0.3)).toBeCloseTo(Math.SQRT1_2 * (1 - 1 / Math.E), 5);
    expect(followed(3)).toBeGreaterThan(0.99 * Math.SQRT1_2);
  });

  it('tell the size of whole moving things only', () => {
    const double = { flowX: 80, box: { x0: 80, y0: 20, x1: 120, y1: 100 } };
    expect(read(objectAt(100, 100, double)).shape).toBeCloseTo(Math.log(2), 5);
    expect(read(objectAt(100, 100, { ...double, flowX: 0 })).shape).toBe(0);
    expect(read(objectAt(100, 100, { ...double, box: { x0: 80, y0: 0, x1: 120, y1: 80 } })).shape).toBe(0);
  });
});
