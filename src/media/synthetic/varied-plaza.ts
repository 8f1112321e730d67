/** Plazas that differ as scenes do: how the camera hangs, who goes where, how fast and how many. Networks are trained on them beside real footage. */
import { createRng } from '../../lib/rng';
import { FACADE_Z } from './arcade';
import type { CameraView } from './camera';
import type { Lane } from './crowd';
import type { PlazaOptions } from './plaza';

/** Height of the picture as a share of its width. */
const ASPECT = 9 / 16;
/** Where people can go, metres from the camera. */
const FARTHEST_Z = FACADE_Z - 2.5;
/** Cheap cameras differ in how often they look. */
const RATES = [10, 12.5, 15, 25];

/** The options of one of endlessly many plazas, fixed by its seed. */
export function variedPlaza(seed: number): Required<Pick<PlazaOptions, 'seed' | 'view' | 'lanes' | 'fps' | 'noise'>> {
  const rng = createRng(seed);
  const view: CameraView = {
    height: rng.between(2.8, 9),
    pitch: rng.between(0.15, 0.6),
    focal: rng.between(0.7, 1.7),
  };
  const { nearZ, farZ } = visibleGround(view);
  const lanes: Lane[] = [];
  for (let count = 1 + rng.int(4); count > 0; count--) {
    const width = rng.between(0.8, 4);
    const from = rng.between(nearZ, Math.max(nearZ, farZ - width));
    const pace = rng.next() < 0.2 ? rng.between(1.8, 2.6) : rng.between(0.8, 1.4);
    const riding = rng.next() < 0.15;
    const lane: Lane = {
      nearZ: from,
      farZ: Math.min(farZ, from + width),
      direction: rng.next() < 0.5 ? 1 : -1,
      perSecond: rng.between(0.04, 0.3),
      pace: riding ? rng.between(2.2, 3.4) : pace,
      riding,
    };
    lanes.push(lane);
    if (rng.next() < 0.35) lanes.push({ ...lane, direction: lane.direction === 1 ? -1 : 1 });
  }
  return { seed, view, lanes, fps: rng.pick(RATES), noise: rng.between(0.4, 1.6) };
}

/** Distances of the ground at the lower edge of the picture and at its upper one, a little inside. */
function visibleGround({ height, pitch, focal }: CameraView): { nearZ: number; farZ: number } {
  const half = Math.atan(ASPECT / 2 / focal);
  const nearZ = Math.min(FARTHEST_Z - 1, (height / Math.tan(pitch + half)) * 1.15);
  const down = pitch - half;
  const farZ = down > 0.02 ? Math.min(FARTHEST_Z, (height / Math.tan(down)) * 0.95) : FARTHEST_Z;
  return { nearZ, farZ: Math.max(nearZ + 1, farZ) };
}
