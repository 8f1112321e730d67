/**
 * The region- and track-based detection criteria of Ramachandra & Jones, "Street Scene" (WACV 2020), sections 3.1–3.2.
 *
 * A ground-truth region is detected where a detected region of its frame overlaps it with IoU ≥ β. A detected region is a
 * false positive where its IoU with every ground-truth region of its frame is < β. A track is detected where at least the
 * share α of its regions is. Rates: detected regions / all regions (RBDR), detected tracks / all tracks (TBDR), false
 * positive regions / all frames. RBDC and TBDC are the areas under detection rate against false positives per frame from
 * 0 to 1. One detection may find several regions and several detections may find one, as in the paper.
 */
import { type Box, intersectionOverUnion } from '../lib/box';

/** A detected region and how abnormal it is. */
export interface ScoredBox extends Box {
  score: number;
}

/** A ground-truth region; regions with the same track are one abnormal thing over time. */
export interface TruthBox extends Box {
  track: number;
}

/** One frame's detections and ground truth. */
export interface RegionFrame {
  detected: readonly ScoredBox[];
  truth: readonly TruthBox[];
}

/** A clip reduced to the thresholds at which something is found, so that clips can be resampled cheaply. */
export interface RegionSummary {
  frames: number;
  /** Highest score that finds each ground-truth region; −Infinity where nothing does. */
  regionScores: number[];
  /** Highest threshold at which each track is found. */
  trackScores: number[];
  /** Scores of the false positives. */
  falseScores: number[];
}

/** Both areas, 0…1; NaN where there is no ground truth. */
export interface RegionAreas {
  rbdc: number;
  tbdc: number;
}

/** Match a clip's detections with its ground truth (β: least IoU; α: least share of a track's regions). */
export function summariseRegions(frames: readonly RegionFrame[], { alpha = 0.1, beta = 0.1 } = {}): RegionSummary {
  const byTrack = new Map<number, number[]>();
  const falseScores: number[] = [];
  for (const { detected, truth } of frames) {
    const best = truth.map(() => Number.NEGATIVE_INFINITY);
    for (const box of detected) {
      let matches = false;
      for (let region = 0; region < truth.length; region++) {
        if (intersectionOverUnion(box, truth[region]) < beta) continue;
        matches = true;
        best[region] = Math.max(best[region], box.score);
      }
      if (!matches) falseScores.push(box.score);
    }
    for (let region = 0; region < truth.length; region++) {
      const scores = byTrack.get(truth[region].track) ?? [];
      scores.push(best[region]);
      byTrack.set(truth[region].track, scores);
    }
  }
  const tracks = [...byTrack.values()].map((scores) => scores.sort((a, b) => b - a));
  return {
    frames: frames.length,
    regionScores: tracks.flat(),
    trackScores: tracks.map((scores) => scores[Math.max(1, Math.ceil(alpha * scores.length - 1e-9)) - 1]),
    falseScores,
  };
}

/** RBDC and TBDC over clips. Beyond the last false positive the detection rate stays where it is. */
export function regionAreas(clips: readonly RegionSummary[]): RegionAreas {
  const frames = clips.reduce((sum, clip) => sum + clip.frames, 0);
  const falseScores = descending(clips, 'falseScores');
  const area = (key: 'regionScores' | 'trackScores') => areaToOne(descending(clips, key), falseScores, frames);
  return { rbdc: area('regionScores'), tbdc: area('trackScores') };
}

function descending(
  clips: readonly RegionSummary[],
  key: 'regionScores' | 'trackScores' | 'falseScores',
): Float64Array {
  const all = new Float64Array(clips.reduce((sum, clip) => sum + clip[key].length, 0));
  let offset = 0;
  for (const clip of clips) {
    all.set(clip[key], offset);
    offset += clip[key].length;
  }
  return all.sort().reverse();
}

/**
 * Area under (false positives per frame, detection rate) for 0…1 false positives per frame, joined by straight lines
 * between thresholds. Both lists descending; −Infinity = never found.
 */
function areaToOne(found: Float64Array, falseScores: Float64Array, frames: number): number {
  if (!found.length || !frames) return Number.NaN;
  let detected = 0;
  let wrong = 0;
  let last = { x: 0, y: 0 };
  let area = 0;
  for (;;) {
    const threshold = Math.max(
      found[detected] ?? Number.NEGATIVE_INFINITY,
      falseScores[wrong] ?? Number.NEGATIVE_INFINITY,
    );
    if (threshold === Number.NEGATIVE_INFINITY) return area + last.y * (1 - last.x);
    while (detected < found.length && found[detected] >= threshold) detected++;
    while (wrong < falseScores.length && falseScores[wrong] >= threshold) wrong++;
    const point = { x: wrong / frames, y: detected / found.length };
    if (point.x >= 1) return area + strip(last, point, 1);
    area += strip(last, point, point.x);
    last = point;
  }
}

/** Area under the line from `from` to `to`, up to x = `end`. */
function strip(from: { x: number; y: number }, to: { x: number; y: number }, end: number): number {
  if (to.x === from.x) return 0;
  const yAtEnd = from.y + ((to.y - from.y) * (end - from.x)) / (to.x - from.x);
  return ((from.y + yAtEnd) / 2) * (end - from.x);
}
