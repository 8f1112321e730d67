/** The empty scene behind moving things, for a fixed camera, and what differs from it. */
import type { Frame } from '../media/frame';
import { recurringFrames } from './recurring-frames';

/** The scene without its moving things. */
export interface Background {
  width: number;
  height: number;
  /** RGBA like a frame. */
  data: Uint8ClampedArray;
  /** Standard deviation of the sensor's noise, in levels of 255. */
  noise: number;
  /** Per pixel, the largest colour difference (levels, smoothed over 3×3) that is still taken for background: more at edges and in leaves. */
  thresholds: Float32Array;
}

/** What differs from the background in one frame. */
export interface Foreground {
  /** Largest channel difference, averaged over 3×3, in levels; exposure changes removed. */
  difference: Float32Array;
  /** 1 where `difference` exceeds the pixel's threshold, gaps closed. */
  mask: Uint8Array;
  /** How much brighter the frame is than the background, 0.5…2. */
  exposure: number;
}

/** Samples this close in luma show the same thing. */
const AGREEING_LEVELS = 12;
/** More samples than this cannot be numbered in the sort. */
const SAMPLES = 256;

/**
 * The background of frames of one size, best 20–60 spread over minutes: the picture that keeps coming back if
 * there is one (a corridor between two visitors), and per pixel the mean of the values
 * that come back most often, after taking out exposure. Someone who stands in one place for half of the time does not stay in
 * it: the empty place was seen before, between and after.
 */
export function estimateBackground(given: readonly Frame[]): Background {
  if (!given.length || given.length > SAMPLES)
    throw new RangeError(`a background needs 1 to ${SAMPLES} frames, got ${given.length}`);
  const samples = recurringFrames(given);
  const { width, height } = samples[0];
  const middle = pixelwise(
    samples,
    samples.map(() => 1),
    middleSample,
  );
  const gains = samples.map((frame) => exposureGain(frame.data, middle));
  const data = pixelwise(samples, gains, returningSamples);
  const background: Background = { width, height, data, noise: 0, thresholds: new Float32Array(width * height) };
  background.noise = Math.max(0.5, median(samples.map((frame) => noiseLevel(frame, background))));
  background.thresholds = usualDifference(given, background).map((level) =>
    Math.min(70, Math.max(14, 5 * background.noise, 2.5 * level)),
  );
  return background;
}

/** What of the frame is not background. Throws where the sizes differ. */
export function foregroundOf(frame: Frame, background: Background): Foreground {
  if (frame.width !== background.width || frame.height !== background.height) {
    throw new RangeError(
      `the frame is ${frame.width}×${frame.height}, the background ${background.width}×${background.height}; use frames of one source`,
    );
  }
  const difference = boxMean(rawDifference(frame, background), frame.width, frame.height, 1);
  const mask = new Uint8Array(difference.length);
  for (let pixel = 0; pixel < mask.length; pixel++)
    if (difference[pixel] > background.thresholds[pixel]) mask[pixel] = 1;
  return {
    difference,
    mask: closed(mask, frame.width, frame.height, closingRadius(frame.width)),
    exposure: exposureGain(frame.data, background.data),
  };
}

/** Gaps up to twice this many pixels inside an object are closed. */
export const closingRadius = (width: number) => Math.max(1, Math.round(width / 240));

/** Mean over a (2r+1)² window; beyond the edge the border value counts. */
export function boxMean(values: Float32Array, width: number, height: number, radius: number): Float32Array {
  const across = new Float32Array(values.length);
  const out = new Float32Array(values.length);
  for (let row = 0; row < height; row++) boxLine(values, across, row * width, 1, width, radius);
  for (let column = 0; column < width; column++) boxLine(across, out, column, width, height, radius);
  return out;
}

/** A running mean along `length` cells that lie `step` apart. */
function boxLine(
  values: Float32Array,
  out: Float32Array,
  start: number,
  step: number,
  length: number,
  radius: number,
): void {
  const last = start + (length - 1) * step;
  let sum = values[start] * (radius + 1);
  for (let ahead = 1; ahead <= radius; ahead++) sum += values[Math.min(last, start + ahead * step)];
  const share = 1 / (2 * radius + 1);
  const reach = radius * step;
  for (let cell = start; cell <= last; cell += step) {
    out[cell] = sum * share;
    sum +=
      values[cell + reach + step <= last ? cell + reach + step : last] -
      values[cell - reach >= start ? cell - reach : start];
  }
}

/** Dilation, then erosion, with a (2r+1)² square. */
function closed(mask: Uint8Array, width: number, height: number, radius: number): Uint8Array {
  return spread(spread(mask, width, height, radius, 1), width, height, radius, 0);
}

/** Let `value` (0 or 1) spread by `radius` cells in both directions. */
function spread(mask: Uint8Array, width: number, height: number, radius: number, value: 0 | 1): Uint8Array {
  const across = mask.slice();
  for (let cell = 0; cell < mask.length; cell++) {
    if (mask[cell] !== value) continue;
    const x = cell % width;
    across.fill(value, cell - Math.min(radius, x), cell + Math.min(radius, width - 1 - x) + 1);
  }
  const out = across.slice();
  for (let row = 0; row < height; row++) {
    for (let other = Math.max(0, row - radius); other <= Math.min(height - 1, row + radius); other++) {
      if (other === row) continue;
      const from = row * width;
      const to = other * width;
      for (let x = 0; x < width; x++) if (across[from + x] === value) out[to + x] = value;
    }
  }
  return out;
}

/** How much brighter the frame is than the background: the median ratio over a sparse grid. */
function exposureGain(data: Uint8ClampedArray, background: Uint8ClampedArray): number {
  const ratios: number[] = [];
  for (let green = 1; green < data.length; green += 4 * 97)
    if (background[green] > 16) ratios.push(data[green] / background[green]);
  return ratios.length ? Math.min(2, Math.max(0.5, median(ratios))) : 1;
}

function rawDifference(frame: Frame, background: Background): Float32Array {
  const gain = exposureGain(frame.data, background.data);
  const empty = background.data;
  const { data } = frame;
  const out = new Float32Array(frame.width * frame.height);
  for (let pixel = 0, byte = 0; pixel < out.length; pixel++, byte += 4) {
    const red = Math.abs(data[byte] - empty[byte] * gain);
    const green = Math.abs(data[byte + 1] - empty[byte + 1] * gain);
    const blue = Math.abs(data[byte + 2] - empty[byte + 2] * gain);
    out[pixel] = red > green ? (red > blue ? red : blue) : green > blue ? green : blue;
  }
  return out;
}

function noiseLevel(frame: Frame, background: Background): number {
  const gain = exposureGain(frame.data, background.data);
  const green: number[] = [];
  for (let byte = 1; byte < frame.data.length; byte += 4 * 37)
    green.push(Math.abs(frame.data[byte] - background.data[byte] * gain));
  return 1.48 * median(green);
}

/** Per pixel the 60th percentile of the samples' smoothed differences. */
function usualDifference(samples: readonly Frame[], background: Background): Float32Array {
  const { width, height } = background;
  const levels = samples.map((frame) => boxMean(rawDifference(frame, background), width, height, 1));
  const line = new Float32Array(samples.length);
  return background.thresholds.map((_, pixel) => {
    for (let sample = 0; sample < line.length; sample++) line[sample] = levels[sample][pixel];
    return line.sort()[Math.floor(0.6 * line.length)];
  });
}

/** Per pixel the mean colour of the samples that agree best on luma. */
function pixelwise(
  samples: readonly Frame[],
  gains: readonly number[],
  agree: (sorted: Float64Array) => [number, number],
): Uint8ClampedArray {
  const out = new Uint8ClampedArray(samples[0].data.length).fill(255);
  const luma = new Float64Array(samples.length);
  for (let byte = 0; byte < out.length; byte += 4) {
    for (let sample = 0; sample < luma.length; sample++) {
      const { data } = samples[sample];
      const level = (data[byte] + 2 * data[byte + 1] + data[byte + 2]) / 4 / gains[sample];
      luma[sample] = Math.round(level * 16) * SAMPLES + sample; // the sample's number rides along through the sort
    }
    luma.sort();
    const [first, last] = agree(luma);
    for (let channel = 0; channel < 3; channel++) {
      let sum = 0;
      for (let index = first; index <= last; index++) {
        const sample = luma[index] % SAMPLES;
        sum += samples[sample].data[byte + channel] / gains[sample];
      }
      out[byte + channel] = sum / (last - first + 1);
    }
  }
  return out;
}

const middleSample = (sorted: Float64Array): [number, number] => [sorted.length >> 1, sorted.length >> 1];

/**
 * The range of samples (within `AGREEING_LEVELS` of luma) that comes back most often: one point per separate stretch of
 * time, two more for the share of all samples.
 */
function returningSamples(sorted: Float64Array): [number, number] {
  const width = AGREEING_LEVELS * 16 * SAMPLES;
  let best = { score: -1, first: 0, last: 0 };
  for (let first = 0, last = 0; first < sorted.length; first++) {
    while (last + 1 < sorted.length && sorted[last + 1] - sorted[first] <= width) last++;
    const share = (last - first + 1) / sorted.length;
    if (best.score >= 2 * share + 1 + Math.min(last - first, sorted.length - 1 - (last - first))) continue;
    const score = 2 * share + stretches(sorted, first, last);
    if (score > best.score) best = { score, first, last };
  }
  return [best.first, best.last];
}

/** How many separate stretches of time the samples first…last come from. */
function stretches(sorted: Float64Array, first: number, last: number): number {
  present.fill(0, 0, sorted.length);
  for (let index = first; index <= last; index++) present[sorted[index] % SAMPLES] = 1;
  let count = 0;
  for (let sample = 0; sample < sorted.length; sample++)
    if (present[sample] && !(sample && present[sample - 1])) count++;
  return count;
}
const present = new Uint8Array(256);

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}
