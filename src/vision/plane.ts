/** Single-channel pictures as plain arrays, and the few filters the motion path needs. */
import type { Frame } from '../media/frame';

/** A single-channel picture or grid: width × height values, row by row. */
export interface Plane {
  width: number;
  height: number;
  values: Float32Array;
}

export const createPlane = (width: number, height: number): Plane => ({
  width,
  height,
  values: new Float32Array(width * height),
});

/**
 * Luma (BT.601, 0…255) of a frame, shrunk to width × height by averaging the pixels each cell covers
 * (area weights at the edges of a cell). Where the frame is smaller than the grid it is sampled instead.
 */
export function lumaPlane(frame: Frame, width: number, height: number): Plane {
  const rows = shrinkRows(frame, width);
  const plane = createPlane(width, height);
  const scale = frame.height / height;
  for (let y = 0; y < height; y++) {
    const top = y * scale;
    const bottom = (y + 1) * scale;
    const target = y * width;
    for (let row = Math.floor(top); row < Math.min(frame.height, Math.ceil(bottom)); row++) {
      const weight = (Math.min(row + 1, bottom) - Math.max(row, top)) / scale;
      if (weight <= 0) continue;
      const source = row * width;
      for (let x = 0; x < width; x++) plane.values[target + x] += weight * rows[source + x];
    }
  }
  return plane;
}

/** Each row of the frame shrunk to `width` luma values. */
function shrinkRows(frame: Frame, width: number): Float32Array {
  const rows = new Float32Array(width * frame.height);
  const scale = frame.width / width;
  for (let x = 0; x < width; x++) {
    const left = x * scale;
    const right = (x + 1) * scale;
    for (let column = Math.floor(left); column < Math.min(frame.width, Math.ceil(right)); column++) {
      const weight = (Math.min(column + 1, right) - Math.max(column, left)) / scale;
      if (weight <= 0) continue;
      for (let row = 0, i = column * 4, j = x; row < frame.height; row++, i += frame.width * 4, j += width) {
        rows[j] += weight * (0.299 * frame.data[i] + 0.587 * frame.data[i + 1] + 0.114 * frame.data[i + 2]);
      }
    }
  }
  return rows;
}

/** The mean of each 2×2 cells; an odd last row or column is left out. */
export function halved({ width, height, values }: Plane): Plane {
  const out = createPlane(width >> 1, height >> 1);
  for (let row = 0, i = 0; row < out.height; row++) {
    for (let column = 0; column < out.width; column++, i++) {
      const at = 2 * row * width + 2 * column;
      out.values[i] = (values[at] + values[at + 1] + values[at + width] + values[at + width + 1]) / 4;
    }
  }
  return out;
}

/** Mean over a (2·radius+1)² window by running sums; edges are repeated. `out` may not be `plane`. */
export function boxMean(plane: Plane, radius: number, out = createPlane(plane.width, plane.height)): Plane {
  const { width, height, values } = plane;
  const rows = new Float32Array(values.length);
  const norm = 1 / (2 * radius + 1);
  for (let y = 0; y < height; y++) runningMean(values, rows, y * width, 1, width, radius, norm);
  for (let x = 0; x < width; x++) runningMean(rows, out.values, x, width, height, radius, norm);
  return out;
}

function runningMean(
  from: Float32Array,
  to: Float32Array,
  start: number,
  stride: number,
  count: number,
  radius: number,
  norm: number,
) {
  const at = (i: number) => from[start + Math.min(Math.max(i, 0), count - 1) * stride];
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += at(i);
  for (let i = 0; i < count; i++) {
    to[start + i * stride] = sum * norm;
    sum += at(i + radius + 1) - at(i - radius);
  }
}

/** The plane minus its local mean: what is left does not change when the light does. */
export function highPass(plane: Plane, radius: number): Plane {
  const mean = boxMean(plane, radius);
  for (let i = 0; i < mean.values.length; i++) mean.values[i] = plane.values[i] - mean.values[i];
  return mean;
}

/** Value at (x, y) in cell units by bilinear interpolation; outside, the edge is repeated. */
export function sampleBilinear(plane: Plane, x: number, y: number): number {
  const { width, height, values } = plane;
  const cx = Math.min(Math.max(x, 0), width - 1);
  const cy = Math.min(Math.max(y, 0), height - 1);
  const x0 = Math.min(Math.floor(cx), Math.max(0, width - 2));
  const y0 = Math.min(Math.floor(cy), Math.max(0, height - 2));
  const fx = cx - x0;
  const fy = cy - y0;
  const right = width > 1 ? 1 : 0;
  const below = height > 1 ? width : 0;
  const i = y0 * width + x0;
  const top = values[i] * (1 - fx) + values[i + right] * fx;
  const bottom = values[i + below] * (1 - fx) + values[i + below + right] * fx;
  return top * (1 - fy) + bottom * fy;
}
