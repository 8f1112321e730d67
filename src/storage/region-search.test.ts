import { describe, expect, it } from 'vitest';
import { largestWithin, packedBytes } from '../lib/run-length';
import type { PackedSight } from './recording-rows';
import { regionMask, searchable, unusualIn } from './region-search';

const picture = { width: 64, height: 48 };
const square = (x0: number, y0: number, x1: number, y1: number) => [
  { x: x0, y: y0 },
  { x: x1, y: y0 },
  { x: x1, y: y1 },
  { x: x0, y: y1 },
];
const left = square(0, 0, 32, 48);
const right = square(32, 0, 64, 48);

/** A map of 4 × 3 cells that is `value` at one of them. */
function sight(timeS: number, cell: number, value: number, change: Partial<PackedSight['moment']> = {}): PackedSight {
  const values = new Uint8Array(12);
  values[cell] = value;
  const moment = { timeS, raw: 1, returnPeriodS: 100, score: 0.5, extrapolated: false, reasons: [], objects: [] };
  return { moment: { ...moment, ...change }, width: 4, height: 3, codes: packedBytes(values) };
}

describe('a region', () => {
  it('holds the cells whose centres lie in it', () => {
    expect([...regionMask(left, picture, { width: 4, height: 3 })]).toEqual([1, 1, 0, 0, 1, 1, 0, 0, 1, 1, 0, 0]);
  });

  it('smaller than a cell holds the one that it is in', () => {
    const mask = regionMask(square(17, 17, 18, 18), picture, { width: 4, height: 3 });
    expect([...mask.keys()].filter((cell) => mask[cell] === 1)).toEqual([5]);
  });
});

describe('the largest value within a mask', () => {
  it('is that of the unpacked values, for runs of every length', () => {
    const values = new Uint8Array(700);
    values.set([9, 0, 0, 7], 300);
    values[699] = 200;
    const mask = (cell: number) => Uint8Array.from(values, (_, index) => Number(index === cell));
    const codes = packedBytes(values);
    expect([300, 301, 303, 699, 0].map((cell) => largestWithin(codes, mask(cell)))).toEqual([9, 0, 7, 200, 0]);
  });
});

describe('the search', () => {
  it('finds what was unusual there, strongest first, and not what was elsewhere', () => {
    const sights = [sight(10, 0, 100), sight(100, 3, 255), sight(200, 4, 200), sight(300, 8, 20)];
    expect(unusualIn(sights, left, picture).map(({ peakS }) => peakS)).toEqual([200, 10]);
    expect(unusualIn(sights, right, picture)).toMatchObject([{ peakS: 100, strength: 2 }]);
    expect(unusualIn(sights, left, picture, 1)).toHaveLength(1);
  });

  it('joins what follows within seconds, and keeps its strongest moment', () => {
    const sights = [sight(10, 0, 60), sight(12, 0, 128), sight(16, 0, 40), sight(30, 0, 50)];
    const [first, second] = unusualIn(sights, left, picture);
    expect(first).toMatchObject({ fromS: 10, toS: 16, peakS: 12 });
    expect(first.strength).toBeCloseTo(1, 1);
    expect(second).toMatchObject({ fromS: 30, toS: 30 });
  });

  it('names the most unusual thing in the region, or what was unusual at no thing', () => {
    const thing = (x0: number, label: string, raw: number) => ({
      ...{ trackId: 1, label, raw, x0, y0: 10, x1: x0 + 8, y1: 20 },
      reasons: [{ cue: 'speed', text: `${label} is fast`, weight: 1 }],
    });
    const objects = [thing(4, 'dog', 2), thing(16, 'cat', 1), thing(50, 'car', 9)];
    expect(unusualIn([sight(1, 0, 99, { objects })], left, picture)[0]).toMatchObject({
      label: 'dog',
      reason: { cue: 'speed', text: 'dog is fast' },
    });
    const reasons = [{ cue: 'place', text: 'motion never seen here', weight: 1 }];
    const at = (x: number) => unusualIn([sight(1, 0, 99, { reasons, place: { x, y: 5 } })], left, picture)[0];
    expect(at(5)).toMatchObject({ label: '', reason: { text: 'motion never seen here' } });
    expect(at(60).reason).toBeNull();
  });

  it('is quick over a day of maps', () => {
    const values = Uint8Array.from({ length: 96 * 54 }, (_, cell) => (cell % 97 < 9 ? 10 + (cell % 200) : 0));
    const codes = packedBytes(values);
    const day = Array.from({ length: 43_200 }, (_, index) => ({
      ...sight(index * 2, 0, 1),
      ...{ width: 96, height: 54, codes },
    }));
    const begunMs = performance.now();
    expect(unusualIn(searchable([{ recordingId: 'r', fromS: 0, toS: 1, sights: day }]), left, picture)).toHaveLength(1);
    expect(performance.now() - begunMs).toBeLessThan(3000);
  });
});
