/** Everything beyond the roofs: hazy houses, a dome, a tower, and the sky. */
import { linear, mixed, type Rgb } from './colour';
import { cloudyNoise, unit } from './hash';

const ZENITH = linear('#7fb0dc');
const HORIZON = linear('#dfe7ea');
const CLOUD = linear('#fbf6ee');
const HAZE = linear('#bccbd6');
const WALLS = [linear('#cfae8c'), linear('#c79a78'), linear('#d8c3a2'), linear('#b98d72')];
const DOME = linear('#a0553f');

/** Colour seen along a direction that leaves the plaza: `bearing` = x/z, `rise` = y/z (tangents of the angles). */
export function skylineColour(bearing: number, rise: number): Rgb {
  const house =
    houseAt(bearing, rise, 0.026, 0.075, 51) ?? landmark(bearing, rise) ?? houseAt(bearing, rise, 0.039, 0.089, 57);
  return house ?? sky(bearing, rise);
}

function houseAt(bearing: number, rise: number, pitch: number, height: number, seed: number): Rgb | null {
  const plot = Math.floor(bearing / pitch);
  const top = height * (0.45 + 0.42 * unit(plot, seed));
  if (rise > top) return null;
  const wall = WALLS[Math.floor(unit(plot, seed + 1) * WALLS.length)];
  const across = bearing / pitch - plot;
  const window =
    Math.abs(((across * 3) % 1) - 0.5) < 0.16 &&
    Math.abs((((top - rise) / 0.011) % 1) - 0.55) < 0.22 &&
    top - rise > 0.008;
  const shade = top - rise < 0.005 ? DOME : window ? ([0.2, 0.2, 0.23] as const) : wall;
  return mixed(shade, HAZE, seed > 55 ? 0.66 : 0.5);
}

/** A dome with its lantern, and a bell tower. */
function landmark(bearing: number, rise: number): Rgb | null {
  const x = bearing - 0.205;
  const drum = Math.abs(x) < 0.043 && rise < 0.05;
  const dome = (x / 0.043) ** 2 + ((rise - 0.05) / 0.038) ** 2 < 1;
  const lantern = Math.abs(x) < 0.006 && rise < 0.096;
  if (drum || lantern) return mixed(WALLS[2], HAZE, 0.52 + (x > 0 ? 0.1 : 0));
  if (dome)
    return mixed(
      Math.abs(((x / 0.0125 + 50) % 1) - 0.5) > 0.44 ? WALLS[2] : DOME,
      HAZE,
      0.46 + 2.6 * Math.max(-0.02, x),
    );
  const tower = bearing + 0.335;
  if (Math.abs(tower) > 0.014 || rise > 0.098 - Math.abs(tower) * (rise > 0.08 ? 1.3 : 0)) return null;
  const belfry = rise > 0.064 && rise < 0.077 && Math.abs(tower) < 0.006;
  return mixed(belfry ? [0.15, 0.15, 0.18] : WALLS[1], HAZE, 0.42 + (tower > 0 ? 0.12 : 0));
}

function sky(bearing: number, rise: number): Rgb {
  const height = Math.min(1, Math.max(0, rise / 0.2));
  const cloud = Math.min(1, Math.max(0, cloudyNoise(bearing * 7 + 9, rise * 26, 61) * 2.6 - 1.25));
  return mixed(mixed(HORIZON, ZENITH, height ** 0.8), CLOUD, cloud * 0.75);
}
