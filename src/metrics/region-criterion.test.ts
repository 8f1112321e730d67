import { describe, expect, test } from 'vitest';
import { mapAreas, summariseMaps } from './map-criterion';
import { regionAreas, summariseRegions } from './region-criterion';

const box = (x: number, size = 10) => ({ x0: x, y0: 0, x1: x + size, y1: 10 });

describe('region and track criteria', () => {
  test('a perfect detector reaches 1, a blind one 0', () => {
    const truth = [{ ...box(0), track: 1 }];
    const perfect = summariseRegions([
      { detected: [{ ...box(0), score: 1 }], truth },
      { detected: [], truth: [] },
    ]);
    expect(regionAreas([perfect])).toEqual({ rbdc: 1, tbdc: 1 });
    const blind = summariseRegions([{ detected: [{ ...box(50), score: 1 }], truth }]);
    expect(regionAreas([blind])).toEqual({ rbdc: 0, tbdc: 0 });
  });

  test('IoU below β is no detection; α is the share of a track', () => {
    const truth = (track: number) => [{ ...box(0), track }];
    const frames = Array.from({ length: 20 }, (_, frame) => ({
      detected: frame < 2 ? [{ ...box(0), score: 5 - frame }] : [{ ...box(9.5), score: 9 }],
      truth: truth(1),
    }));
    const summary = summariseRegions(frames);
    expect(summary.trackScores).toEqual([4]);
    expect(summary.regionScores.filter((score) => score > 0)).toEqual([5, 4]);
    expect(summary.falseScores).toHaveLength(18);
  });

  test('areas by hand: one of two regions found before the false positive, the other with it', () => {
    const summary = summariseRegions([
      {
        detected: [
          { ...box(0), score: 3 },
          { ...box(100), score: 1 },
        ],
        truth: [{ ...box(0), track: 1 }],
      },
      { detected: [{ ...box(0), score: 1 }], truth: [{ ...box(0), track: 2 }] },
    ]);
    // (0, ½) → (½, 1) → flat to 1
    expect(regionAreas([summary]).rbdc).toBeCloseTo(0.375 + 0.5);
    expect(regionAreas([summary, summary]).tbdc).toBeCloseTo(0.875);
  });

  test('false positives beyond one per frame are cut off by interpolation', () => {
    const summary = summariseRegions([
      {
        detected: [
          { ...box(50), score: 1 },
          { ...box(70), score: 1 },
          { ...box(0), score: 1 },
        ],
        truth: [{ ...box(0), track: 1 }],
      },
    ]);
    expect(regionAreas([summary]).rbdc).toBeCloseTo(0.25);
  });

  test('without ground truth there is no area', () => {
    expect(regionAreas([summariseRegions([{ detected: [], truth: [] }])])).toEqual({
      rbdc: Number.NaN,
      tbdc: Number.NaN,
    });
  });

  test('maps are counted anew at each threshold', () => {
    const truth = [[{ ...box(0), track: 1 }], []];
    const regionsAt = (frame: number, threshold: number) =>
      threshold === 2 ? (frame ? [] : [box(0)]) : frame ? [box(0)] : [box(0, 500)];
    const summary = summariseMaps(truth, [2, 1], regionsAt);
    expect(summary.counts).toEqual([
      { regions: 1, tracks: 1, falsePositives: 0 },
      { regions: 0, tracks: 0, falsePositives: 2 },
    ]);
    expect(mapAreas([summary])).toEqual({ rbdc: 1, tbdc: 1 });
  });
});
