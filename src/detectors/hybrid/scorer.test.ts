import { describe, expect, it } from 'vitest';
import type { ExpectedHeight } from '../../normality/expected-height';
import { PATCH_LEVELS, PATCH_VALUES } from '../../normality/patch-memory';
import type { ObjectFeatures } from './features';
import { frameFeatures, objectAt } from './features.fixture';
import { learnMemory } from './memory';
import { CUES, CueReader, type CueScales, frameScore, largestCues, largestScores, scoreParts } from './scorer';

const height: ExpectedHeight = { offset: 40, perX: 0, perY: 0, smallest: 4, largest: 200 };
/** A person who stands in an unchanging picture is all that is known. */
const memory = learnMemory([frameFeatures(0, { objects: [objectAt(100, 100)] })], height, 1);

/** Every cue counts as it is: 0 at 0, 1 at 1. */
const plain = Object.fromEntries(CUES.map((cue) => [cue, { median: 0, upper: 1 }])) as CueScales;

/** The picture has changed everywhere by ten times the noise, and this stands in it. */
const changed = (...objects: ObjectFeatures[]) =>
  frameFeatures(1, { objects, texture: new Int8Array(32 * 16).fill(30) });

/** In the middle of the box of someone at (100, 100): column 5, row 4. */
const INSIDE = 4 * 16 + 5;
const OUTSIDE = 4 * 16 + 12;

describe('the cue reader', () => {
  it('finds nothing in what it knows', () => {
    const cues = new CueReader(memory).read(frameFeatures(1, { objects: [objectAt(100, 100)] }));
    for (const value of Object.values(largestCues(cues))) expect(value).toBeCloseTo(0, 5);
  });

  it('lets a familiar thing explain why the picture has changed there, and a strange one not', () => {
    const bicycle = new Float32Array(80);
    bicycle[1] = 0.5;
    const presence = (...objects: ObjectFeatures[]) => new CueReader(memory).read(changed(...objects)).dense.presence;
    const alone = presence()[INSIDE];
    expect(alone).toBeGreaterThan(1);
    expect(presence(objectAt(100, 100))[INSIDE]).toBeLessThan(alone / 2);
    expect(presence(objectAt(100, 100))[OUTSIDE]).toBeCloseTo(alone, 5);
    expect(presence(objectAt(100, 100, { classes: bicycle }))[INSIDE]).toBeCloseTo(alone, 5);
  });

  it('looks at an appearance anew only where a detection confirmed it', () => {
    const reader = new CueReader(memory);
    const strange = new Float32Array(80);
    strange[1] = 0.5;
    const seen = (classes: Float32Array, confirmed: boolean) =>
      reader.read(frameFeatures(1, { objects: [objectAt(100, 100, { classes, confirmed, flowX: 40 })] })).objects[0]
        .class;
    expect(seen(strange, true)).toBeGreaterThan(0.5);
    expect(seen(objectAt(0, 0).classes, false)).toBeGreaterThan(0.5);
    expect(seen(objectAt(0, 0).classes, true)).toBeCloseTo(0, 5);
  });

  it('finds what looks like nothing seen, until three seconds after it looked', () => {
    const patches = (level = 0) => {
      const values = new Int8Array(8 * 4 * PATCH_VALUES);
      values.fill(level, 16 * PATCH_VALUES + 2 * PATCH_VALUES, 16 * PATCH_VALUES + 3 * PATCH_VALUES); // row 2, column 2: under INSIDE
      return { width: 8, height: 4, values };
    };
    const seen = [0, 1, 2].map((timeS) => frameFeatures(timeS, { patches: patches() }));
    const reader = new CueReader(learnMemory(seen, height, 1));
    const strange = 40;
    const cues = reader.read(frameFeatures(5, { patches: patches(strange) }));
    const far = (strange / PATCH_LEVELS) * Math.sqrt(PATCH_VALUES);
    expect(cues.dense.patch[INSIDE]).toBeCloseTo(far, 4);
    expect(cues.dense.patch[OUTSIDE]).toBe(0);
    // It counts twice.
    expect(scoreParts(cues, plain).dense[INSIDE]).toBeGreaterThan(2 * 4);
    expect(reader.read(frameFeatures(7.9)).dense.patch[INSIDE]).toBeCloseTo(far, 4);
    expect(reader.read(frameFeatures(8.1)).dense.patch[INSIDE]).toBe(0);
    reader.read(frameFeatures(9, { patches: patches(strange) }));
    reader.reset();
    expect(reader.read(frameFeatures(9.1)).dense.patch[INSIDE]).toBe(0);
  });

  it('takes motion for no odder than it is fast, where none was ever seen', () => {
    const moving = frameFeatures(1);
    moving.flowX[OUTSIDE] = 60;
    const { dense } = new CueReader(memory).read(moving);
    expect(dense.speed[OUTSIDE]).toBeCloseTo(1.5, 5);
    expect(dense.stream[OUTSIDE]).toBeCloseTo(1.5, 5);
    expect(dense.stream[INSIDE]).toBe(0);
  });
});

describe('the score of a frame', () => {
  it('is that of its most unusual place, and what its most unusual object has beyond ordinary ones', () => {
    const features = frameFeatures(1, {
      objects: [objectAt(100, 100, { edgeX: 20 }), objectAt(200, 100, { trackId: 2, edgeX: 80 })],
    });
    features.flowX[OUTSIDE] = 60;
    const { objects, dense } = scoreParts(new CueReader(memory).read(features), plain);
    expect(objects[1]).toBeGreaterThan(objects[0] + 1);
    // Speed and novelty of 1.5 each, at 1.1 for every 1.
    expect(dense[OUTSIDE]).toBeCloseTo(3.3, 4);
    const largest = largestScores({ objects, dense });
    expect(largest).toEqual({ object: objects[1], place: dense[OUTSIDE] });
    expect(frameScore(largest, objects[1] - 2)).toBeCloseTo(2 + dense[OUTSIDE], 4);
    expect(frameScore(largest, objects[1] + 2)).toBe(dense[OUTSIDE]);
  });

  it('of a place is that of what moves there, or of what is there where that is more', () => {
    const cues = new CueReader(memory).read(changed());
    const { dense, telling } = scoreParts(cues, plain);
    const stands = dense[OUTSIDE];
    expect(stands).toBeGreaterThan(4);
    expect(telling[OUTSIDE]).toBe(1);
    cues.dense.speed[OUTSIDE] = 1;
    expect(scoreParts(cues, plain).dense[OUTSIDE]).toBe(stands);
    cues.dense.speed[OUTSIDE] = 3.5;
    cues.dense.stream[OUTSIDE] = 3.5;
    cues.dense.presence[OUTSIDE] = 1;
    expect(scoreParts(cues, plain).dense[OUTSIDE]).toBeCloseTo(7.7, 4);
    cues.dense.speed[OUTSIDE] = 0.6;
    cues.dense.stream[OUTSIDE] = 0.6;
    cues.dense.presence[OUTSIDE] = 0.9;
    // Three times 1.1 · 0.9, and not telling.
    const faint = scoreParts(cues, plain);
    expect(faint.dense[OUTSIDE]).toBeCloseTo(2.97, 4);
    expect(faint.telling[OUTSIDE]).toBe(0);
  });

  it('of a known and unmoved picture is nothing', () => {
    const parts = scoreParts(new CueReader(memory).read(frameFeatures(1)), plain);
    expect(frameScore(largestScores(parts), 0)).toBe(0);
  });
});
