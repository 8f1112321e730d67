/** What does not belong among walkers: a bicycle with its rider, a service cart with its driver, and a bag left behind. */
import { boxFaces, type Face, type Limb, limb, type Part, type Point } from './body';
import { linear, type Rgb } from './colour';
import { type Place, personParts, placed } from './person';
import { type Local, ridePose, seatPose } from './pose';
import type { Look } from './wardrobe';

const TYRE = linear('#1c1c1e');
const STEEL = linear('#9aa3ab');
const FRAME = linear('#1f7a8c');
const WHEEL = 0.34;
const FRONT: Local = [0.53, WHEEL, 0];
const REAR: Local = [-0.52, WHEEL, 0];
const CRANK: Local = [-0.08, 0.29, 0];
const SADDLE: Local = [-0.25, 0.92, 0];
const BAR: Local = [0.38, 1.02, 0];

/** A rider on a bicycle that has rolled `travelled` metres. */
export function cyclistParts(place: Place, look: Look, travelled: number): Part[] {
  const at = (local: Local) => placed(place, local);
  const tube = (a: Local, b: Local, radius = 0.021, colour: Rgb = FRAME): Limb => limb(at(a), at(b), radius, colour);
  const neck: Local = [0.34, 0.82, 0];
  const pose = ridePose(look.height, SADDLE, CRANK, 0.17, BAR, travelled / 4.6);
  return [
    ...wheel(at, FRONT, travelled),
    ...wheel(at, REAR, travelled),
    tube(CRANK, neck),
    tube(CRANK, SADDLE),
    tube([-0.21, 0.78, 0], neck),
    tube(REAR, CRANK, 0.014),
    tube(REAR, [-0.21, 0.78, 0], 0.014),
    tube(FRONT, neck, 0.017),
    tube(neck, BAR, 0.017, STEEL),
    tube([BAR[0], BAR[1], -0.26], [BAR[0], BAR[1], 0.26], 0.016, TYRE),
    tube([-0.36, 0.94, 0], [-0.14, 0.95, 0], 0.045, TYRE),
    ...personParts(place, pose, look),
    ...helmet(at, pose.head),
  ];
}

const helmet = (at: (local: Local) => Point, [ahead, up]: Local): Limb[] => [
  limb(at([ahead - 0.05, up + 0.05, 0]), at([ahead + 0.04, up + 0.055, 0]), 0.095, linear('#f2f2ee')),
];

function wheel(at: (local: Local) => Point, [ahead, up]: Local, travelled: number): Limb[] {
  const rim = (turn: number, radius: number): Point =>
    at([ahead + Math.cos(turn) * radius, up + Math.sin(turn) * radius, 0]);
  const parts: Limb[] = [];
  for (let i = 0; i < 18; i++)
    parts.push(limb(rim((i * Math.PI) / 9, WHEEL - 0.02), rim(((i + 1) * Math.PI) / 9, WHEEL - 0.02), 0.023, TYRE));
  for (let i = 0; i < 5; i++) {
    const turn = -travelled / WHEEL + (i * Math.PI) / 5;
    parts.push(limb(rim(turn, WHEEL - 0.03), rim(turn + Math.PI, WHEEL - 0.03), 0.005, STEEL));
  }
  return parts;
}

const BODY = linear('#e9e7df');
const BED = linear('#3c6e54');
const DARK = linear('#26282b');
const CRATES = [linear('#b98a4f'), linear('#3f6fa0'), linear('#a8462f')];

/** A service cart heading straight left or right, 3.1 m long, with its driver; parts farther from the camera come first in depth order. */
export function cartParts(place: Place, look: Look, travelled: number): Part[] {
  const facing = Math.sign(place.headX) || 1;
  const box = (a0: number, y0: number, r0: number, a1: number, y1: number, r1: number, colour: Rgb): Face[] => {
    const x0 = place.x + facing * a0;
    const x1 = place.x + facing * a1;
    return boxFaces([Math.min(x0, x1), y0, place.z + r0], [Math.max(x0, x1), y1, place.z + r1], colour);
  };
  const straight: Place = { ...place, headX: facing, headZ: 0 };
  const at = (ahead: number, up: number, deep: number): Point => [place.x + facing * ahead, up, place.z + deep];
  const post = (ahead: number, deep: number): Limb =>
    limb(at(ahead, 0.85, deep), at(ahead - 0.08, 1.86, deep), 0.03, DARK);
  const wheels = [-1.0, 1.05].flatMap((ahead) =>
    [-0.62, 0.56].flatMap((deep) => disc(at(ahead, 0.3, deep), 0.3, travelled, facing)),
  );
  return [
    ...wheels,
    ...box(-1.55, 0.34, -0.6, 1.55, 0.62, 0.6, BODY),
    ...box(0.95, 0.62, -0.6, 1.55, 0.98, 0.6, BODY),
    ...box(-1.55, 0.62, -0.62, 0, 0.95, 0.62, BED),
    ...box(-1.4, 0.95, -0.45, -0.85, 1.4, 0.35, CRATES[0]),
    ...box(-0.8, 0.95, -0.5, -0.15, 1.3, 0.3, CRATES[1]),
    ...box(0.05, 0.62, -0.5, 0.45, 0.82, 0.5, DARK),
    ...personParts(
      { ...straight, x: place.x + facing * 0.3, z: place.z },
      raised(seatPose(look.height, 0.5, 0), 0.32),
      look,
    ),
    limb(at(1.0, 0.98, -0.5), at(0.78, 1.86, -0.5), 0.028, DARK),
    limb(at(1.0, 0.98, 0.5), at(0.78, 1.86, 0.5), 0.028, DARK),
    post(0.02, -0.52),
    post(0.02, 0.52),
    ...box(-0.2, 1.86, -0.66, 1.05, 1.95, 0.66, BODY),
    limb(at(0.3, 1.98, 0), at(0.3, 2.06, 0), 0.07, [2.2, 0.9, 0.1]),
    limb(at(1.55, 0.75, -0.45), at(1.56, 0.75, -0.45), 0.07, [1.5, 1.4, 1.1]),
  ];
}

/** A wheel in the plane of travel that looks at the camera: tyre, hub and a mark that turns. */
function disc(centre: Point, radius: number, travelled: number, facing: number): Part[] {
  const ring = (size: number): Point[] =>
    Array.from(
      { length: 14 },
      (_, i) =>
        [
          centre[0] + Math.cos((i * Math.PI) / 7) * size,
          centre[1] + Math.sin((i * Math.PI) / 7) * size,
          centre[2],
        ] as const,
    );
  const turn = (-travelled / radius) * facing;
  const mark = (sign: number): Point => [
    centre[0] + Math.cos(turn) * radius * 0.4 * sign,
    centre[1] + Math.sin(turn) * radius * 0.4 * sign,
    centre[2] - 0.03,
  ];
  return [
    { corners: ring(radius), normal: [0, 0, -1], colour: TYRE },
    { corners: ring(radius * 0.55).map(([x, y, z]) => [x, y, z - 0.02] as const), normal: [0, 0, -1], colour: STEEL },
    limb(mark(1), mark(-1), 0.03, DARK),
  ];
}

function raised(pose: ReturnType<typeof seatPose>, by: number): ReturnType<typeof seatPose> {
  const up = (local: Local): Local => [local[0], local[1] + by, local[2]];
  const side = (joints: typeof pose.left): typeof pose.left => ({
    hip: up(joints.hip),
    knee: up(joints.knee),
    ankle: up(joints.ankle),
    toe: up(joints.toe),
    shoulder: up(joints.shoulder),
    elbow: up(joints.elbow),
    hand: up(joints.hand),
  });
  return {
    pelvis: up(pose.pelvis),
    chest: up(pose.chest),
    head: up(pose.head),
    left: side(pose.left),
    right: side(pose.right),
  };
}

/** A travel bag 0.6 m long whose bottom hangs `up` metres over the ground. */
export function bagParts(place: Place, up: number): Part[] {
  const colour = linear('#9c2630');
  const at = (ahead: number, height: number, right = 0): Point => placed(place, [ahead, up + height, right]);
  return [
    limb(at(-0.2, 0.16, 0.05), at(0.2, 0.16, 0.05), 0.15, colour),
    limb(at(-0.2, 0.16, -0.05), at(0.2, 0.16, -0.05), 0.15, colour),
    limb(at(-0.11, 0.3), at(-0.08, 0.42), 0.014, DARK),
    limb(at(0.11, 0.3), at(0.08, 0.42), 0.014, DARK),
    limb(at(-0.08, 0.42), at(0.08, 0.42), 0.018, DARK),
    limb(at(-0.11, 0.06, 0.23), at(-0.11, 0.27, 0.2), 0.022, DARK),
    limb(at(0.11, 0.06, 0.23), at(0.11, 0.27, 0.2), 0.022, DARK),
  ];
}
