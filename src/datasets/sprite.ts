/** Pictures with soft edges: drawing them into a frame, and a few that are drawn from nothing. */
import type { Box } from '../lib/box';
import type { Rng } from '../lib/rng';
import type { Frame } from '../media/frame';
import type { Sprite } from './object-tracks';

/** Where and how a sprite goes into a frame. */
export interface Placement {
  sprite: Sprite;
  /** Left and top in pixels, fractions allowed. */
  x: number;
  y: number;
  /** Frame pixels per sprite pixel. */
  scale: number;
  mirrored: boolean;
  opacity: number;
  /** Exposure under which the sprite was taken; 1 = the background's. */
  exposure: number;
}

/** Where the placed sprite shows, in pixels. */
export const placedBox = ({ sprite, x, y, scale }: Placement): Box => ({
  x0: x,
  y0: y,
  x1: x + sprite.width * scale,
  y1: y + sprite.height * scale,
});

/**
 * Draw into `frame`; returns the pixels now mostly showing the sprite. `hides(pixel)`: something nearer stands there.
 * Resampling averages noise away; as much is added again (`noise`: deviation in levels). The
 * sprite is brought to the frame's `exposure`.
 */
export function drawSprite(
  frame: Frame,
  placement: Placement,
  { noise, exposure }: { noise: number; exposure: number },
  rng: Rng,
  hides: (pixel: number) => boolean,
): number[] {
  const { sprite, scale, mirrored } = prefiltered(placement);
  const light = exposure / placement.exposure;
  const covered: number[] = [];
  const x1 = Math.min(frame.width, Math.ceil(placement.x + sprite.width * scale));
  const y1 = Math.min(frame.height, Math.ceil(placement.y + sprite.height * scale));
  for (let y = Math.max(0, Math.floor(placement.y)); y < y1; y++) {
    const v = (y + 0.5 - placement.y) / scale - 0.5;
    for (let x = Math.max(0, Math.floor(placement.x)); x < x1; x++) {
      const pixel = y * frame.width + x;
      if (hides(pixel)) continue;
      const across = (x + 0.5 - placement.x) / scale;
      const colour = sampled(sprite, (mirrored ? sprite.width - across : across) - 0.5, v);
      const alpha = colour.alpha * placement.opacity;
      if (alpha < 0.02) continue;
      if (alpha > 0.5) covered.push(pixel);
      const grain = rng.normal() * noise * Math.sqrt(Math.max(0, 1 - colour.kept)) * alpha;
      for (let channel = 0; channel < 3; channel++) {
        const byte = pixel * 4 + channel;
        frame.data[byte] = frame.data[byte] * (1 - alpha) + colour.levels[channel] * light * alpha + grain;
      }
    }
  }
  return covered;
}

/** Bilinear, weighted by alpha; `kept` is the share of the noise's variance that survives. */
function sampled({ width, height, data }: Sprite, u: number, v: number) {
  const left = Math.floor(u);
  const top = Math.floor(v);
  const levels = [0, 0, 0];
  let alpha = 0;
  let kept = 0;
  for (let corner = 0; corner < 4; corner++) {
    const x = left + (corner & 1);
    const y = top + (corner >> 1);
    if (x < 0 || y < 0 || x >= width || y >= height) continue;
    const weight = (corner & 1 ? u - left : 1 - u + left) * (corner >> 1 ? v - top : 1 - v + top);
    const byte = (y * width + x) * 4;
    const opaque = (weight * data[byte + 3]) / 255;
    alpha += opaque;
    kept += weight * weight;
    for (let channel = 0; channel < 3; channel++) levels[channel] += opaque * data[byte + channel];
  }
  return { levels: alpha > 0 ? levels.map((level) => level / alpha) : levels, alpha, kept };
}

/** Halve the sprite until it is at most twice as large as drawn, so that small copies do not sparkle. */
function prefiltered({ sprite, scale, mirrored }: Placement): { sprite: Sprite; scale: number; mirrored: boolean } {
  let small = sprite;
  let factor = scale;
  while (factor < 0.6 && Math.min(small.width, small.height) >= 4) {
    small = halved(small);
    factor *= 2;
  }
  return { sprite: small, scale: factor, mirrored };
}

function halved(sprite: Sprite): Sprite {
  const width = Math.floor(sprite.width / 2);
  const height = Math.floor(sprite.height / 2);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const { levels, alpha } = sampled(sprite, 2 * x + 0.5, 2 * y + 0.5);
      data.set([...levels, alpha * 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

/** Colour and opacity (0…1) at a point of the unit square; null = nothing there. */
type Painter = (u: number, v: number) => { levels: [number, number, number]; alpha: number } | null;

/** Paint with 3×3 samples per pixel. */
function painted(width: number, height: number, paint: Painter): Sprite {
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const sum = [0, 0, 0];
      let alpha = 0;
      for (let sample = 0; sample < 9; sample++) {
        const colour = paint((x + ((sample % 3) + 0.5) / 3) / width, (y + (Math.floor(sample / 3) + 0.5) / 3) / height);
        if (!colour) continue;
        alpha += colour.alpha / 9;
        for (let channel = 0; channel < 3; channel++) sum[channel] += (colour.levels[channel] * colour.alpha) / 9;
      }
      if (alpha > 0) data.set([...sum.map((level) => level / alpha), alpha * 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}

const shaded = (levels: readonly number[], by: number) => levels.map((level) => level * by) as [number, number, number];

const inRoundedBox = (
  u: number,
  v: number,
  left: number,
  top: number,
  right: number,
  bottom: number,
  radius: number,
) => {
  const dx = Math.max(left + radius - u, 0, u - (right - radius));
  const dy = Math.max(top + radius - v, 0, v - (bottom - radius));
  return u >= left && u <= right && v >= top && v <= bottom && Math.hypot(dx, dy) <= radius;
};

/** A small van seen from the side: body, cabin windows, two wheels, dirt, a soft shadow. */
export function paintVehicle(width: number, height: number, rng: Rng, grey: boolean, surroundings: number): Sprite {
  const body = contrasting(rng, grey, surroundings);
  const dirt = Array.from({ length: 4 }, () => rng.between(0, 2 * Math.PI));
  const aspect = width / height;
  return painted(width, height, (u, v) => {
    for (const wheel of [0.22, 0.78]) {
      const distance = Math.hypot((u - wheel) * aspect, v - 0.82);
      if (distance < 0.15) return { levels: distance < 0.06 ? [150, 150, 150] : [25, 25, 28], alpha: 1 };
    }
    if (inRoundedBox(u, v, 0.12, 0.14, 0.66, 0.44, 0.03) && (u < 0.36 || u > 0.4))
      return { levels: [40, 48, 58], alpha: 1 };
    if (inRoundedBox(u, v, 0.04, 0.05, 0.72, 0.85, 0.05) || inRoundedBox(u, v, 0.6, 0.42, 0.98, 0.85, 0.05)) {
      return {
        levels: shaded(
          body,
          1.1 -
            0.4 * v +
            0.06 * Math.sin(9 * u + dirt[0]) * Math.sin(7 * v + dirt[1]) +
            0.05 * Math.sin(23 * u + 11 * v + dirt[2]),
        ),
        alpha: 1,
      };
    }
    const shadow = 1 - Math.hypot((u - 0.5) / 0.5, (v - 0.93) / 0.07);
    return shadow > 0 ? { levels: [20, 20, 20], alpha: 0.5 * Math.min(1, shadow * 2) } : null;
  });
}

/** A suitcase: ribbed shell, handle, soft shadow. */
export function paintSuitcase(width: number, height: number, rng: Rng, grey: boolean, surroundings: number): Sprite {
  const shell = contrasting(rng, grey, surroundings);
  const ribs = 4 + rng.int(4);
  return painted(width, height, (u, v) => {
    if (inRoundedBox(u, v, 0.08, 0.2, 0.92, 0.95, 0.08)) {
      const rib = Math.sin(u * ribs * 2 * Math.PI) > 0 ? 1.08 : 0.9;
      return { levels: shaded(shell, rib * (1.15 - 0.35 * v)), alpha: 1 };
    }
    if (inRoundedBox(u, v, 0.3, 0, 0.7, 0.22, 0.05) && !inRoundedBox(u, v, 0.38, 0.07, 0.62, 0.22, 0.03))
      return { levels: [30, 30, 32], alpha: 1 };
    const shadow = 1 - Math.hypot((u - 0.5) / 0.5, (v - 0.95) / 0.05);
    return shadow > 0 ? { levels: [20, 20, 20], alpha: 0.5 * Math.min(1, shadow * 2) } : null;
  });
}

/** A colour at least 60 levels away from the surroundings' brightness. */
function contrasting(rng: Rng, grey: boolean, surroundings: number): [number, number, number] {
  const level = surroundings > 128 ? rng.between(20, surroundings - 60) : rng.between(surroundings + 60, 235);
  if (grey) return [level, level, level];
  const tint = () => Math.min(250, Math.max(8, level + rng.between(-55, 55)));
  return [tint(), tint(), tint()];
}
