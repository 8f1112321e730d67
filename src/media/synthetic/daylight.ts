/** Sun and sky over the plaza: where light comes from, how clouds dim it in time, and the light switch of the tests. */
import type { Rgb } from './colour';
import { unit } from './hash';

const LENGTH = Math.hypot(0.6, 0.64, 0.5);
/** Direction towards the sun: over the camera's left shoulder, 39° high. */
export const SUN: readonly [x: number, y: number, z: number] = [-0.6 / LENGTH, 0.64 / LENGTH, -0.5 / LENGTH];
/** Light of the open sun on a surface that faces it. */
export const SUNLIGHT: Rgb = [1.04, 0.86, 0.62];
/** Light of the whole sky on a surface that faces up. */
export const SKYLIGHT: Rgb = [0.24, 0.29, 0.37];
/** Light that comes back from the paving on a surface that faces down. */
export const BOUNCE: Rgb = [0.17, 0.145, 0.115];
/** What is left of the light after the light switch. */
export const SWITCHED_LIGHT = 0.6;

/** Seconds between two draws of the cloud cover. */
const CLOUD_STEP_S = 19;
/** Metres the clouds move per second, in seconds of delay per picture width. */
const CLOUD_DELAY_S = 9;

/** Share of the sun that comes through the clouds, 0.58…1, for one column (0…1 across the picture) at a time in seconds. */
export function sunThroughClouds(seed: number, timeS: number, across: number): number {
  const position = (timeS - across * CLOUD_DELAY_S) / CLOUD_STEP_S;
  const step = Math.floor(position);
  const u = position - step;
  const ease = u * u * (3 - 2 * u);
  return cover(seed, step) * (1 - ease) + cover(seed, step + 1) * ease;
}

const cover = (seed: number, step: number) => 1 - 0.42 * unit(seed, step, 11) ** 1.6;
