/**
 * The colours of evidence: a map of our own from deep violet over magenta and orange to pale yellow.
 * Lightness rises evenly in OKLab, so that equal steps of evidence look equal, also to colour-blind eyes and in grey.
 */

/** Stops in OKLCH: lightness 0…1, chroma, hue in degrees. */
const stops = [
  { lightness: 0.3, chroma: 0.14, hue: 290 },
  { lightness: 0.45, chroma: 0.19, hue: 330 },
  { lightness: 0.6, chroma: 0.2, hue: 375 },
  { lightness: 0.75, chroma: 0.17, hue: 415 },
  { lightness: 0.95, chroma: 0.12, hue: 463 },
] as const;

/** Evidence below this is not painted at all: the picture stays clean where nothing happens. */
const FIRST_VISIBLE = 40;
/** From this on the colour covers fully (before the user's opacity): the alert threshold. */
const FULLY_OPAQUE = 128;

function toSrgb(linear: number): number {
  const value = linear <= 0.0031308 ? 12.92 * linear : 1.055 * linear ** (1 / 2.4) - 0.055;
  return Math.round(255 * Math.min(1, Math.max(0, value)));
}

/** OKLCH → sRGB 0…255 (B. Ottosson, "A perceptual color space for image processing"), cut to the gamut. */
export function oklchToRgb(lightness: number, chroma: number, hueDegrees: number): [number, number, number] {
  const a = chroma * Math.cos((hueDegrees * Math.PI) / 180);
  const b = chroma * Math.sin((hueDegrees * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  return [
    toSrgb(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s),
    toSrgb(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s),
    toSrgb(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s),
  ];
}

/** The colour at 0…1 of the map, sRGB 0…255. */
export function heatColour(fraction: number): [number, number, number] {
  const place = Math.min(1, Math.max(0, fraction)) * (stops.length - 1);
  const index = Math.min(stops.length - 2, Math.floor(place));
  const from = stops[index];
  const to = stops[index + 1];
  const mix = (a: number, b: number) => a + (b - a) * (place - index);
  return oklchToRgb(mix(from.lightness, to.lightness), mix(from.chroma, to.chroma), mix(from.hue, to.hue));
}

/** Cover 0…1 of evidence 0…255: nothing when ordinary, faint below half the alert threshold, full at it. */
export function heatAlpha(evidence: number): number {
  const t = Math.min(1, Math.max(0, (evidence - FIRST_VISIBLE) / (FULLY_OPAQUE - FIRST_VISIBLE)));
  return t * t;
}

/** RGBA for every evidence 0…255: 256 × 4 values. */
export const heatPalette: Uint8ClampedArray = (() => {
  const palette = new Uint8ClampedArray(256 * 4);
  for (let evidence = 0; evidence < 256; evidence++) {
    palette.set([...heatColour(evidence / 255), Math.round(255 * heatAlpha(evidence))], evidence * 4);
  }
  return palette;
})();
