/** The building at the back: a loggia of round arches with a shaded walk behind it, a cornice and a tiled roof. */
import { linear, mixed, type Rgb, scaled } from './colour';
import { cloudyNoise, unit, valueNoise } from './hash';

/** Distance of the facade from the camera, metres; its wall is WALL thick, the walk behind it WALK deep. */
export const FACADE_Z = 30;
const WALL = 0.75;
const WALK = 3.6;
const BAY = 4.3;
const PILLAR = 0.36;
const SPRING = 2.75;
const ARCH_RADIUS = BAY / 2 - PILLAR;
const CORNICE = 5.15;
const EAVES = 5.55;
const RIDGE = 6.65;
const CEILING = 4.7;

const STUCCO = linear('#e6c795');
const STONE = linear('#cfc5b4');
const TILE = linear('#b4643f');
const MAJOLICA = linear('#4f7ba6');
const WALK_WALL = linear('#d9b483');
const WALK_FLOOR = linear('#a3927f');
const DOOR = linear('#7a5236');
const GLASS = linear('#5f7078');

/** What a ray meets at the building: colour, normal, depth along z, and how much of the sky it sees (0…1). */
export interface FacadePoint {
  colour: Rgb;
  normal: readonly [number, number, number];
  x: number;
  y: number;
  z: number;
  open: number;
}

/** The building as met by the ray from (ox, oy, oz) along (dx, dy, dz), dz > 0; null above the roof. */
export function meetArcade(ox: number, oy: number, oz: number, dx: number, dy: number, dz: number): FacadePoint | null {
  const at = (z: number) => [ox + (dx * (z - oz)) / dz, oy + (dy * (z - oz)) / dz] as const;
  const [x, y] = at(FACADE_Z);
  if (y > EAVES) return roof(at);
  if (y > CORNICE || !isOpen(x, y)) return wall(x, y);
  for (let step = 1; step <= 8; step++) {
    const z = FACADE_Z + (WALL * step) / 8;
    const [ix, iy] = at(z);
    if (!isOpen(ix, iy)) return reveal(ix, iy, z);
  }
  return walk(at, oy, oz, dy, dz);
}

/** Whether the sun's ray from a point inside the walk gets out through an arch. `sun` points to the sun. */
export function arcadeLetsIn(x: number, y: number, z: number, sun: readonly [number, number, number]): boolean {
  for (const plane of [FACADE_Z + WALL, FACADE_Z + WALL / 2, FACADE_Z]) {
    if (z <= plane) continue;
    const t = (plane - z) / sun[2];
    if (!isOpen(x + sun[0] * t, y + sun[1] * t)) return false;
  }
  return true;
}

function isOpen(x: number, y: number): boolean {
  const across = Math.abs(bayOffset(x));
  if (across > ARCH_RADIUS) return false;
  return y < SPRING || across * across + (y - SPRING) * (y - SPRING) < ARCH_RADIUS * ARCH_RADIUS;
}

/** Offset from the middle of the nearest bay, metres. */
const bayOffset = (x: number) => x - Math.round(x / BAY) * BAY;

function wall(x: number, y: number): FacadePoint {
  const across = Math.abs(bayOffset(x));
  const toPillar = BAY / 2 - across;
  const fromArch = Math.hypot(across, Math.max(0, y - SPRING)) - ARCH_RADIUS;
  const stain = 0.86 + 0.22 * cloudyNoise(x * 0.7, y * 0.9, 21);
  let colour = scaled(STUCCO, stain);
  let relief = 1;
  if (y > CORNICE) {
    colour = STONE;
    relief = y > CORNICE + 0.12 ? 1.05 : 0.82;
  } else if (y > CORNICE - 0.22) relief = 0.66;
  else if (y > 4.62 && y < 4.74) colour = STONE;
  else if (y > SPRING && fromArch < 0.24) {
    colour = STONE;
    relief = fromArch > 0.2 ? 0.8 : 1;
  } else if (y <= SPRING) {
    colour = STONE;
    relief = columnShade(x, y, toPillar);
  } else relief *= roundel(toPillar, y);
  if (y > SPRING && y < CORNICE - 0.3 && Math.hypot(toPillar, y - 4.02) < 0.33) colour = MAJOLICA;
  return {
    colour: scaled(colour, relief),
    normal: [0, 0, -1],
    x,
    y,
    z: FACADE_Z,
    open: y > CORNICE - 0.22 && y < CORNICE ? 0.5 : 0.85,
  };
}

/** Pillars look round: shaded across, with a base and a capital. */
function columnShade(x: number, y: number, toPillar: number): number {
  const side = Math.sign(bayOffset(x)) * -toPillar;
  const round = 0.88 - 0.3 * (side / PILLAR) ** 3;
  if (y > SPRING - 0.28) return y > SPRING - 0.08 ? 1.08 : 0.92;
  if (y < 0.45) return y > 0.38 ? 1.05 : 0.86;
  return round;
}

const roundel = (toPillar: number, y: number) => {
  const radius = Math.hypot(toPillar, y - 4.02);
  return radius > 0.33 && radius < 0.42 ? 1.18 : 1;
};

function reveal(x: number, y: number, z: number): FacadePoint {
  const across = bayOffset(x);
  const side = -Math.sign(across);
  const normal: [number, number, number] =
    y < SPRING ? [side, 0, 0] : [-across / ARCH_RADIUS, -(y - SPRING) / ARCH_RADIUS, 0];
  return { colour: scaled(STONE, 0.9), normal, x, y, z, open: 0.55 - 0.3 * ((z - FACADE_Z) / WALL) };
}

function walk(
  at: (z: number) => readonly [number, number],
  oy: number,
  oz: number,
  dy: number,
  dz: number,
): FacadePoint {
  const back = FACADE_Z + WALL + WALK;
  const [x, y] = at(back);
  const deep = (z: number) => 0.3 + 0.4 * Math.exp(-(z - FACADE_Z) / 2.2);
  if (y < 0) {
    const z = oz - (oy * dz) / dy;
    return { colour: WALK_FLOOR, normal: [0, 1, 0], x: at(z)[0], y: 0, z, open: deep(z) };
  }
  if (y > CEILING) {
    const z = oz + ((CEILING - oy) * dz) / dy;
    return { colour: WALK_WALL, normal: [0, -1, 0], x: at(z)[0], y: CEILING, z, open: 0.75 };
  }
  return { colour: backWall(x, y), normal: [0, 0, -1], x, y, z: back, open: 0.52 - 0.05 * y };
}

/** Doors and lit shop windows of the walk, one per bay. */
function backWall(x: number, y: number): Rgb {
  const bay = Math.round(x / BAY);
  const across = bayOffset(x);
  const kind = unit(bay, 3, 31);
  if (kind < 0.35)
    return Math.abs(across) < 0.75 && y < 2.7 ? (Math.abs(across) < 0.04 ? scaled(DOOR, 0.5) : DOOR) : WALK_WALL;
  if (Math.abs(across) > 1.25 || y > 2.9 || y < 0.55) return WALK_WALL;
  if (Math.abs(across) > 1.15 || y > 2.8 || Math.abs(across) < 0.04) return DOOR;
  const lamp = valueNoise(x * 2.3, y * 2.3, 33);
  return kind < 0.7 ? mixed(GLASS, [2.2, 1.5, 0.7], 0.15 + 0.5 * lamp) : scaled(GLASS, 0.7 + 0.7 * lamp);
}

function roof(at: (z: number) => readonly [number, number]): FacadePoint | null {
  const rise = (RIDGE - EAVES) / 3;
  const [, y0] = at(FACADE_Z - 0.4);
  const [, y1] = at(FACADE_Z + 2.6);
  const share = (y0 - EAVES) / (RIDGE - EAVES - (y1 - y0));
  if (share > 1) return null;
  const z = FACADE_Z - 0.4 + 3 * share;
  const [x, y] = at(z);
  const row = Math.floor(share * 9);
  const tile = 0.74 + 0.34 * unit(Math.floor(x / 0.3), row, 41) + 0.16 * Math.cos((x / 0.3) * Math.PI * 2);
  const course = share * 9 - row < 0.2 ? 0.75 : 1;
  const normal = Math.hypot(1, rise);
  return {
    colour: scaled(TILE, tile * course * (0.85 + 0.3 * valueNoise(x * 0.5, row, 42))),
    normal: [0, 1 / normal, -rise / normal],
    x,
    y,
    z,
    open: 1,
  };
}
