/** What stands on the plaza: trees, planters, benches, lamps. Metres; see `camera.ts` for the axes. */
import { linear, mixed, type Rgb, scaled } from './colour';
import { randomStream } from './hash';
import { type Cluster, clustered, type Solid } from './solids';

const BARK = linear('#5b4636');
const LEAVES = [linear('#4d6b2c'), linear('#63803a'), linear('#3f5b2a'), linear('#7a9448')];
const FLOWERS = [linear('#c8476a'), linear('#e7a03c'), linear('#d9d2e0')];
const CONCRETE = linear('#b3aca1');
const WOOD = linear('#8a5a35');
const IRON = linear('#2f3335');

/** Height of a bench's seat above the ground, metres. */
export const SEAT_HEIGHT = 0.46;
/** Middles of the benches' seats; all face the camera. */
export const BENCHES = [
  { x: -4.6, z: 19.1 },
  { x: 6.4, z: 19.1 },
] as const;

/** All standing parts. */
export function plazaFurniture(): Cluster[] {
  return [
    ...tree(-12.2, 26.6, 3.1, 1),
    ...tree(3.2, 27, 2.7, 2),
    ...tree(13.4, 26.4, 3.2, 3),
    ...tree(-9.4, 10.6, 4.6, 4),
    planter(-8.2, 19.4, 3.4, 5),
    planter(1.2, 19.5, 4.2, 6),
    planter(11.2, 19.4, 3.6, 7),
    planter(5.9, 8.5, 2.6, 8),
    ...BENCHES.map(({ x, z }) => bench(x, z)),
    ...lamp(-1.9, 19.8),
    ...lamp(8.9, 19.8),
    ...lamp(-12.4, 19.8),
    ...[-6.4, -3.2, 0, 6.4, 9.6].map((x) => bollard(x, 25.2)),
  ];
}

function tree(x: number, z: number, trunk: number, seed: number): Cluster[] {
  const random = randomStream(seed * 977);
  const crown: Solid[] = [];
  for (let i = 0; i < 60; i++) {
    const turn = i * 2.39996;
    const rise = (i + 0.5) / 60;
    const spread = 1.75 * Math.sqrt(Math.max(0.05, 1 - (rise * 1.7 - 0.75) ** 2)) * (0.55 + 0.5 * random());
    crown.push(
      leaves(
        x + Math.cos(turn) * spread,
        trunk + rise * 3.1,
        z + Math.sin(turn) * spread,
        0.34 + 0.3 * random(),
        random(),
      ),
    );
  }
  const stem: Solid[] = [
    { shape: 'post', x, z, y0: 0, y1: trunk + 1, radius: 0.14, colour: BARK },
    {
      shape: 'box',
      x0: x - 0.75,
      y0: 0,
      z0: z - 0.75,
      x1: x + 0.75,
      y1: 0.07,
      z1: z + 0.75,
      colour: scaled(CONCRETE, 0.7),
    },
  ];
  return [clustered(crown), clustered(stem)];
}

const leaves = (x: number, y: number, z: number, radius: number, chance: number): Solid => ({
  shape: 'sphere',
  x,
  y,
  z,
  radius,
  colour: mixed(LEAVES[Math.floor(chance * 4)], LEAVES[Math.floor(chance * 37) % 4], 0.4),
  ragged: true,
});

function planter(x: number, z: number, length: number, seed: number): Cluster {
  const random = randomStream(seed * 641);
  const half = length / 2;
  const solids: Solid[] = [
    { shape: 'box', x0: x - half, y0: 0, z0: z - 0.5, x1: x + half, y1: 0.52, z1: z + 0.5, colour: CONCRETE },
    {
      shape: 'box',
      x0: x - half - 0.06,
      y0: 0.46,
      z0: z - 0.56,
      x1: x + half + 0.06,
      y1: 0.58,
      z1: z + 0.56,
      colour: scaled(CONCRETE, 1.15),
    },
  ];
  for (let i = 0; i < length * 5; i++) {
    const blossom = random() < 0.28;
    const shrub = leaves(
      x + (random() - 0.5) * (length - 0.5),
      0.66 + random() * 0.25,
      z + (random() - 0.5) * 0.6,
      0.2 + random() * 0.16,
      random(),
    );
    solids.push(shrub);
    if (blossom && shrub.shape === 'sphere')
      solids.push({ ...shrub, y: shrub.y + 0.22, radius: 0.11, colour: FLOWERS[Math.floor(random() * 3)] });
  }
  return clustered(solids);
}

function bench(x: number, z: number): Cluster {
  const slat = (y0: number, z0: number, y1: number, z1: number, colour: Rgb): Solid => ({
    shape: 'box',
    x0: x - 0.95,
    y0,
    z0,
    x1: x + 0.95,
    y1,
    z1,
    colour,
  });
  const foot = (at: number): Solid => ({
    shape: 'box',
    x0: at - 0.05,
    y0: 0,
    z0: z - 0.2,
    x1: at + 0.05,
    y1: 0.4,
    z1: z + 0.24,
    colour: IRON,
  });
  return clustered([
    slat(SEAT_HEIGHT - 0.06, z - 0.24, SEAT_HEIGHT, z - 0.03, WOOD),
    slat(SEAT_HEIGHT - 0.06, z, SEAT_HEIGHT, z + 0.2, scaled(WOOD, 0.85)),
    slat(0.58, z + 0.24, 0.72, z + 0.28, WOOD),
    slat(0.77, z + 0.26, 0.91, z + 0.3, scaled(WOOD, 1.1)),
    foot(x - 0.75),
    foot(x + 0.75),
  ]);
}

function lamp(x: number, z: number): Cluster[] {
  return [
    clustered([
      { shape: 'post', x, z, y0: 0, y1: 3.5, radius: 0.055, colour: IRON },
      { shape: 'post', x, z, y0: 0, y1: 0.5, radius: 0.11, colour: IRON },
    ]),
    clustered([
      { shape: 'sphere', x, y: 3.66, z, radius: 0.2, colour: linear('#f1ead8'), ragged: false },
      { shape: 'post', x, z, y0: 3.46, y1: 3.56, radius: 0.12, colour: IRON },
    ]),
  ];
}

const bollard = (x: number, z: number): Cluster =>
  clustered([
    { shape: 'post', x, z, y0: 0, y1: 0.72, radius: 0.09, colour: scaled(CONCRETE, 0.8) },
    { shape: 'sphere', x, y: 0.74, z, radius: 0.12, colour: CONCRETE, ragged: false },
  ]);
