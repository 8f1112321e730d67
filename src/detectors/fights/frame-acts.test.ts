import { describe, expect, it } from 'vitest';
import type { MotionField } from '../../vision/dense-motion';
import { createPlane, type Plane } from '../../vision/plane';
import { mapChanges } from './map-changes';
import { MOTION_ACTS, motionActs } from './motion-acts';
import { networkFeatures } from './network-features';
import { PEOPLE_ACTS, peopleActs } from './people-acts';

const plane = (value: (x: number, y: number) => number): Plane => ({
  ...createPlane(8, 6),
  values: Float32Array.from({ length: 48 }, (_, i) => value(i % 8, Math.floor(i / 8))),
});
const still = plane(() => 0);
const field = (x: Plane, y: Plane, valid = true): MotionField => ({
  timeS: 0,
  cellSize: 10,
  x,
  y,
  averagedX: x,
  averagedY: y,
  bodyX: x,
  bodyY: y,
  texture: still,
  change: still,
  moving: 0,
  valid,
});
const walk = field(
  plane(() => 30),
  still,
);
const brawl = field(
  plane((x, y) => ((x + y) % 2 ? 90 : -90)),
  plane((x) => (x % 3 ? -60 : 60)),
);

describe('motion', () => {
  it('a brawl is faster, more turbulent and less of one direction than walking', () => {
    const [calm, wild] = [motionActs(walk, walk, 60), motionActs(brawl, walk, 60)];
    expect(calm).toHaveLength(MOTION_ACTS);
    for (const act of [0, 7, 9, 11, 14]) expect(wild[act]).toBeGreaterThan(calm[act]);
    expect(calm[15]).toBeCloseTo(1, 3);
    expect(wild[15]).toBeLessThan(0.3);
  });

  it('speeds count in heights of the picture, and an unknown flow is nothing', () => {
    expect(motionActs(walk, null, 60)[0]).toBeCloseTo(Math.log1p(20 * 0.5), 4);
    expect(motionActs(field(still, still, false), null, 60).every((act) => act === 0)).toBe(true);
  });
});

describe('people', () => {
  const person = (x0: number, x1: number) => ({ x0, x1, y0: 10, y1: 50, confidence: 0.5 });

  it('two who overlap, worked by hand', () => {
    const acts = peopleActs([person(10, 30), person(20, 40)], walk, 60);
    expect(acts).toHaveLength(PEOPLE_ACTS);
    // 400 of 1,200 px² shared; centres 10 px apart, 40 px tall; 30 px/s are 0.75 heights a second.
    [2, 1 / 3, 1 / 3, 0.25, 1, 0.75, 0.75, 40 / 60, 0.5].forEach((value, index) => {
      expect(acts[index]).toBeCloseTo(value, 4);
    });
  });

  it('nobody', () => {
    expect([...peopleActs([], walk, 60)]).toEqual([0, 0, 0, 3, 0, 0, 0, 0, 0]);
  });
});

describe('feature maps', () => {
  it('mean and highest change per channel, as logarithms', () => {
    const map = (...values: number[]) => ({ values: Float32Array.from(values), channels: 2 });
    const changes = mapChanges(map(0, 0, 0, 0), map(1, 0, -3, 0));
    expect([...changes].map((change) => Math.exp(change) - 0.01)).toEqual(
      [2, 0, 3, 0].map((value) => expect.closeTo(value, 4)),
    );
    expect(() => mapChanges(map(0, 0), map(0, 0, 0, 0))).toThrow(RangeError);
  });
});

it('a network by mean and highest of its features and logits, the odds of its segment and the weights of its ranges', () => {
  const { acts, changes } = networkFeatures(1, {
    width: 2,
    height: 1,
    logits: Float32Array.of(-1, 3),
    probability: 0.5,
    features: Float32Array.of(1, 10, 3, -10),
    attention: [],
    ranges: [{ name: 'now', weight: 0.25 }],
  });
  expect(changes).toHaveLength(0);
  expect([...acts]).toEqual([2, 0, 3, 10, 1, 3, 0, 0.25]);
});
