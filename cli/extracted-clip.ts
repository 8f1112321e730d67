/** The costly half of an evaluation: a clip's features and ground truth, which can be kept on disk. */
import { join } from 'node:path';
import type { PlantedManifest } from '../src/datasets/planted';
import type { Box } from '../src/lib/box';
import { frameDifferenceEnergy } from '../src/metrics/trivial-scorers';
import { type ClipRef, openClip } from './clip';
import type { FeatureExtractor } from './evaluation-contract';
import { evaluationDetector } from './evaluation-detector';
import { keep, readKept } from './kept-file';

/** Frames nearer than this to the last analysed one are not analysed; they get its score. 25 fps becomes 12.5, 30 fps 10. */
export const LEAST_INTERVAL_S = 0.075;

/** An analysed frame. */
export interface ExtractedFrame {
  features: unknown;
  /** Mean squared difference from the analysed frame before. */
  energy: number;
  /** Runs of abnormal pixels as start, length, start, length …; null in a frame without a mask. */
  maskRuns: Uint32Array | null;
  truth: (Box & { track: number })[];
}

export interface ExtractedClip {
  name: string;
  width: number;
  height: number;
  /** Whether pixels are labelled. */
  masked: boolean;
  manifest: PlantedManifest | null;
  /** Per frame of the footage: time, label, and the index of the analysed frame that it takes its score from. */
  timesS: number[];
  labels: number[];
  analysedBy: number[];
  frames: ExtractedFrame[];
  /** Seconds spent in the detector's extractor; null where the features are kept ones of an earlier run. */
  extractS: number | null;
}

/** Extract a clip; with a cache folder, a clip extracted before with the same detector settings is read from there. */
export async function extractClip(
  clip: ClipRef,
  extractor: FeatureExtractor,
  cacheFile: string | null,
): Promise<ExtractedClip> {
  if (cacheFile) {
    const kept = await readKept<ExtractedClip>(cacheFile);
    if (kept) return { ...kept, extractS: null };
  }
  const extracted = await extractFrames(clip, extractor);
  if (cacheFile) await keep(cacheFile, extracted);
  return extracted;
}

/** The file of a clip in a cache folder, named by the detector's settings and the clip. Its labels are kept in it: corrected ones need another folder. */
export function cacheFile(folder: string | undefined, detector: string, clip: ClipRef): string | null {
  if (!folder) return null;
  const { config, features = detector } = evaluationDetector(detector);
  const settings = JSON.stringify(config).replace(/[^\w.]+/g, '-');
  const seed = clip.truth.kind === 'planted' ? `-planted${clip.truth.seed}` : '';
  const range = `${clip.range.from ?? 0}-${clip.range.to ?? 'end'}`;
  return join(folder, `${features}${settings}`, `${clip.path.replace(/[^\w]+/g, '_')}-${range}${seed}.bin`);
}

async function extractFrames(clip: ClipRef, extractor: FeatureExtractor): Promise<ExtractedClip> {
  const { info, frames, masked, manifest } = await openClip(clip);
  const extracted: Omit<ExtractedClip, 'extractS'> = {
    name: clip.name,
    width: info.width,
    height: info.height,
    masked,
    manifest,
    timesS: [],
    labels: [],
    analysedBy: [],
    frames: [],
  };
  let extractS = 0;
  let lastS = Number.NEGATIVE_INFINITY;
  let previous: Uint8ClampedArray | null = null;
  extractor.reset();
  for await (const { frame, label, mask, truth } of frames) {
    extracted.timesS.push(frame.timeS);
    extracted.labels.push(label);
    if (frame.timeS - lastS >= LEAST_INTERVAL_S) {
      lastS = frame.timeS;
      const energy = frameDifferenceEnergy(frame.data, previous);
      previous = frame.data.slice();
      const started = performance.now();
      const features = await extractor.extract(frame);
      extractS += (performance.now() - started) / 1000;
      extracted.frames.push({ features, energy, maskRuns: mask && runsOf(mask), truth });
    }
    extracted.analysedBy.push(extracted.frames.length - 1);
  }
  return { ...extracted, extractS };
}

function runsOf(mask: Uint8Array): Uint32Array {
  const runs: number[] = [];
  for (let pixel = 0; pixel < mask.length; pixel++) {
    if (!mask[pixel]) continue;
    const start = pixel;
    while (pixel < mask.length && mask[pixel]) pixel++;
    runs.push(start, pixel - start);
  }
  return Uint32Array.from(runs);
}

/** The mask back from its runs. */
export function maskOf(
  runs: Uint32Array,
  width: number,
  height: number,
): { width: number; height: number; data: Uint8Array } {
  const data = new Uint8Array(width * height);
  for (let run = 0; run < runs.length; run += 2) data.fill(1, runs[run], runs[run] + runs[run + 1]);
  return { width, height, data };
}
