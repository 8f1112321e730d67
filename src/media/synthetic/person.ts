/** A dressed body: limbs of a person from a pose and a look. */
import { between, type Limb, limb, type Point } from './body';
import { mixed, scaled } from './colour';
import type { Local, Pose, Side } from './pose';
import type { Look } from './wardrobe';

/** Where something stands on the ground and where it heads (unit vector), metres. */
export interface Place {
  x: number;
  z: number;
  headX: number;
  headZ: number;
}

/** A local point put into the world. */
export const placed = (place: Place, [ahead, up, right]: Local): Point => [
  place.x + ahead * place.headX + right * place.headZ,
  up,
  place.z + ahead * place.headZ - right * place.headX,
];

/** All limbs of a person. */
export function personParts(place: Place, pose: Pose, look: Look): Limb[] {
  const at = (local: Local) => placed(place, local);
  return [
    ...leg(at, pose.left, look),
    ...leg(at, pose.right, look),
    ...torso(at, pose, look),
    ...arm(at, pose.left, look),
    ...arm(at, pose.right, look),
    ...head(at, pose, look),
    ...carried(at, pose, look),
  ];
}

type At = (local: Local) => Point;

function leg(at: At, side: Side, look: Look): Limb[] {
  const h = look.height;
  const thigh = 0.053 * h * look.girth;
  const hip = at(side.hip);
  const knee = at(side.knee);
  const ankle = at(side.ankle);
  const calf = look.cut === 'shorts' || look.cut === 'skirt' ? look.skin : look.bottom;
  const sole: Local = [side.ankle[0] - 0.018 * h, Math.max(0.02, side.ankle[1] - 0.03 * h), side.ankle[2]];
  return [
    limb(hip, knee, thigh, look.cut === 'skirt' ? look.skin : look.bottom, 0.04 * h),
    limb(knee, ankle, (calf === look.bottom ? 0.039 : 0.034) * h, calf, (calf === look.bottom ? 0.032 : 0.021) * h),
    limb(at(sole), at(side.toe), 0.023 * h, look.shoes, 0.017 * h),
  ];
}

function torso(at: At, pose: Pose, look: Look): Limb[] {
  const h = look.height;
  const wide = look.girth;
  const { pelvis, chest } = pose;
  const waist: Local = [pelvis[0] + 0.005, pelvis[1] + 0.035 * h, 0];
  const strip = (right: number, low: number, high: number): Limb =>
    limb(
      at([waist[0], waist[1], right * 0.038 * h * wide]),
      at([chest[0], chest[1] - 0.05 * h, right * 0.066 * h]),
      low * h * wide,
      look.top,
      high * h,
    );
  const parts = [strip(-1, 0.054, 0.06), strip(1, 0.054, 0.06), strip(0, 0.064, 0.07)];
  parts.push(
    limb(
      at([pelvis[0], pelvis[1], -0.035 * h]),
      at([pelvis[0], pelvis[1], 0.035 * h]),
      0.06 * h * wide,
      look.cut === 'coat' ? look.top : look.bottom,
    ),
  );
  if (look.cut === 'skirt') parts.push(...hem(at, pose, look, 0.2, look.bottom));
  if (look.cut === 'coat') parts.push(...hem(at, pose, look, 0.24, scaled(look.top, 0.9)));
  return parts;
}

/** A skirt or a coat's tails: follows both knees. */
function hem(at: At, pose: Pose, look: Look, drop: number, colour: Look['top']): Limb[] {
  const h = look.height;
  return [pose.left, pose.right].map((side) => {
    const low: Local = [side.knee[0] * 0.75, pose.pelvis[1] - drop * h, side.knee[2] * 0.9];
    return limb(
      at([pose.pelvis[0], pose.pelvis[1] + 0.02 * h, side.hip[2] * 0.6]),
      at(low),
      0.056 * h * look.girth,
      colour,
      0.066 * h,
    );
  });
}

function arm(at: At, side: Side, look: Look): Limb[] {
  const h = look.height;
  const shoulder = at(side.shoulder);
  const elbow = at(side.elbow);
  const hand = at(side.hand);
  const fore = look.sleeves === 'long' ? look.top : look.skin;
  return [
    limb(shoulder, elbow, 0.037 * h, scaled(look.top, 0.92), 0.03 * h),
    limb(elbow, hand, (fore === look.top ? 0.029 : 0.025) * h, fore, (fore === look.top ? 0.024 : 0.019) * h),
    limb(hand, between(elbow, hand, 1.18), 0.022 * h, look.skin),
  ];
}

function head(at: At, pose: Pose, look: Look): Limb[] {
  const h = look.height;
  const [ahead, up, right] = pose.head;
  const radius = 0.057 * Math.min(h, 1.65) + 0.006;
  const part = (dx: number, dy: number, ex: number, ey: number, r: number, colour: Look['hair']): Limb =>
    limb(
      at([ahead + dx * radius, up + dy * radius, right]),
      at([ahead + ex * radius, up + ey * radius, right]),
      r * radius,
      colour,
    );
  const parts = [
    limb(
      at([pose.chest[0], pose.chest[1] - 0.01 * h, 0]),
      at([ahead - 0.01, up - radius * 0.7, right]),
      0.034 * h,
      scaled(look.skin, 0.85),
    ),
    part(0.05, -0.35, 0, 0.2, 0.86, look.skin),
    part(-0.3, 0.42, 0.12, 0.62, 0.78, look.hair),
    part(-0.45, -0.1, -0.4, 0.4, 0.66, look.hair),
  ];
  if (look.longHair) parts.push(part(-0.55, -1.1, -0.45, 0.2, 0.55, look.hair));
  if (look.hat)
    parts.push(part(-0.15, 0.75, 0.1, 0.75, 0.85, look.hat), part(0.2, 0.5, 1.05, 0.42, 0.22, scaled(look.hat, 0.8)));
  return parts;
}

function carried(at: At, pose: Pose, look: Look): Limb[] {
  const h = look.height;
  const { chest, pelvis } = pose;
  if (look.carries === 'backpack') {
    const back = chest[0] - 0.085 * h;
    return [
      limb(
        at([back + 0.01, chest[1] - 0.06 * h, 0]),
        at([back - 0.02, pelvis[1] + 0.08 * h, 0]),
        0.06 * h,
        look.bag,
        0.068 * h,
      ),
    ];
  }
  if (look.carries !== 'shoulder bag') return [];
  const hip: Local = [pelvis[0] - 0.02, pelvis[1] - 0.02 * h, 0.115 * h];
  return [
    limb(at([chest[0], chest[1] - 0.01 * h, -0.05 * h]), at(hip), 0.009 * h, mixed(look.bag, [0, 0, 0], 0.4)),
    limb(
      at([hip[0] - 0.07, hip[1] - 0.03 * h, hip[2]]),
      at([hip[0] + 0.07, hip[1] - 0.03 * h, hip[2]]),
      0.06 * h,
      look.bag,
    ),
  ];
}
