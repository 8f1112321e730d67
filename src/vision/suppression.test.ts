import { describe, expect, it } from 'vitest';
import { CLASSES, type Peak, suppressed } from './suppression';

const PERSON = 0;
const BICYCLE = 1;
const BAG = 24;

const peak = (confidence: number, classIndex: number, x0: number, y0: number, x1: number, y1: number): Peak => ({
  x0,
  y0,
  x1,
  y1,
  confidence,
  classIndex,
  embedding: Float32Array.of(confidence),
});

/** What the classes say, without the zeros. */
const responses = (classes: Float32Array) =>
  Object.fromEntries(Array.from(classes, (value, i) => [i, value] as const).filter(([, value]) => value > 0));

describe('suppressed', () => {
  it('keeps the surest of overlapping peaks of any class, and what the others thought', () => {
    const [only, ...others] = suppressed(
      [
        peak(0.25, PERSON, 1, 0, 11, 20),
        peak(0.5, BICYCLE, 0, 0, 10, 20),
        peak(0.125, PERSON, 0, 1, 10, 21),
        peak(0.375, BICYCLE, 0, 0, 10, 19),
      ],
      0.2,
      0.5,
    );
    expect(others).toEqual([]);
    expect(only).toMatchObject({ x0: 0, y0: 0, x1: 10, y1: 20, classIndex: BICYCLE, confidence: 0.5 });
    expect(only.classes).toHaveLength(CLASSES);
    expect(responses(only.classes)).toEqual({ [PERSON]: 0.25, [BICYCLE]: 0.5 });
    expect(only.embedding).toEqual(Float32Array.of(0.5));
  });

  it('keeps two whose overlap is just the limit, and merges them above it', () => {
    // 10×10 and the same moved by 5: intersection over union 1/3.
    const pair = [peak(0.9, PERSON, 0, 0, 10, 10), peak(0.8, PERSON, 5, 0, 15, 10)];
    expect(suppressed(pair, 0.2, 50 / 150)).toHaveLength(2);
    expect(suppressed(pair, 0.2, 0.33)).toHaveLength(1);
  });

  it('leaves out what is not sure enough, though it adds its opinion where something is', () => {
    const found = suppressed([peak(0.125, BAG, 100, 0, 110, 10), peak(0.25, PERSON, 0, 0, 10, 10)], 0.2, 0.5);
    expect(found.map(({ classIndex }) => classIndex)).toEqual([PERSON]);
    const added = suppressed([peak(0.125, BAG, 0, 0, 10, 10), peak(0.25, PERSON, 0, 0, 10, 10)], 0.2, 0.5);
    expect(responses(added[0].classes)).toEqual({ [PERSON]: 0.25, [BAG]: 0.125 });
  });

  it('takes a small box inside a surer one as a part of it', () => {
    const person = peak(0.75, PERSON, 0, 0, 20, 40);
    const inside = peak(0.5, BAG, 5, 10, 15, 20);
    const [only, ...others] = suppressed([inside, person], 0.2, 0.5);
    expect(others).toEqual([]);
    expect(responses(only.classes)).toEqual({ [PERSON]: 0.75, [BAG]: 0.5 });
  });

  it.each([
    ['lies half outside', peak(0.5, BAG, 15, 10, 25, 20)],
    ['is more than half as large', peak(0.5, BAG, 0, 0, 11, 39)],
    ['is the surer one', peak(0.875, BAG, 5, 10, 15, 20)],
  ])('keeps a box apart that %s', (_, other) => {
    expect(suppressed([peak(0.75, PERSON, 0, 0, 20, 40), other], 0.2, 0.6)).toHaveLength(2);
  });

  it('leaves the peaks as they were', () => {
    const peaks = [peak(0.25, PERSON, 0, 0, 10, 10), peak(0.5, PERSON, 0, 0, 10, 10)];
    suppressed(peaks, 0.2, 0.5);
    expect(peaks.map(({ confidence }) => confidence)).toEqual([0.25, 0.5]);
  });
});
