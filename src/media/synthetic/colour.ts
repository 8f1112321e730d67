/** Colours in linear light, so that shadows, blending and exposure add up as they do in a camera. */

/** Red, green, blue in linear light; 1 is a white surface in full sun. */
export type Rgb = readonly [red: number, green: number, blue: number];

/** A colour as designers write it, '#rrggbb', in linear light. */
export function linear(hex: string): Rgb {
  const value = Number.parseInt(hex.slice(1), 16);
  if (hex.length !== 7 || Number.isNaN(value)) throw new RangeError(`Not a colour: ${hex}; write it as '#rrggbb'.`);
  return [decode(value >> 16), decode((value >> 8) & 255), decode(value & 255)];
}

/** The colour a share of the way from one to another. */
export const mixed = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + (to[0] - from[0]) * share,
  from[1] + (to[1] - from[1]) * share,
  from[2] + (to[2] - from[2]) * share,
];

/** The colour made brighter or darker. */
export const scaled = (colour: Rgb, gain: number): Rgb => [colour[0] * gain, colour[1] * gain, colour[2] * gain];

/** The sRGB transfer function's inverse, for a byte. */
function decode(byte: number): number {
  const value = byte / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}
