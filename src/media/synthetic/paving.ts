/** The floor of the plaza: slabs in running bond between pale bands, with a round inlay in the middle. */
import { linear, mixed, type Rgb, scaled } from './colour';
import { cloudyNoise, unit } from './hash';

const SLAB = linear('#b9ab98');
const SLAB_WARM = linear('#c2ab8f');
const BAND = linear('#dcd2c0');
const DARK = linear('#83766b');
const JOINT = linear('#7d7267');
const BAND_PITCH = 5.4;
const BAND_WIDTH = 0.42;
const SLAB_LENGTH = 1.24;
const SLAB_DEPTH = 0.62;
const INLAY = { x: 0.6, z: 16.4, radius: 3.3 };

/** Colour of the ground at (x, z) metres; `pixelM` is the size of a pixel there in metres, under which joints fade. */
export function pavingColour(x: number, z: number, pixelM: number): Rgb {
  const wear = 0.9 + 0.2 * cloudyNoise(x * 0.45 + 40, z * 0.45, 7) - 0.05 * cloudyNoise(x * 3.1, z * 3.1, 8);
  const inlay = inlayColour(x - INLAY.x, z - INLAY.z, pixelM);
  if (inlay) return scaled(inlay, wear);
  const bandX = distanceToLine(x, BAND_PITCH);
  const bandZ = distanceToLine(z + 1.1, BAND_PITCH);
  const band = Math.min(bandX, bandZ);
  if (band < BAND_WIDTH / 2)
    return scaled(
      joined(BAND, Math.min(BAND_WIDTH / 2 - band, distanceToLine(bandX < bandZ ? z : x, 1.08)), pixelM),
      wear,
    );
  const row = Math.floor(z / SLAB_DEPTH);
  const shift = (row & 1) * SLAB_LENGTH * 0.5;
  const column = Math.floor((x + shift) / SLAB_LENGTH);
  const tint = unit(column, row, 5);
  const slab = scaled(mixed(SLAB, SLAB_WARM, unit(column, row, 6)), 0.88 + 0.2 * tint);
  const joint = Math.min(distanceToLine(z, SLAB_DEPTH), distanceToLine(x + shift, SLAB_LENGTH));
  return scaled(joined(slab, joint, pixelM), wear);
}

/** Rings and rays of the inlay, or null outside it. */
function inlayColour(x: number, z: number, pixelM: number): Rgb | null {
  const radius = Math.hypot(x, z);
  if (radius > INLAY.radius) return null;
  const rim = INLAY.radius - radius;
  if (rim < 0.22) return joined(DARK, Math.min(rim, 0.22 - rim), pixelM);
  if (rim < 0.6) return joined(BAND, Math.min(rim - 0.22, 0.6 - rim), pixelM);
  if (radius < 0.5) return joined(DARK, 0.5 - radius, pixelM);
  const turn = ((Math.atan2(z, x) / Math.PI) * 8 + 16) % 2;
  const edge = Math.min(Math.abs(turn - 1), 1 - Math.abs(turn - 1)) * radius * 0.39;
  return joined(
    turn < 1 ? mixed(DARK, SLAB, 0.35) : mixed(BAND, SLAB_WARM, 0.3),
    Math.min(edge, Math.abs(distanceToLine(radius, 1.1))),
    pixelM,
  );
}

/** Darkens a stone towards the joint when its edge is nearer than the joint's half width. */
function joined(stone: Rgb, edge: number, pixelM: number): Rgb {
  const half = 0.013;
  const share = Math.max(0, 1 - edge / (half + pixelM * 0.5)) * Math.min(1, (2 * half) / pixelM);
  return mixed(stone, JOINT, share * 0.75);
}

const distanceToLine = (value: number, pitch: number) => Math.abs(value - Math.round(value / pitch) * pitch);
