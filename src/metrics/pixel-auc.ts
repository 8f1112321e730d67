/** How well the evidence map finds the abnormal pixels, from a map of cells and a pixel mask. */
import { aucOfSteps, scoreSteps } from './roc';

/** A frame's map as cells, each with its evidence and how many abnormal and normal pixels lie in it. */
export interface PixelEvidence {
  values: Float32Array;
  abnormalPixels: Uint32Array;
  normalPixels: Uint32Array;
}

/** A map of cells that covers the whole frame, row by row. */
export interface CellMap {
  width: number;
  height: number;
  values: Float32Array;
}

/** A pixel mask: 0 = normal, anything else = abnormal. */
export interface PixelMask {
  width: number;
  height: number;
  data: Uint8Array | Uint8ClampedArray;
}

/** Count the mask's pixels per cell of the map (each pixel belongs to the cell under its centre); null = a wholly normal frame of `size`. */
export function pixelEvidence(
  map: CellMap,
  mask: PixelMask | null,
  size: { width: number; height: number },
): PixelEvidence {
  const abnormalPixels = new Uint32Array(map.values.length);
  const pixels = new Uint32Array(map.values.length);
  const { width, height } = mask ?? size;
  const columns = Uint32Array.from({ length: width }, (_, x) => Math.floor(((x + 0.5) * map.width) / width));
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * map.height) / height) * map.width;
    for (let x = 0; x < width; x++) {
      pixels[row + columns[x]]++;
      if (mask?.data[y * width + x]) abnormalPixels[row + columns[x]]++;
    }
  }
  return {
    values: map.values,
    abnormalPixels,
    normalPixels: pixels.map((count, cell) => count - abnormalPixels[cell]),
  };
}

/** AUC over all pixels of all frames in one ranking; pixels of a cell share its evidence, so this is exact, not sampled. */
export function pixelAuc(frames: readonly PixelEvidence[]): number {
  return aucOfSteps(
    scoreSteps(joined(frames, 'values'), joined(frames, 'abnormalPixels'), joined(frames, 'normalPixels')),
  );
}

/**
 * The pixel-level criterion of Mahadevan et al. (CVPR 2010) as an AUC: an abnormal frame is found at a threshold where at
 * least `share` of its abnormal pixels reach it; a normal frame is a false positive where any pixel does.
 */
export function pixelCriterionScore(frame: PixelEvidence, share = 0.4): { score: number; label: 0 | 1 } {
  const abnormal = frame.abnormalPixels.reduce((sum, count) => sum + count, 0);
  if (!abnormal) return { score: frame.values.reduce((a, b) => Math.max(a, b), Number.NEGATIVE_INFINITY), label: 0 };
  const cells = [...frame.values.keys()]
    .filter((cell) => frame.abnormalPixels[cell])
    .sort((a, b) => frame.values[b] - frame.values[a]);
  let covered = 0;
  for (const cell of cells) {
    covered += frame.abnormalPixels[cell];
    if (covered >= share * abnormal) return { score: frame.values[cell], label: 1 };
  }
  return { score: Number.NEGATIVE_INFINITY, label: 1 };
}

/** Pixel counts by evidence in equal steps of rank, for resampling clips many times; `edges` are ascending. */
export interface EvidenceHistogram {
  abnormal: Float64Array;
  normal: Float64Array;
}

/** Ascending evidence values that split the frames' cells into about `bins` equal parts. */
export function evidenceEdges(frames: readonly PixelEvidence[], bins = 2048): Float32Array {
  const values = joined(frames, 'values').sort();
  const edges = Float32Array.from({ length: bins }, (_, bin) => values[Math.floor((bin * values.length) / bins)]);
  return new Float32Array(new Set(edges));
}

export function evidenceHistogram(frames: readonly PixelEvidence[], edges: Float32Array): EvidenceHistogram {
  const histogram = { abnormal: new Float64Array(edges.length + 1), normal: new Float64Array(edges.length + 1) };
  for (const frame of frames) {
    for (let cell = 0; cell < frame.values.length; cell++) {
      const bin = binOf(frame.values[cell], edges);
      histogram.abnormal[bin] += frame.abnormalPixels[cell];
      histogram.normal[bin] += frame.normalPixels[cell];
    }
  }
  return histogram;
}

/** Pixel AUC from histograms with the same edges; values in one bin count as ties. */
export function histogramAuc(histograms: readonly EvidenceHistogram[]): number {
  const sum = (key: 'abnormal' | 'normal') =>
    histograms
      .reduce(
        (total, histogram) => total.map((value, bin) => value + histogram[key][bin]),
        new Float64Array(histograms[0]?.[key].length ?? 0),
      )
      .reverse();
  return aucOfSteps({ scores: new Float64Array(), positives: sum('abnormal'), negatives: sum('normal') });
}

/** Number of edges ≤ value. */
function binOf(value: number, edges: Float32Array): number {
  let low = 0;
  let high = edges.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (edges[middle] <= value) low = middle + 1;
    else high = middle;
  }
  return low;
}

function joined(frames: readonly PixelEvidence[], key: keyof PixelEvidence): Float64Array {
  const all = new Float64Array(frames.reduce((sum, frame) => sum + frame.values.length, 0));
  let offset = 0;
  for (const frame of frames) {
    all.set(frame[key], offset);
    offset += frame[key].length;
  }
  return all;
}
