/**
 * RBDC and TBDC (Ramachandra & Jones 2020) for evidence maps, whose regions change with the threshold: at each threshold the
 * regions are the connected components of the map, and everything is counted anew.
 */
import { type Box, intersectionOverUnion } from '../lib/box';
import type { RegionAreas, TruthBox } from './region-criterion';

/** What one threshold finds in a clip. */
interface ThresholdCounts {
  regions: number;
  tracks: number;
  falsePositives: number;
}

/** A clip reduced to counts per threshold, so that clips can be resampled cheaply. */
export interface MapSummary {
  frames: number;
  regions: number;
  tracks: number;
  /** One entry per threshold, in the order given. */
  counts: ThresholdCounts[];
}

/** Count a clip at each threshold; `regionsAt` gives a frame's detected regions (see `mapRegions`). */
export function summariseMaps(
  truth: readonly (readonly TruthBox[])[],
  thresholds: readonly number[],
  regionsAt: (frame: number, threshold: number) => readonly Box[],
  { alpha = 0.1, beta = 0.1 } = {},
): MapSummary {
  const trackSizes = new Map<number, number>();
  for (const { track } of truth.flat()) trackSizes.set(track, (trackSizes.get(track) ?? 0) + 1);
  const countAt = (threshold: number): ThresholdCounts => {
    const found = new Map<number, number>();
    let falsePositives = 0;
    truth.forEach((regions, frame) => {
      const detected = regionsAt(frame, threshold);
      falsePositives += detected.filter(
        (box) => !regions.some((region) => intersectionOverUnion(box, region) >= beta),
      ).length;
      for (const region of regions) {
        if (detected.some((box) => intersectionOverUnion(box, region) >= beta))
          found.set(region.track, (found.get(region.track) ?? 0) + 1);
      }
    });
    const tracks = [...trackSizes].filter(
      ([track, size]) => (found.get(track) ?? 0) >= Math.max(1, alpha * size - 1e-9),
    ).length;
    return { regions: [...found.values()].reduce((sum, count) => sum + count, 0), tracks, falsePositives };
  };
  return {
    frames: truth.length,
    regions: truth.reduce((sum, regions) => sum + regions.length, 0),
    tracks: trackSizes.size,
    counts: thresholds.map(countAt),
  };
}

/**
 * Areas over clips counted at the same thresholds. False positives per frame need not rise as the threshold falls (regions
 * merge), so the curve is, at each rate of false positives, the best detection rate among the thresholds within it.
 */
export function mapAreas(clips: readonly MapSummary[]): RegionAreas {
  const sum = (value: (clip: MapSummary) => number) => clips.reduce((total, clip) => total + value(clip), 0);
  const frames = sum((clip) => clip.frames);
  const falseRates = (clips[0]?.counts ?? []).map(
    (_, level) => sum((clip) => clip.counts[level].falsePositives) / frames,
  );
  const area = (key: 'regions' | 'tracks') =>
    envelopeArea(
      falseRates.map((x, level) => ({ x, y: sum((clip) => clip.counts[level][key]) / sum((clip) => clip[key]) })),
    );
  return { rbdc: area('regions'), tbdc: area('tracks') };
}

/** Area under the running maximum of the points' y over x from 0 to 1. */
function envelopeArea(points: { x: number; y: number }[]): number {
  let area = 0;
  let last = { x: 0, y: 0 };
  for (const point of points.filter(({ x }) => x <= 1).sort((a, b) => a.x - b.x)) {
    area += last.y * (point.x - last.x);
    last = { x: point.x, y: Math.max(last.y, point.y) };
  }
  return area + last.y * (1 - last.x);
}
