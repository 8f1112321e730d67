import { describe, expect, it } from 'vitest';
import { createTimeline } from './timeline';

describe('createTimeline', () => {
  it('stays bounded over a day, in order, with the one peak where it was', () => {
    const timeline = createTimeline(500);
    const peakS = 40_000.4;
    for (let index = 0; index < 864_00; index++) {
      const timeS = index + 0.4;
      timeline.push({ timeS, score: timeS === peakS ? 1 : 0.1, returnPeriodS: timeS === peakS ? 1e6 : 2 });
    }
    const points = timeline.points();
    expect(points.length).toBeLessThanOrEqual(501);
    expect(points.length).toBeGreaterThan(200);
    expect(points.filter(({ score }) => score === 1).map(({ timeS }) => timeS)).toEqual([peakS]);
    expect(points.every(({ timeS }, index) => index === 0 || timeS > points[index - 1].timeS)).toBe(true);
    expect(points.at(-1)?.timeS).toBeGreaterThan(86_000);
  });

  it('keeps every point of a short run', () => {
    const timeline = createTimeline(500);
    for (let index = 0; index < 400; index++) timeline.push({ timeS: index / 10, score: 0, returnPeriodS: 1 });
    expect(timeline.points()).toHaveLength(400);
  });
});
