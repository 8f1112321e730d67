/** The five unusual things that can be planted: who comes when, and where they are at any time. */
import { type Actor, type AnomalyKind, onFoot, placeOn, travelled, type Way } from './actor';
import type { Camera } from './camera';
import { CORRIDOR_Z, LANES } from './crowd';
import { hash, unit } from './hash';
import { personParts } from './person';
import type { Local, Pose } from './pose';
import { bagParts, cartParts, cyclistParts } from './vehicles';
import { driverLook, everydayLook, runnerLook } from './wardrobe';

/** One planted anomaly: it enters the picture (a bag: is dropped) at `atS`, in seconds of the source. */
export interface Planted {
  kind: AnomalyKind;
  atS: number;
}

/** The demo's round of anomalies: offsets in seconds, and the length of the round; normal walking fills the gaps. */
const ROUND: readonly Planted[] = [
  { kind: 'cyclist', atS: 0 },
  { kind: 'runner', atS: 12 },
  { kind: 'cart', atS: 24 },
  { kind: 'against', atS: 37 },
  { kind: 'bag', atS: 52 },
];
const ROUND_S = 74;
/** Seconds from the start of watching to the first anomaly of the demo. */
const FIRST_S = 6.5;
/** How long a dropped bag lies before someone picks it up, seconds. */
const BAG_STAYS_S = 14;
const LIFT_S = 0.3;
const CARRIED_UP = 0.3;
/** No anomaly is in the picture longer than this before or after its time, seconds. */
const LONGEST_S = 40;

/** The demo's anomalies around a time, when watching starts at `fromS`. */
export function demoSchedule(fromS: number, timeS: number): Planted[] {
  const round = Math.floor((timeS - fromS - FIRST_S) / ROUND_S);
  const planted: Planted[] = [];
  for (let r = Math.max(0, round - 1); r <= round + 1; r++)
    for (const { kind, atS } of ROUND) planted.push({ kind, atS: fromS + FIRST_S + r * ROUND_S + atS });
  return planted;
}

/** The actors of the planted anomalies at a time; `planted` may hold any number. */
export function plantedActors(seed: number, camera: Camera, planted: readonly Planted[], timeS: number): Actor[] {
  return planted
    .filter(({ atS }) => Math.abs(timeS - atS) < LONGEST_S)
    .flatMap((one) => actorsOf(hash(seed, Math.round(one.atS * 100), 400), camera, one, timeS));
}

function actorsOf(key: number, camera: Camera, { kind, atS }: Planted, timeS: number): Actor[] {
  if (kind === 'bag') return bag(key, camera, atS, timeS);
  const direction = unit(key, 1) < 0.5 ? 1 : -1;
  if (kind === 'against') {
    const { nearZ, farZ, direction: stream } = LANES[unit(key, 2) < 0.6 ? 0 : 1];
    return walker(key, kind, enter(camera, (nearZ + farZ) / 2, stream === 1 ? -1 : 1, 1.42, atS), camera, timeS);
  }
  if (kind === 'runner') return walker(key, kind, enter(camera, CORRIDOR_Z - 0.2, direction, 4, atS), camera, timeS);
  const way = enter(camera, CORRIDOR_Z, direction, kind === 'cart' ? 2.5 : 5.5, atS);
  if (isAway(way, camera, timeS, 3)) return [];
  const place = placeOn(way, timeS);
  const gone = travelled(way, timeS);
  const parts =
    kind === 'cart'
      ? cartParts(place, driverLook(key), gone)
      : cyclistParts(place, { ...everydayLook(key), hat: null, carries: 'nothing', cut: 'trousers' }, gone);
  return [{ id: key, kind, abnormal: true, x: place.x, z: place.z, parts }];
}

/** A way that crosses the picture's edge at `atS`. */
const enter = (camera: Camera, z: number, direction: 1 | -1, speed: number, atS: number): Way => ({
  entersAtS: atS,
  fromX: -direction * camera.halfWidthAt(z),
  direction,
  z,
  slope: 0,
  sway: 0,
  phase: 0,
  speed,
});

const isAway = (way: Way, camera: Camera, timeS: number, margin: number) =>
  Math.abs(placeOn(way, timeS).x) > camera.halfWidthAt(way.z) + margin;

function walker(key: number, kind: AnomalyKind, way: Way, camera: Camera, timeS: number): Actor[] {
  if (isAway(way, camera, timeS, 1.2)) return [];
  const look = kind === 'runner' ? runnerLook(key) : everydayLook(key);
  const { place, parts } = onFoot(way, look, timeS);
  return [{ id: key, kind, abnormal: true, x: place.x, z: place.z, parts }];
}

/** Someone brings a bag and leaves it; later someone else takes it along. The two are ordinary walkers, the bag alone is not. */
function bag(key: number, camera: Camera, atS: number, timeS: number): Actor[] {
  const z = LANES[0].farZ + 0.3;
  const spot = (unit(key, 3) - 0.5) * 5;
  const takenAtS = atS + BAG_STAYS_S;
  const passing = (momentS: number): Way => ({
    entersAtS: momentS - 12,
    fromX: spot - 12 * 1.25,
    direction: 1,
    z: z + 0.28,
    slope: 0,
    sway: 0,
    phase: 0.3,
    speed: 1.25,
  });
  const actors = [
    ...carrier(hash(key, 1), passing(atS), camera, timeS, timeS < atS),
    ...carrier(hash(key, 2), passing(takenAtS), camera, timeS, timeS >= takenAtS + LIFT_S),
  ];
  if (timeS < atS || timeS >= takenAtS + LIFT_S) return actors;
  const fallen = Math.max(0, CARRIED_UP - 4.9 * (timeS - atS) ** 2);
  const lifted = Math.max(0, (timeS - takenAtS) / LIFT_S);
  const x = spot + lifted * LIFT_S * 1.25;
  actors.push({
    id: hash(key, 3),
    kind: 'bag',
    abnormal: timeS < takenAtS,
    x,
    z,
    parts: bagParts({ x, z, headX: 1, headZ: 0 }, Math.max(fallen, lifted * CARRIED_UP)),
  });
  return actors;
}

function carrier(key: number, way: Way, camera: Camera, timeS: number, loaded: boolean): Actor[] {
  if (isAway(way, camera, timeS, 1.2)) return [];
  const look = { ...everydayLook(key), carries: 'nothing' as const };
  const { place, pose, parts } = onFoot(way, look, timeS);
  if (!loaded) return [{ id: key, kind: 'walker', abnormal: false, x: place.x, z: place.z, parts }];
  const held = { ...place, z: place.z - 0.28 };
  return [
    {
      id: key,
      kind: 'walker',
      abnormal: false,
      x: place.x,
      z: place.z,
      parts: [...personParts(place, withArmDown(pose), look), ...bagParts(held, CARRIED_UP)],
    },
  ];
}

/** The right arm hangs straight under the weight. */
function withArmDown(pose: Pose): Pose {
  const { shoulder } = pose.right;
  const elbow: Local = [shoulder[0] + 0.01, shoulder[1] - 0.3, shoulder[2] + 0.05];
  return {
    ...pose,
    right: { ...pose.right, elbow, hand: [shoulder[0] + 0.03, CARRIED_UP + 0.44, shoulder[2] + 0.08] },
  };
}
