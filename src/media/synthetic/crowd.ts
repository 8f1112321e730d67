/** The ordinary life of the plaza: streams of walkers or riders, each in one direction, and people on the benches, fixed by a seed for all time. */
import { type Actor, onFoot, placeOn, travelled, type Way } from './actor';
import type { Camera } from './camera';
import { BENCHES, SEAT_HEIGHT } from './furniture';
import { hash, unit } from './hash';
import { personParts } from './person';
import { seatPose } from './pose';
import { cyclistParts } from './vehicles';
import { childLook, everydayLook, type Look } from './wardrobe';

/** A stream of walkers between two distances from the camera, metres. */
export interface Lane {
  nearZ: number;
  farZ: number;
  direction: 1 | -1;
  /** Mean arrivals per second; some bring company. */
  perSecond: number;
  /** How many times as fast as strollers, 1 unless told. */
  pace?: number;
  /** They ride bicycles. */
  riding?: boolean;
}

export const LANES: readonly Lane[] = [
  { nearZ: 9.9, farZ: 12.1, direction: 1, perSecond: 0.19 },
  { nearZ: 15, farZ: 17.7, direction: -1, perSecond: 0.25 },
  { nearZ: 21.4, farZ: 24.4, direction: 1, perSecond: 0.25 },
];

/** The free strip between the first two streams: where vehicles and runners pass. */
export const CORRIDOR_Z = 13.55;

interface Walker {
  id: number;
  way: Way;
  look: Look;
  riding: boolean;
  leavesAtS: number;
}

const SLOT_S = 2.5;
const SLOWEST = 1.04;
const MARGIN = 1.2;

/** Everyone who belongs here, at any time in seconds. */
export function plazaCrowd(seed: number, camera: Camera, lanes: readonly Lane[] = LANES): (timeS: number) => Actor[] {
  const longestS = lanes.map(({ farZ, pace = 1 }) => (2 * (camera.halfWidthAt(farZ) + MARGIN)) / (SLOWEST * pace) + 1);
  const slots = new Map<string, Walker[]>();
  const arrivals = (lane: number, slot: number): Walker[] => {
    const key = `${lane}:${slot}`;
    let walkers = slots.get(key);
    if (!walkers) {
      if (slots.size > 500) slots.clear();
      walkers = arrivalsIn(seed, lane, lanes[lane], slot, camera);
      slots.set(key, walkers);
    }
    return walkers;
  };
  return (timeS) => {
    const actors = seated(seed, timeS);
    const last = Math.floor(timeS / SLOT_S);
    for (let lane = 0; lane < lanes.length; lane++) {
      for (let slot = last - Math.ceil(longestS[lane] / SLOT_S); slot <= last; slot++) {
        for (const walker of arrivals(lane, slot))
          if (walker.way.entersAtS <= timeS && timeS < walker.leavesAtS) actors.push(walking(walker, timeS));
      }
    }
    return actors;
  };
}

function walking({ id, way, look, riding }: Walker, timeS: number): Actor {
  if (riding) {
    const place = placeOn(way, timeS);
    const parts = cyclistParts(place, look, travelled(way, timeS));
    return { id, kind: 'cyclist', abnormal: false, x: place.x, z: place.z, parts };
  }
  const { place, parts } = onFoot(way, look, timeS);
  return { id, kind: 'walker', abnormal: false, x: place.x, z: place.z, parts };
}

/** Who enters a lane within one slot of time: nobody, one, or one with company. */
function arrivalsIn(seed: number, lane: number, into: Lane, slot: number, camera: Camera): Walker[] {
  const { nearZ, farZ, direction, perSecond, pace = 1, riding = false } = into;
  const key = hash(seed, lane + 1, slot);
  if (unit(key, 1) > perSecond * SLOT_S) return [];
  // Successive walkers keep apart by the golden ratio, so that few walk through one another.
  const track = (slot * 0.618034 + unit(key, 2) * 0.2 + lane * 0.3) % 1;
  const z = nearZ + (farZ - nearZ) * (track < 0 ? track + 1 : track);
  const half = camera.halfWidthAt(z) + MARGIN;
  const way: Way = {
    entersAtS: (slot + unit(key, 3)) * SLOT_S,
    fromX: -direction * half,
    direction,
    z,
    slope: (unit(key, 4) - 0.5) * 0.03,
    sway: riding ? 0 : 0.05 + 0.14 * unit(key, 5),
    phase: unit(key, 6),
    speed: pace * (SLOWEST + 0.5 * (unit(key, 7) * 0.5 + unit(key, 8) * 0.5)),
  };
  const everyday = everydayLook(key);
  const look: Look = riding ? { ...everyday, hat: null, carries: 'nothing', cut: 'trousers' } : everyday;
  const walker = { id: key, way, look, riding, leavesAtS: way.entersAtS + (2 * half) / way.speed };
  return !riding && unit(key, 9) < 0.24 ? [walker, companion(walker)] : [walker];
}

/** Someone who walks at the other's side, now and then a child. */
function companion({ id, way, look, leavesAtS }: Walker): Walker {
  const key = hash(id, 77);
  const child = unit(key, 1) < 0.22;
  const way2 = {
    ...way,
    z: way.z + 0.58 + 0.1 * unit(key, 2),
    fromX: way.fromX - way.direction * 0.25 * unit(key, 3),
    phase: unit(key, 4),
    sway: way.sway * 0.6,
  };
  // The same phase of sway keeps the two together.
  const inStep = { ...way2, phase: way.phase + (child ? 0.23 : 0.04) };
  return {
    id: key,
    way: inStep,
    look: child ? childLook(key) : { ...everydayLook(key), height: look.height * (0.94 + 0.1 * unit(key, 5)) },
    riding: false,
    leavesAtS: leavesAtS + 1,
  };
}

/** Two people on a bench; they hardly move. */
function seated(seed: number, timeS: number): Actor[] {
  const { x, z } = BENCHES[0];
  return [-0.42, 0.36].map((offset, i) => {
    const look = { ...everydayLook(hash(seed, 5, i + 90)), carries: 'nothing' as const };
    const sway = Math.sin(timeS * (0.21 + 0.06 * i) + i * 2) * 0.7;
    const place = { x: x + offset, z: z - 0.02, headX: i === 0 ? 0.12 : -0.1, headZ: -0.99 };
    const parts = personParts(place, seatPose(look.height, SEAT_HEIGHT, sway), look);
    return { id: 1 + i, kind: 'seated' as const, abnormal: false, x: place.x, z: z - 0.3, parts };
  });
}
