/** A track as a path: where the object is at any time, and its picture there. */
import { boxCentre } from '../lib/box';
import { velocities } from './normal-traffic';
import type { Sighting } from './object-tracks';
import type { Placement } from './sprite';

/** Where an object touches the ground. */
export const foot = (sighting: Sighting) => ({ x: boxCentre(sighting).x, y: sighting.y1 });
/** Seconds from the first to the last sighting. */
export const lengthS = (sightings: readonly Sighting[]) => sightings[sightings.length - 1].timeS - sightings[0].timeS;

/** Direction from the first to the last sighting, radians, 0 = right, π/2 = down. */
export function heading(sightings: readonly Sighting[]): number {
  const from = boxCentre(sightings[0]);
  const to = boxCentre(sightings[sightings.length - 1]);
  return Math.atan2(to.y - from.y, to.x - from.x);
}

/** The longest run of sightings in which the object moves: more than 0.15 of its size per second, over a second. */
export function movingStretch(sightings: readonly Sighting[]): Sighting[] {
  const speeds = velocities(sightings, Math.min(1, lengthS(sightings) / 2)).map((step) => step.speed);
  return longestRun(sightings, (_, index) => (speeds[Math.min(index, speeds.length - 1)] ?? 0) > 0.15);
}

/** Distance between the ends over the length of the path, 0…1, measured every fifth of the path. */
export function straightness(sightings: readonly Sighting[]): number {
  const points = Array.from({ length: 6 }, (_, part) =>
    boxCentre(sightings[Math.round((part * (sightings.length - 1)) / 5)]),
  );
  const distance = (a: number, b: number) => Math.hypot(points[a].x - points[b].x, points[a].y - points[b].y);
  return distance(0, 5) / ([0, 1, 2, 3, 4].reduce((sum, part) => sum + distance(part, part + 1), 0) || 1);
}

/** The longest run of sightings that the picture's border does not cut. */
export function wholeSightings(
  { width, height }: { width: number; height: number },
  sightings: readonly Sighting[],
): Sighting[] {
  return longestRun(sightings, ({ x0, y0, x1, y1 }) => x0 > 1 && y0 > 1 && x1 < width - 1 && y1 < height - 1);
}

function longestRun(sightings: readonly Sighting[], test: (sighting: Sighting, index: number) => boolean): Sighting[] {
  let best: Sighting[] = [];
  let run: Sighting[] = [];
  sightings.forEach((sighting, index) => {
    run = test(sighting, index) ? [...run, sighting] : [];
    if (run.length > best.length) best = run;
  });
  return best;
}

/** The sighting nearest in time, moved to where the object is at exactly that time. */
export function sightingAt(sightings: readonly Sighting[], timeS: number): Sighting {
  const after = Math.max(
    1,
    sightings.findIndex((sighting) => sighting.timeS >= timeS),
  );
  const next = sightings[timeS > sightings[sightings.length - 1].timeS ? sightings.length - 1 : after];
  const previous = sightings[Math.max(0, sightings.indexOf(next) - 1)];
  const share = Math.min(1, Math.max(0, (timeS - previous.timeS) / (next.timeS - previous.timeS || 1)));
  const nearest = share < 0.5 ? previous : next;
  const from = boxCentre(previous);
  const to = boxCentre(next);
  const here = boxCentre(nearest);
  const dx = from.x + (to.x - from.x) * share - here.x;
  const dy = previous.y1 + (next.y1 - previous.y1) * share - nearest.y1;
  return { ...nearest, x0: nearest.x0 + dx, x1: nearest.x1 + dx, y0: nearest.y0 + dy, y1: nearest.y1 + dy };
}

/** An object's own picture with its foot at (x, y). */
export function standing(
  sighting: Sighting,
  x: number,
  y: number,
  scale: number,
  mirrored: boolean,
  opacity: number,
): Placement | null {
  const { sprite } = sighting;
  if (!sprite) return null;
  const footX = mirrored ? sprite.width - sprite.footX : sprite.footX;
  return {
    sprite,
    x: x - footX * scale,
    y: y - sprite.footY * scale,
    scale,
    mirrored,
    opacity,
    exposure: sprite.exposure,
  };
}
