/**
 * The kinds of anomaly that can be planted, each as a recipe over tracked objects. A kind is used only where it is one:
 * faster than nearly all that moved there, against a traffic that has a direction, across it, or too large for the place.
 */
import { boxHeight } from '../lib/box';
import type { Rng } from '../lib/rng';
import { heightAt, quantile, shareInDirection, sizeOf, usualSpeed, velocities } from './normal-traffic';
import type { Sighting, Sprite } from './object-tracks';
import { inside, nearTrack, type PlantingGround } from './planting-ground';
import { type Placement, paintSuitcase, paintVehicle } from './sprite';
import { foot, heading, lengthS, sightingAt, standing, wholeSightings } from './track-path';

export type PlantedKind = 'fast' | 'backwards' | 'across' | 'foreign-object' | 'foreign-size' | 'appearing';

/** An anomaly without its start: what to draw `seconds` after it; null before and after its path. */
export interface PlantedAnomaly {
  kind: PlantedKind;
  durationS: number;
  place(seconds: number): Placement | null;
  /** For the manifest: the numbers behind it. */
  details: Record<string, number>;
}

type Recipe = (ground: PlantingGround, rng: Rng) => PlantedAnomaly | null;

/** Events of the public benchmarks last 3–13 s on average (Avenue 3, ShanghaiTech 5, Ped2 over 10). */
const LONGEST_S = 8;
const LEAST_S = 3;
/** A shorter pass is hardly seen. */
const SHORTEST_S = 0.8;

export const recipes: Record<PlantedKind, Recipe> = {
  fast: repeated(fast),
  backwards: repeated(backwards),
  across: repeated(across),
  'foreign-object': repeated(foreignObject),
  'foreign-size': repeated(wrongSize),
  appearing,
};

/** What is soon over happens again, until it has lasted for LEAST_S. */
function repeated(recipe: Recipe): Recipe {
  return (ground, rng) => {
    const once = recipe(ground, rng);
    if (!once || once.durationS >= LEAST_S) return once;
    const passes = Math.ceil(LEAST_S / once.durationS);
    return {
      ...once,
      durationS: passes * once.durationS,
      details: { ...once.details, passes },
      place: (seconds) => once.place(seconds % once.durationS),
    };
  };
}

/** Along its own path, 2–3 times as fast, and faster than 98 % of what moves there by a third. */
function fast(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  for (const { sightings } of rng.shuffled(ground.tracks)) {
    const factor = rng.between(2, 3);
    const own = quantile(
      velocities(sightings).map((step) => step.speed),
      0.5,
    );
    const usual = usualSpeed(nearTrack(ground, sightings), 0.98);
    const durationS = lengthS(sightings) / factor;
    if (durationS < SHORTEST_S || !(own * Math.max(factor, 2.5) > 1.33 * usual)) continue;
    const speed = Math.max(factor, Math.min(3, (1.34 * usual) / own));
    return alongPath('fast', sightings, lengthS(sightings) / speed, speed, { speedFactor: speed });
  }
  return null;
}

/** Its own path from end to start, where at most one object in eight goes that way. */
function backwards(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  for (const { sightings } of rng.shuffled(ground.tracks)) {
    if (lengthS(sightings) < 1.2) continue;
    if (shareInDirection(nearTrack(ground, sightings), heading(sightings) + Math.PI) > 0.125) continue;
    return alongPath('backwards', sightings, lengthS(sightings), -1, {});
  }
  return null;
}

/** At right angles to the traffic, its size following the place, where at most one object in eight goes that way. */
function across(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  for (const { sightings } of rng.shuffled(ground.tracks)) {
    const whole = wholeSightings(ground, sightings);
    if (whole.length < 4 || lengthS(whole) < 1) continue;
    const steps = nearTrack(ground, sightings);
    const turn = rng.pick([-1, 1]) * rng.between(0.42, 0.58) * Math.PI;
    const angle = heading(sightings) + turn;
    if (shareInDirection(steps, angle) > 0.125) continue;
    const speed =
      quantile(
        velocities(sightings).map((step) => step.speed),
        0.5,
      ) * sizeOf(whole[0]);
    const durationS = Math.min(LONGEST_S, lengthS(whole));
    const meeting = foot(whole[whole.length >> 1]);
    const reach = (speed * durationS) / 2;
    const from = { x: meeting.x - Math.cos(angle) * reach, y: meeting.y - Math.sin(angle) * reach };
    const to = { x: meeting.x + Math.cos(angle) * reach, y: meeting.y + Math.sin(angle) * reach };
    if (![from, to].every((end) => inside(ground, end, 0.05))) continue;
    const mirrored = Math.cos(angle) * Math.cos(heading(sightings)) < 0;
    const base = meeting.y;
    return {
      kind: 'across',
      durationS,
      details: { turnDegrees: Math.round((turn * 180) / Math.PI) },
      place(seconds) {
        const share = seconds / durationS;
        const y = from.y + (to.y - from.y) * share;
        const scale = heightAt(ground.traffic, y) / heightAt(ground.traffic, base);
        const sighting = sightingAt(whole, whole[0].timeS + seconds);
        return standing(sighting, from.x + (to.x - from.x) * share, y, scale, mirrored, faded(seconds, durationS));
      },
    };
  }
  return null;
}

/** Something never seen there along a path of the traffic: a painted van where people walk, a suitcase where vehicles drive. */
function foreignObject(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  const upright = ground.traffic.aspect < 0.9;
  return carried(ground, rng, 'foreign-object', (height, brightness) => {
    const tall = Math.round(
      Math.min(height * (upright ? rng.between(0.75, 1) : rng.between(0.4, 0.6)), 0.3 * ground.height),
    );
    const wide = Math.round(tall * (upright ? rng.between(1.7, 2.2) : rng.between(0.7, 1.1)));
    return (upright ? paintVehicle : paintSuitcase)(wide, tall, rng, ground.grey, brightness);
  });
}

/** An object of the scene at 1.8–2.4 times the size it has there (or 0.35–0.5 times, where it would not fit). */
function wrongSize(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  for (const { sightings } of rng.shuffled(ground.tracks)) {
    const whole = wholeSightings(ground, sightings);
    if (whole.length < 4 || lengthS(whole) < SHORTEST_S) continue;
    const large = rng.between(1.8, 2.4);
    const tallest = Math.max(...whole.map(boxHeight));
    const scale = tallest * large < 0.7 * ground.height ? large : rng.between(0.35, 0.5);
    if (tallest * scale < 12) continue;
    const durationS = Math.min(LONGEST_S, lengthS(whole));
    return {
      kind: 'foreign-size',
      durationS,
      details: { sizeFactor: scale },
      place(seconds) {
        const sighting = sightingAt(whole, whole[0].timeS + seconds);
        return standing(sighting, foot(sighting).x, foot(sighting).y, scale, false, faded(seconds, durationS));
      },
    };
  }
  return null;
}

/** A suitcase that is suddenly there and stays to the end, where it can be seen. */
function appearing(ground: PlantingGround, rng: Rng): PlantedAnomaly | null {
  const durationS = rng.between(LEAST_S, LONGEST_S);
  const size = rng.between(0.4, 0.6);
  const aspect = rng.between(0.7, 1.1);
  const spots = Array.from({ length: 12 }, () => {
    const spot = foot(rng.pick(rng.pick(ground.tracks).sightings));
    const tall = Math.round(Math.max(12, heightAt(ground.traffic, spot.y) * size));
    const wide = Math.round(tall * aspect);
    const x = Math.min(Math.max(spot.x, wide), ground.width - wide) - wide / 2;
    const y = Math.min(spot.y, ground.height - 4) - tall;
    return { x, y, wide, tall, covered: ground.coveredAtEnd({ x0: x, y0: y, x1: x + wide, y1: y + tall }, durationS) };
  });
  const { x, y, wide, tall } = spots.reduce((best, spot) => (spot.covered < best.covered ? spot : best));
  const sprite = paintSuitcase(wide, tall, rng, ground.grey, ground.brightness(x + wide / 2, y + tall));
  return {
    kind: 'appearing',
    durationS,
    details: { heightPx: tall },
    place: (seconds) => ({
      sprite,
      x,
      y,
      scale: 1,
      mirrored: false,
      opacity: Math.min(1, 0.5 + seconds * 5),
      exposure: 1,
    }),
  };
}

/** A painted thing carried along a random path of the scene at 1–1.5 times its pace. */
function carried(
  ground: PlantingGround,
  rng: Rng,
  kind: PlantedKind,
  paint: (height: number, brightness: number) => Sprite,
): PlantedAnomaly | null {
  const paths = rng.shuffled(ground.tracks).filter(({ sightings }) => lengthS(sightings) >= 1.5);
  if (!paths.length) return null;
  const { sightings } = paths[0];
  const pace = rng.between(1, 1.5);
  const durationS = Math.min(LONGEST_S, lengthS(sightings) / pace);
  const middle = foot(sightings[sightings.length >> 1]);
  const sprite = paint(heightAt(ground.traffic, middle.y), ground.brightness(middle.x, middle.y));
  const mirrored = Math.cos(heading(sightings)) < 0;
  return {
    kind,
    durationS,
    details: { widthPx: sprite.width, heightPx: sprite.height, pace },
    place(seconds) {
      const at = foot(sightingAt(sightings, sightings[0].timeS + seconds * pace));
      const scale = heightAt(ground.traffic, at.y) / heightAt(ground.traffic, middle.y);
      const opacity = faded(seconds, durationS);
      return {
        sprite,
        x: at.x - (sprite.width * scale) / 2,
        y: at.y - sprite.height * scale,
        scale,
        mirrored,
        opacity,
        exposure: 1,
      };
    },
  };
}

/** The object replayed along its own path; negative speed = from its end. */
function alongPath(
  kind: PlantedKind,
  sightings: Sighting[],
  wholeS: number,
  speed: number,
  details: Record<string, number>,
): PlantedAnomaly {
  const durationS = Math.min(LONGEST_S, wholeS);
  const start = speed > 0 ? sightings[0].timeS : sightings[sightings.length - 1].timeS;
  return {
    kind,
    durationS,
    details,
    place(seconds) {
      const sighting = sightingAt(sightings, start + seconds * speed);
      return standing(sighting, foot(sighting).x, foot(sighting).y, 1, false, faded(seconds, durationS));
    },
  };
}

/** A path that begins or ends in the picture fades over 0.2 s instead of jumping. */
const faded = (seconds: number, durationS: number) =>
  Math.min(1, 0.25 + seconds * 5, 0.25 + Math.max(0, durationS - seconds) * 5);
