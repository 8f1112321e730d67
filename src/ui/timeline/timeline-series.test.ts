import { describe, expect, it } from 'vitest';
import { mergedMarks, pointAt, timelineSeries, viewOf } from './timeline-series';

const points = Array.from({ length: 1000 }, (_, index) => ({
  timeS: index,
  score: index === 437 ? 0.9 : 0.1,
  returnPeriodS: 2,
}));

describe('timelineSeries', () => {
  it('keeps the peak when it thins out', () => {
    const series = timelineSeries(points, [], [0, 999], 50);
    expect(series.length).toBeLessThanOrEqual(50);
    expect(series).toContainEqual({ timeS: 437, score: 0.9 });
    expect(series.every((point, index) => index === 0 || point.timeS > series[index - 1].timeS)).toBe(true);
  });

  it('shows every point once zoomed in, and one more on either side', () => {
    const times = timelineSeries(points, [], [100, 110], 50).map(({ timeS }) => timeS);
    expect(times).toEqual([99, 100, 101, 102, 103, 104, 105, 106, 107, 108, 109, 110, 111]);
  });

  it('breaks the line in a gap', () => {
    const series = timelineSeries(points.slice(0, 3), [{ fromS: 0.4, toS: 0.8, why: 'hidden' }], [0, 2], 50);
    expect(series.map(({ score }) => score)).toEqual([0.1, null, 0.1, 0.1]);
  });

  it('is empty before the first point', () => {
    expect(timelineSeries([], [], [0, 1])).toEqual([]);
  });
});

describe('pointAt', () => {
  it('finds the nearest point', () => expect(pointAt(points, [], 437.3, 1)?.score).toBe(0.9));

  it('finds none in a gap or too far away', () => {
    expect(pointAt(points, [{ fromS: 430, toS: 440, why: 'hidden' }], 437, 1)).toBeNull();
    expect(pointAt(points, [], 1200, 5)).toBeNull();
  });
});

describe('viewOf', () => {
  it('shows all, a chosen stretch, or the newest of that length', () => {
    expect(viewOf(null, false, [0, 500])).toEqual([0, 500]);
    expect(viewOf([100, 160], false, [0, 500])).toEqual([100, 160]);
    expect(viewOf([100, 160], true, [0, 500])).toEqual([440, 500]);
  });
});

describe('marks of many events', () => {
  const marks = Array.from({ length: 10_000 }, (_, index) => ({
    id: String(index),
    startS: index * 8.64,
    endS: index * 8.64 + 4,
    severity: index === 5000 ? ('critical' as const) : ('notice' as const),
  }));

  it('stay as many as can be told apart, and the gravest shows', () => {
    const merged = mergedMarks(marks, [0, 86_400]);
    expect(merged.length).toBeLessThan(200);
    expect(merged.filter(({ severity }) => severity === 'critical')).toHaveLength(1);
    expect(merged.at(-1)?.endS).toBeCloseTo(9999 * 8.64 + 4);
  });

  it('are each shown in a view that holds few', () => {
    expect(mergedMarks(marks, [0, 100])).toEqual(marks.slice(0, 12));
  });
});
