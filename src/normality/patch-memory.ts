/**
 * What the picture looks like, patch by patch, as a memory of patches seen in normal footage: a patch is as odd as it is far from the
 * nearest of them, wherever that was (PatchCore, Roth et al., CVPR 2022).
 */
import { evenly } from '../lib/evenly';
import type { Rng } from '../lib/rng';
import { quantile } from '../lib/statistics';

/** Values of one patch, a multiple of 8, and how many levels each holds per unit of its feature. */
export const PATCH_VALUES = 48;
export const PATCH_LEVELS = 48;

/** Features of every patch of one picture, row by row; PATCH_VALUES levels each, −127…127. */
export interface PatchMap {
  width: number;
  height: number;
  values: Int8Array;
}

/** Plain data. */
export interface PatchMemory {
  width: number;
  height: number;
  /** The usual patch of each place: its median over time. */
  usual: Int8Array;
  /** What is no farther than this from the usual patch of its place is taken for it, in features. */
  quiet: number;
  /** Median over the picture of these distances, in the normal picture in which it was largest: beyond it, the light is another. */
  calm: number;
  /** The coreset: patches seen anywhere, PATCH_VALUES levels each; what differs from its place's usual one is drawn more often. */
  seen: Int8Array;
}

/** More maps than this say nothing new, for the usual patches and for what was seen. */
const MOST_MAPS = 400;
const USUAL_FROM = 150;
const MOST_SEEN = 1500;
/** Share of the patches that are taken for the usual ones of their places. */
const QUIET_SHARE = 0.85;
/** What is farther than `quiet` by 1/SURELY of it counts in full. */
const SURELY = 4;
/** A usual patch is drawn so much more seldom than one that is as odd as the oddest twentieth. */
const USUAL_DRAWN = 0.02;

/** Learn from maps of normal pictures of one size, in any order; null where there is none. */
export function learnPatches(maps: readonly PatchMap[], rng: Rng): PatchMemory | null {
  if (!maps.length) return null;
  const { width, height } = maps[0];
  const chosen = evenly(maps, MOST_MAPS);
  const usual = medians(evenly(maps, USUAL_FROM));
  const distances = chosen.map(({ values }) => usualDistances(values, usual));
  const all = Float32Array.from(distances.flatMap((map) => Array.from(map)));
  const oddest = Math.max(1e-6, quantile(all, 0.95));
  return {
    width,
    height,
    usual,
    quiet: Math.max(1e-3, quantile(all, QUIET_SHARE)),
    calm: Math.max(...distances.map((map) => quantile(map, 0.5))),
    seen: drawn(chosen, (patch) => Math.min(1, Math.max(USUAL_DRAWN, all[patch] / oddest)), rng),
  };
}

/**
 * Distance of every patch from the nearest one seen, and no farther than from the usual one of its place, in features; 0 where it is that one.
 * What the whole picture has in common, such as another light, is taken off.
 * Throws RangeError where the map is of another size than what was learned.
 */
export function patchDistances({ width, height, values }: PatchMap, memory: PatchMemory): Float32Array {
  if (width !== memory.width || height !== memory.height)
    throw new RangeError(
      `the memory of patches has ${memory.width}×${memory.height} places and the picture ${width}×${height}: it was learned on another picture size`,
    );
  const distances = usualDistances(values, memory.usual);
  const common = Math.max(0, quantile(distances, 0.5) - memory.calm);
  return distances.map((distance, place) => {
    const share = Math.min(1, SURELY * ((distance - common) / memory.quiet - 1));
    if (share <= 0) return 0;
    const unlike = Math.min(distance, nearest(values, place * PATCH_VALUES, memory.seen));
    return share * Math.max(0, unlike - common);
  });
}

function medians(maps: readonly PatchMap[]): Int8Array {
  const column = new Int8Array(maps.length);
  return maps[0].values.map((_, index) => {
    for (let map = 0; map < maps.length; map++) column[map] = maps[map].values[index];
    return column.sort()[maps.length >> 1];
  });
}

function usualDistances(values: Int8Array, usual: Int8Array): Float32Array {
  return Float32Array.from({ length: values.length / PATCH_VALUES }, (_, place) => {
    const from = place * PATCH_VALUES;
    return Math.sqrt(squaredDistance(values, from, usual, from, Number.POSITIVE_INFINITY)) / PATCH_LEVELS;
  });
}

function nearest(values: Int8Array, from: number, seen: Int8Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (let other = 0; other < seen.length; other += PATCH_VALUES)
    least = Math.min(least, squaredDistance(values, from, seen, other, least));
  return Math.sqrt(least) / PATCH_LEVELS;
}

/** Squared distance in levels; given up where it exceeds `most`. */
function squaredDistance(a: Int8Array, fromA: number, b: Int8Array, fromB: number, most: number): number {
  let sum = 0;
  for (let block = 0; block < PATCH_VALUES && sum < most; block += 8) {
    for (let value = block; value < block + 8; value++) {
      const difference = a[fromA + value] - b[fromB + value];
      sum += difference * difference;
    }
  }
  return sum;
}

/** Patches drawn by weight, each at most once: of exponential keys the MOST_SEEN smallest (Efraimidis & Spirakis 2006). */
function drawn(maps: readonly PatchMap[], weight: (patch: number) => number, rng: Rng): Int8Array {
  const places = maps[0].width * maps[0].height;
  const keys = Float64Array.from(
    { length: maps.length * places },
    (_, patch) => -Math.log(1 - rng.next()) / weight(patch),
  );
  const limit = keys.length > MOST_SEEN ? Float64Array.from(keys).sort()[MOST_SEEN - 1] : Number.POSITIVE_INFINITY;
  const seen = new Int8Array(Math.min(MOST_SEEN, keys.length) * PATCH_VALUES);
  let to = 0;
  for (let patch = 0; patch < keys.length && to < seen.length; patch++) {
    if (keys[patch] > limit) continue;
    const from = (patch % places) * PATCH_VALUES;
    seen.set(maps[Math.floor(patch / places)].values.subarray(from, from + PATCH_VALUES), to);
    to += PATCH_VALUES;
  }
  return seen;
}
