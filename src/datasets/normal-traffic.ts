/** How things move in a scene: usual speeds, directions and heights by place, from tracks of normal footage. */
import { boxCentre, boxHeight, boxWidth } from '../lib/box';
import type { ObjectTrack, Sighting } from './object-tracks';

/** One observed movement over about a third of a second. */
interface Step {
  x: number;
  y: number;
  /** Direction, radians; 0 = right, π/2 = down. */
  angle: number;
  /** Object sizes per second, see `sizeOf`. */
  speed: number;
}

/** What is known of the traffic; plain data. */
export interface NormalTraffic {
  steps: Step[];
  /** Object height in pixels at a given bottom edge: base + slope · y. */
  height: { base: number; slope: number };
  /** Median width / height of moving objects. */
  aspect: number;
}

/** Seconds over which a velocity is measured: longer than a swinging leg's noise, shorter than a turn. */
const VELOCITY_S = 0.35;

/** The side of a square as large as the object, in pixels. */
export const sizeOf = (sighting: Sighting) => Math.sqrt(boxWidth(sighting) * boxHeight(sighting));

/**
 * Whether the ends of a path lie at least `sizes` object sizes apart, or, for things so large that they cannot go that far,
 * a third of the picture's height.
 */
export function goesSomewhere(sightings: readonly Sighting[], frameHeight: number, sizes: number): boolean {
  const from = boxCentre(sightings[0]);
  const to = boxCentre(sightings[sightings.length - 1]);
  const size = quantile(sightings.map(sizeOf), 0.5);
  return Math.hypot(to.x - from.x, to.y - from.y) >= Math.min(sizes * size, frameHeight / 3);
}

/** Summarise the tracks that go somewhere; null where none does. */
export function observeTraffic(tracks: readonly ObjectTrack[], frameHeight: number): NormalTraffic | null {
  const moving = tracks.filter(({ sightings }) => goesSomewhere(sightings, frameHeight, 1));
  const steps = moving.flatMap(({ sightings }) => velocities(sightings));
  if (!steps.length) return null;
  const sightings = moving.flatMap((track) => track.sightings);
  return {
    steps,
    height: heightByPlace(sightings),
    aspect: quantile(
      sightings.map((s) => boxWidth(s) / boxHeight(s)),
      0.5,
    ),
  };
}

/** Steps within `radius` pixels of a place; all of them where fewer than 8 are near. */
export function stepsNear(traffic: NormalTraffic, x: number, y: number, radius: number): Step[] {
  const near = traffic.steps.filter((step) => Math.hypot(step.x - x, step.y - y) <= radius);
  return near.length >= 8 ? near : traffic.steps;
}

/** Share of steps within 45° of a direction, 0…1. */
export function shareInDirection(steps: readonly Step[], angle: number): number {
  return steps.filter((step) => Math.cos(step.angle - angle) > Math.SQRT1_2).length / steps.length;
}

/** The speed that `share` of the steps do not exceed, in object sizes per second. */
export const usualSpeed = (steps: readonly Step[], share: number) =>
  quantile(
    steps.map((step) => step.speed),
    share,
  );

/** Expected object height in pixels for a bottom edge at y, at least 6. */
export const heightAt = ({ height }: NormalTraffic, y: number) => Math.max(6, height.base + height.slope * y);

/** Velocities along a track, one per sighting that has another one `overS` seconds later; border-cut ones count too. */
export function velocities(sightings: readonly Sighting[], overS = VELOCITY_S): Step[] {
  const steps: Step[] = [];
  let later = 0;
  for (const sighting of sightings) {
    while (later < sightings.length && sightings[later].timeS - sighting.timeS < overS - 1e-6) later++;
    if (later === sightings.length) break;
    const from = boxCentre(sighting);
    const to = boxCentre(sightings[later]);
    const distance = Math.hypot(to.x - from.x, to.y - from.y);
    const seconds = sightings[later].timeS - sighting.timeS;
    steps.push({
      ...from,
      angle: Math.atan2(to.y - from.y, to.x - from.x),
      speed: distance / seconds / sizeOf(sighting),
    });
  }
  return steps;
}

/** Theil–Sen line of height over bottom edge: robust to merged and cut objects. */
function heightByPlace(sightings: readonly Sighting[]): { base: number; slope: number } {
  const every = Math.max(1, Math.floor(sightings.length / 150));
  const sample = sightings.filter((_, index) => index % every === 0);
  const slopes = sample.flatMap((a, index) =>
    sample
      .slice(index + 1)
      .flatMap((b) => (Math.abs(a.y1 - b.y1) >= 20 ? [(boxHeight(a) - boxHeight(b)) / (a.y1 - b.y1)] : [])),
  );
  const slope = slopes.length >= 50 ? Math.min(0.6, Math.max(0, quantile(slopes, 0.5))) : 0;
  return {
    slope,
    base: quantile(
      sample.map((s) => boxHeight(s) - slope * s.y1),
      0.5,
    ),
  };
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))];
}
