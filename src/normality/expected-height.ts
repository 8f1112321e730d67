/** How tall things are at a place of the picture: the scale by which speeds and sizes compare near and far. */
import { quantile } from '../lib/statistics';

/** Expected object height in pixels at the ground point (x, y): perHeight·y + perWidth·x + offset, kept within bounds. */
export interface ExpectedHeight {
  offset: number;
  perX: number;
  perY: number;
  smallest: number;
  largest: number;
}

/** One seen object: its ground point (bottom centre of its box) and height, in pixels. */
export interface HeightSample {
  /** Which thing it was: a hundred sightings of one car say little about perspective. */
  thing: number;
  x: number;
  y: number;
  height: number;
}

export function heightAt(scale: ExpectedHeight, x: number, y: number): number {
  const height = scale.offset + scale.perX * x + scale.perY * y;
  return Math.min(scale.largest, Math.max(scale.smallest, height));
}

/** With fewer samples than this a constant is fitted. */
const FEWEST = 60;
const ROUNDS = 12;
/** With n different things the slopes are held by RIDGE / n²: three say hardly anything about perspective, thirty all. */
const RIDGE = 0.8;

/**
 * A plane through the heights by iteratively reweighted least squares (Cauchy weights on relative residuals), so that
 * the odd vehicle or half-hidden person does not tilt it. Few samples or none give a constant: their median, or a seventh
 * of the frame's height.
 */
export function fitExpectedHeight(
  samples: readonly HeightSample[],
  frameWidth: number,
  frameHeight: number,
): ExpectedHeight {
  const heights = samples.map((sample) => sample.height);
  const middle = samples.length ? quantile(heights, 0.5) : frameHeight / 7;
  const bounds = {
    smallest: Math.max(4, samples.length ? quantile(heights, 0.02) * 0.7 : middle / 3),
    largest: samples.length ? quantile(heights, 0.98) * 1.3 : middle * 3,
  };
  const flat = { offset: middle, perX: 0, perY: 0, ...bounds };
  if (samples.length < FEWEST) return flat;
  const things = new Set(samples.map(({ thing }) => thing)).size;
  let fit: ExpectedHeight = flat;
  for (let round = 0; round < ROUNDS; round++) {
    const plane = weightedPlane(samples, fit, frameWidth, frameHeight, RIDGE / things ** 2);
    if (!plane) break;
    fit = { ...plane, ...bounds };
  }
  return fit;
}

function weightedPlane(
  samples: readonly HeightSample[],
  fit: ExpectedHeight,
  width: number,
  height: number,
  ridge: number,
) {
  // Normal equations of [1, x/width, y/height]; the ridge holds slopes at 0 where places or things are few.
  const matrix = [0, 0, 0, 0, 0, 0, 0, 0, 0];
  const right = [0, 0, 0];
  let total = 0;
  for (const sample of samples) {
    const residual = Math.log(sample.height / heightAt(fit, sample.x, sample.y));
    const weight = 1 / (1 + (residual / 0.25) ** 2) / heightAt(fit, sample.x, sample.y) ** 2;
    const row = [1, sample.x / width, sample.y / height];
    total += weight;
    for (let i = 0; i < 3; i++) {
      right[i] += weight * row[i] * sample.height;
      for (let j = 0; j < 3; j++) matrix[i * 3 + j] += weight * row[i] * row[j];
    }
  }
  matrix[4] += total * Math.max(3e-3, ridge);
  matrix[8] += total * Math.max(3e-4, ridge);
  const solution = solve3(matrix, right);
  return solution && { offset: solution[0], perX: solution[1] / width, perY: solution[2] / height };
}

/** Cramer's rule for a 3×3 system, row by row; null where it is singular. */
function solve3(m: number[], r: number[]): [number, number, number] | null {
  const determinant = (a: number[]) =>
    a[0] * (a[4] * a[8] - a[5] * a[7]) - a[1] * (a[3] * a[8] - a[5] * a[6]) + a[2] * (a[3] * a[7] - a[4] * a[6]);
  const whole = determinant(m);
  if (Math.abs(whole) < 1e-18) return null;
  const replaced = (column: number) => m.map((value, i) => (i % 3 === column ? r[(i - column) / 3] : value));
  return [0, 1, 2].map((column) => determinant(replaced(column)) / whole) as [number, number, number];
}
