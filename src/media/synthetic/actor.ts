/** Someone or something on the plaza at one moment, ready to be drawn. */
import type { Part } from './body';
import { type Place, personParts } from './person';
import { footPose, strideLength } from './pose';
import type { Look } from './wardrobe';

/** What is planted to be found. */
export type AnomalyKind = 'cyclist' | 'runner' | 'cart' | 'against' | 'bag';
export type ActorKind = 'walker' | 'seated' | AnomalyKind;

export interface Actor {
  /** Fixed for as long as it is about; never shared. */
  id: number;
  kind: ActorKind;
  abnormal: boolean;
  x: number;
  z: number;
  parts: Part[];
}

/** A straight way on foot, with a sway; a pure function of time gives the place. */
export interface Way {
  entersAtS: number;
  fromX: number;
  /** 1 walks to the right, −1 to the left. */
  direction: 1 | -1;
  z: number;
  /** Metres aside per metre ahead. */
  slope: number;
  sway: number;
  /** Phase of sway and stride, in turns. */
  phase: number;
  /** Metres per second along x. */
  speed: number;
}

/** Metres gone along a way at a time. */
export const travelled = (way: Way, timeS: number) => way.speed * (timeS - way.entersAtS);

/** Where someone on this way is at a time in seconds. */
export function placeOn(way: Way, timeS: number): Place {
  const gone = travelled(way, timeS);
  const turn = gone * 0.45 + way.phase * 6.283;
  const aside = way.slope + way.sway * 0.45 * Math.cos(turn);
  const length = Math.hypot(1, aside);
  return {
    x: way.fromX + way.direction * gone,
    z: way.z + way.slope * gone + way.sway * Math.sin(turn),
    headX: way.direction / length,
    headZ: aside / length,
  };
}

/** The body of someone on foot at a time in seconds. */
export function onFoot(
  way: Way,
  look: Look,
  timeS: number,
): { place: Place; parts: Part[]; pose: ReturnType<typeof footPose> } {
  const place = placeOn(way, timeS);
  const stride = strideLength(look.height, way.speed);
  const pose = footPose(
    way.speed > 2.2 ? 'run' : 'walk',
    look.height,
    stride,
    travelled(way, timeS) / stride + way.phase,
  );
  return { place, pose, parts: personParts(place, pose, look) };
}
