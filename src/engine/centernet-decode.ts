/** CenterNet's outputs to objects: peaks of the class heat, box edges, overlap suppression. Plain arrays, no tensors. */
import { type Box, intersectionOverUnion } from '../lib/box';
import { HEAT_STRIDE } from './centernet-model';

export const CLASSES = 80;

/** A grid of values per cell, row by row, channels last. */
export interface CellGrid {
  width: number;
  height: number;
  values: Float32Array;
}

/** A found object before its appearance is read; the box in input pixels. */
export interface DecodedObject extends Box {
  classIndex: number;
  confidence: number;
}

export interface DecodeOptions {
  /** Objects below this confidence are left out, 0…1. */
  minimumConfidence: number;
  /** Of two boxes that overlap more than this (intersection over union, 0…1) the more confident stays; 1 keeps all. */
  maximumOverlap: number;
  /** At most so many objects, the most confident first. */
  limit: number;
}

/**
 * Objects from class heat [h/4, w/4, 80] and edge distances [h/4, w/4, 4] (left, top, right, bottom of the cell, in input
 * pixels), most confident first. A peak is a cell no smaller than its 3×3 neighbours of the same class.
 */
export function decodeObjects(heat: CellGrid, edges: CellGrid, options: DecodeOptions): DecodedObject[] {
  const peaks = findPeaks(heat, options.minimumConfidence).sort((a, b) => b.confidence - a.confidence);
  const kept: DecodedObject[] = [];
  for (const peak of peaks) {
    const object = { ...boxAt(edges, peak.x, peak.y), classIndex: peak.classIndex, confidence: peak.confidence };
    if (kept.some((other) => intersectionOverUnion(other, object) > options.maximumOverlap)) continue;
    kept.push(object);
    if (kept.length === options.limit) break;
  }
  return kept;
}

interface Peak {
  x: number;
  y: number;
  classIndex: number;
  confidence: number;
}

function findPeaks(heat: CellGrid, minimumConfidence: number): Peak[] {
  const { width, values } = heat;
  const peaks: Peak[] = [];
  for (let index = 0; index < values.length; index++) {
    const confidence = values[index];
    if (confidence < minimumConfidence) continue;
    const classIndex = index % CLASSES;
    const cell = (index - classIndex) / CLASSES;
    const x = cell % width;
    const y = (cell - x) / width;
    if (isLocalMaximum(heat, x, y, classIndex, confidence)) peaks.push({ x, y, classIndex, confidence });
  }
  return peaks;
}

function isLocalMaximum(
  { width, height, values }: CellGrid,
  x: number,
  y: number,
  classIndex: number,
  confidence: number,
) {
  for (let row = Math.max(0, y - 1); row <= Math.min(height - 1, y + 1); row++) {
    for (let column = Math.max(0, x - 1); column <= Math.min(width - 1, x + 1); column++) {
      if (values[(row * width + column) * CLASSES + classIndex] > confidence) return false;
    }
  }
  return true;
}

function boxAt({ width, values }: CellGrid, x: number, y: number): Box {
  const offset = (y * width + x) * 4;
  return {
    x0: x * HEAT_STRIDE - values[offset],
    y0: y * HEAT_STRIDE - values[offset + 1],
    x1: x * HEAT_STRIDE + values[offset + 2],
    y1: y * HEAT_STRIDE + values[offset + 3],
  };
}
