/** Where a body's joints are: walking, running, sitting, riding. Local metres: ahead, up, to the right. */

/** A point beside the body: metres ahead, up from the ground, to the body's right. */
export type Local = readonly [ahead: number, up: number, right: number];

/** Joints of one side. */
export interface Side {
  hip: Local;
  knee: Local;
  ankle: Local;
  toe: Local;
  shoulder: Local;
  elbow: Local;
  hand: Local;
}

/** A body at one moment. */
export interface Pose {
  pelvis: Local;
  chest: Local;
  head: Local;
  left: Side;
  right: Side;
}

/** How a body moves: strides of `strideM` per cycle, each foot on the ground for `duty` of it. */
interface Gait {
  duty: number;
  swing: number;
  elbow: number;
  lean: number;
  lift: number;
  bob: number;
  crouch: number;
}

const GAITS: Record<'walk' | 'run', Gait> = {
  walk: { duty: 0.62, swing: 0.42, elbow: 0.3, lean: 0.03, lift: 0.03, bob: 0.011, crouch: 0.014 },
  run: { duty: 0.36, swing: 0.85, elbow: 1.5, lean: 0.16, lift: 0.13, bob: 0.022, crouch: 0.03 },
};

const THIGH = 0.245;
const SHIN = 0.246;
const ANKLE = 0.042;
const HIP = THIGH + SHIN + ANKLE;
const SHOULDER = 0.815;
const UPPER_ARM = 0.178;
const FOREARM = 0.16;
const FOOT = 0.115;

/** Metres covered in one cycle of two steps, by a body of `height` metres at `speed` metres per second. */
export const strideLength = (height: number, speed: number) =>
  (speed > 2.2 ? 1.42 : 0.79) * height * Math.sqrt(speed / (speed > 2.2 ? 3.6 : 1.35));

/** A body on foot; `cycle` is its place in the stride (whole numbers are the right heel's landings). The planted foot does not slide. */
export function footPose(kind: 'walk' | 'run', height: number, strideM: number, cycle: number): Pose {
  const gait = GAITS[kind];
  const bob = gait.bob * Math.cos(cycle * 4 * Math.PI + (kind === 'run' ? Math.PI * 0.6 : Math.PI));
  const hipUp = HIP - gait.crouch + bob;
  const side = (sign: 1 | -1) => footSide(gait, height, strideM, cycle + (sign === 1 ? 0 : 0.5), sign, hipUp);
  return body(height, hipUp, gait.lean, side(-1), side(1));
}

function body(height: number, hipUp: number, lean: number, left: Side, right: Side): Pose {
  const shoulderUp = SHOULDER - HIP + hipUp;
  return {
    pelvis: [0, hipUp * height, 0],
    chest: [(shoulderUp - hipUp) * lean * height, shoulderUp * height, 0],
    head: [((shoulderUp - hipUp) * lean * 1.25 + 0.012) * height, (shoulderUp + 0.103) * height, 0],
    left,
    right,
  };
}

function footSide(gait: Gait, height: number, strideM: number, cycle: number, sign: 1 | -1, hipUp: number): Side {
  const phase = cycle - Math.floor(cycle);
  const foot = footPath(gait, strideM / height, phase);
  const hip: Local = [0, hipUp, sign * 0.05];
  const { knee, end } = bend(hip, [foot.ahead, foot.up, sign * 0.042], THIGH, SHIN, 1);
  const shoulderUp = SHOULDER - HIP + hipUp;
  const shoulder: Local = [(shoulderUp - hipUp) * gait.lean, shoulderUp - 0.015, sign * 0.108];
  const angle = -gait.swing * Math.cos(phase * 2 * Math.PI - 0.35) + (gait.elbow > 1 ? -0.15 : 0.02);
  const elbow: Local = [
    shoulder[0] + Math.sin(angle) * UPPER_ARM,
    shoulder[1] - Math.cos(angle) * UPPER_ARM,
    shoulder[2] + sign * 0.022,
  ];
  const fold = angle + gait.elbow + Math.max(0, angle) * 0.5;
  const hand: Local = [
    elbow[0] + Math.sin(fold) * FOREARM,
    elbow[1] - Math.cos(fold) * FOREARM,
    elbow[2] - sign * 0.008,
  ];
  const toe: Local = [
    end[0] + Math.cos(foot.pitch) * FOOT,
    Math.max(0.012, end[1] - 0.024 + Math.sin(foot.pitch) * FOOT),
    sign * 0.055,
  ];
  return sized({ hip, knee, ankle: end, toe, shoulder, elbow, hand }, height);
}

/** The ankle's path in body heights: back under the body while the foot stands, forward through the air after. */
function footPath(gait: Gait, stride: number, phase: number): { ahead: number; up: number; pitch: number } {
  const reach = stride * gait.duty;
  if (phase < gait.duty) {
    const u = phase / gait.duty;
    const heel = Math.max(0, (u - 0.62) / 0.38) ** 2;
    return {
      ahead: reach * (0.5 - u),
      up: ANKLE + heel * 0.055,
      pitch: u < 0.15 ? 0.25 * (1 - u / 0.15) : -0.55 * heel,
    };
  }
  const u = (phase - gait.duty) / (1 - gait.duty);
  const ease = u * u * (3 - 2 * u);
  return {
    ahead: reach * (ease - 0.5),
    up: ANKLE + 0.055 * (1 - u) ** 2 + gait.lift * Math.sin(Math.PI * u) ** 1.2,
    pitch: -0.55 + 0.8 * ease,
  };
}

/** Two bones from a to the target (pulled within reach), folded ahead (1) or back (−1). */
function bend(a: Local, target: Local, upper: number, lower: number, fold: 1 | -1): { knee: Local; end: Local } {
  const dx = target[0] - a[0];
  const dy = target[1] - a[1];
  const distance = Math.hypot(dx, dy) || 1e-6;
  const reach = Math.min(distance, upper + lower - 0.002);
  const ux = dx / distance;
  const uy = dy / distance;
  const along = (upper * upper - lower * lower + reach * reach) / (2 * reach);
  const out = Math.sqrt(Math.max(0, upper * upper - along * along)) * fold;
  const middle = (a[2] + target[2]) / 2;
  return {
    knee: [a[0] + ux * along - uy * out, a[1] + uy * along + ux * out, middle],
    end: [a[0] + ux * reach, a[1] + uy * reach, target[2]],
  };
}

/** A body on a seat `seatUp` metres high, feet on the ground, hands on the lap; `sway` (−1…1) is its idle movement. */
export function seatPose(height: number, seatUp: number, sway: number): Pose {
  const hipUp = seatUp / height + 0.055;
  const side = (sign: 1 | -1): Side => {
    const hip: Local = [0, hipUp, sign * 0.05];
    const { knee, end } = bend(hip, [0.27, ANKLE, sign * 0.06], THIGH, SHIN, 1);
    const shoulder: Local = [0.01 * sway - 0.02, hipUp + 0.28, sign * 0.106];
    const arm = bend(shoulder, [0.17, hipUp + 0.05, sign * 0.05], UPPER_ARM, FOREARM, -1);
    return sized(
      {
        hip,
        knee,
        ankle: end,
        toe: [end[0] + FOOT, 0.012, end[2]],
        shoulder,
        elbow: [arm.knee[0], arm.knee[1], sign * 0.13],
        hand: arm.end,
      },
      height,
    );
  };
  const pose = body(height, hipUp, -0.06 + 0.03 * sway, side(-1), side(1));
  return { ...pose, head: [pose.head[0] + 0.02, pose.head[1], 0.02 * sway] };
}

/** A body on a bicycle: hips on the saddle, feet on pedals that turn once per cycle, hands on the bar. Lengths in metres. */
export function ridePose(
  height: number,
  saddle: Local,
  crank: Local,
  crankLength: number,
  bar: Local,
  cycle: number,
): Pose {
  const scale = 1 / height;
  const hipUp = saddle[1] * scale + 0.045;
  const back = saddle[0] * scale;
  const side = (sign: 1 | -1): Side => {
    const turn = -cycle * 2 * Math.PI + (sign === 1 ? 0 : Math.PI);
    const pedal: Local = [
      (crank[0] + Math.cos(turn) * crankLength) * scale,
      (crank[1] + Math.sin(turn) * crankLength) * scale + ANKLE,
      sign * 0.06,
    ];
    const hip: Local = [back, hipUp, sign * 0.05];
    const leg = bend(hip, pedal, THIGH, SHIN, 1);
    const shoulder: Local = [back + 0.15, hipUp + 0.245, sign * 0.105];
    const arm = bend(shoulder, [bar[0] * scale, bar[1] * scale + 0.02, sign * 0.13], UPPER_ARM, FOREARM + 0.01, -1);
    return sized(
      {
        hip,
        knee: leg.knee,
        ankle: leg.end,
        toe: [leg.end[0] + FOOT * 0.9, leg.end[1] - 0.03, leg.end[2]],
        shoulder,
        elbow: arm.knee,
        hand: arm.end,
      },
      height,
    );
  };
  return {
    pelvis: [back * height, hipUp * height, 0],
    chest: [(back + 0.15) * height, (hipUp + 0.26) * height, 0],
    head: [(back + 0.21) * height, (hipUp + 0.355) * height, 0],
    left: side(-1),
    right: side(1),
  };
}

function sized(side: Side, height: number): Side {
  const grow = (joint: Local): Local => [joint[0] * height, joint[1] * height, joint[2] * height];
  return {
    hip: grow(side.hip),
    knee: grow(side.knee),
    ankle: grow(side.ankle),
    toe: grow(side.toe),
    shoulder: grow(side.shoulder),
    elbow: grow(side.elbow),
    hand: grow(side.hand),
  };
}
