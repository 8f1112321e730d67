/** From linear light to the bytes of a cheap camera: exposure, curve, vignette, noise. */
import { hash, randomStream } from './hash';

/** Standard deviation of the noise of one colour value at `noise` 1, in levels of 255. */
const NOISE_LEVELS = 1.9;
const STEPS = 4096;
/** Linear light that still has detail. */
const WHITE = 1.6;
const NOISE_LENGTH = 1 << 16;

/** Turns light into RGBA bytes. */
export type Developer = (light: Float32Array, frameKey: number, gain: number) => Uint8ClampedArray;

/** A developer for pictures of width × height; `noise` scales the sensor's noise (0 none). */
export function cameraDeveloper(width: number, height: number, noise: number): Developer {
  const curve = filmCurve();
  const grain = grainOf(noise);
  const fallX = fallOff(width);
  const fallY = fallOff(height);
  return (light, frameKey, gain) => {
    const bytes = new Uint8ClampedArray(width * height * 4);
    for (let y = 0; y < height; y++) {
      const exposure = (fallY[y] * gain * (STEPS - 1)) / WHITE;
      let speck = hash(frameKey, y, 91) & (NOISE_LENGTH - 1);
      for (let x = 0, at = y * width * 3, to = y * width * 4; x < width; x++, at += 3, to += 4) {
        const scale = exposure * fallX[x];
        const dust = grain[speck];
        speck = (speck + 3) & (NOISE_LENGTH - 1);
        bytes[to] = curve[Math.min(STEPS - 1, light[at] * scale) | 0] + dust + grain[speck];
        bytes[to + 1] = curve[Math.min(STEPS - 1, light[at + 1] * scale) | 0] + dust + grain[speck ^ 1];
        bytes[to + 2] = curve[Math.min(STEPS - 1, light[at + 2] * scale) | 0] + dust + grain[speck ^ 2];
        bytes[to + 3] = 255;
      }
    }
    return bytes;
  };
}

/** Levels 0…255 for linear light 0…WHITE: a soft shoulder, then the sRGB transfer function. */
function filmCurve(): Float32Array {
  const curve = new Float32Array(STEPS);
  for (let i = 0; i < STEPS; i++) {
    const light = ((i + 0.5) / STEPS) * WHITE * 1.55;
    const soft = Math.min(1, (light * (1 + 0.06 * light)) / (1 + 0.32 * light));
    curve[i] = 255 * (soft <= 0.0031308 ? 12.92 * soft : 1.055 * soft ** (1 / 2.4) - 0.055);
  }
  return curve;
}

/** Gaussian grain (sum of uniform values), half of it shared by the colours. */
function grainOf(noise: number): Float32Array {
  const random = randomStream(2024);
  const sigma = (NOISE_LEVELS * noise) / Math.SQRT2;
  return Float32Array.from(
    { length: NOISE_LENGTH },
    () => (random() + random() + random() + random() - 2) * Math.sqrt(3) * sigma,
  );
}

/** Light lost towards the edges, one factor per pixel of a side. */
const fallOff = (length: number) =>
  Float32Array.from({ length }, (_, i) => 1.02 - 0.14 * Math.abs((i + 0.5) / length - 0.5) ** 2 * 4);
