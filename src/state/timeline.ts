/** The score over time for the chart: a bounded number of points, peaks kept. */
import type { TimelinePoint } from './watch-store';

export interface TimelineSeries {
  push(point: TimelinePoint): void;
  /** The points so far, oldest first; a new array each time. */
  points(): TimelinePoint[];
}

/** At most `limit` points: when there are more, neighbours are merged into the rarer of the two and new ones come half as densely. */
export function createTimeline(limit = 2000): TimelineSeries {
  let kept: TimelinePoint[] = [];
  /** Points nearer to the bucket's start than this are merged into it, in seconds. */
  let bucketS = 0;
  let bucketStartS = Number.NEGATIVE_INFINITY;

  return {
    push(point) {
      if (point.timeS - bucketStartS < bucketS) {
        kept[kept.length - 1] = rarer(kept[kept.length - 1], point);
        return;
      }
      bucketStartS = point.timeS;
      kept.push(point);
      if (kept.length <= limit) return;
      const spanS = point.timeS - kept[0].timeS;
      kept = kept.flatMap((each, index) => (index % 2 ? [] : [rarer(each, kept[index + 1] ?? each)]));
      bucketS = Math.max(2 * bucketS, (2 * spanS) / limit);
    },
    points: () => [...kept],
  };
}

const rarer = (a: TimelinePoint, b: TimelinePoint) => (b.returnPeriodS > a.returnPeriodS ? b : a);
