/** A clip of an evaluation: which footage, with which ground truth; read as labelled frames. */
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { type PlantedManifest, plantClip } from '../src/datasets/planted';
import type { SceneSurvey } from '../src/datasets/scene-survey';
import type { Box } from '../src/lib/box';
import type { Frame } from '../src/media/frame';
import { linkRegions, maskRegions } from '../src/metrics/regions';
import { probeFootage, readFrames } from './decode';
import { imageFiles } from './decode-images';
import type { FootageInfo, FrameRange } from './footage';

/** Where the ground truth comes from. `none`: normal footage. */
export type Truth =
  | { kind: 'none' }
  /** A label per frame (null = where the mask is not empty), and pixel masks: a folder with an image per frame, or given. */
  | { kind: 'labels'; labels: Uint8Array | null; masks: string | GivenMasks | null }
  | { kind: 'planted'; survey: SceneSurvey; seed: number };

/** Masks in their own size; all zero = a normal frame. */
interface GivenMasks {
  width: number;
  height: number;
  frames: Uint8Array[];
}

/** Plain data, so that it can be sent to a worker. */
export interface ClipRef {
  name: string;
  path: string;
  imagesFps: number;
  range: FrameRange;
  truth: Truth;
}

/** One frame with its ground truth. */
export interface LabelledFrame {
  frame: Frame;
  label: 0 | 1;
  /** Non-zero = abnormal; null where the frame is normal or no masks are known. */
  mask: Uint8Array | null;
  truth: (Box & { track: number })[];
}

/** The opened clip; `manifest` only where anomalies were planted, `masked` where pixels are labelled. */
export interface OpenedClip {
  info: FootageInfo;
  masked: boolean;
  manifest: PlantedManifest | null;
  frames: AsyncIterable<LabelledFrame>;
}

export async function openClip(clip: ClipRef): Promise<OpenedClip> {
  const info = await probeFootage(clip.path, { imagesFps: clip.imagesFps });
  if (clip.truth.kind === 'planted') {
    const planted = await plantClip(() => readFrames(info, clip.range), clip.truth.survey, clip.truth.seed);
    return { info, masked: true, manifest: planted.manifest, frames: planted.frames() };
  }
  const masked = clip.truth.kind === 'labels' && clip.truth.masks !== null;
  return { info, masked, manifest: null, frames: labelledFrames(clip, info) };
}

async function* labelledFrames({ range, truth }: ClipRef, info: FootageInfo): AsyncGenerator<LabelledFrame> {
  const masks = truth.kind === 'labels' && truth.masks ? await readMasks(truth.masks, info) : null;
  const regions = masks && linkRegions(masks.map((data) => (data ? maskRegions({ ...info, data }) : [])));
  let index = range.from ?? 0;
  for await (const frame of readFrames(info, range)) {
    const mask = masks?.[index] ?? null;
    const abnormal = truth.kind === 'labels' && (truth.labels ? truth.labels[index] : mask);
    yield { frame, label: abnormal ? 1 : 0, mask, truth: regions?.[index] ?? [] };
    index++;
  }
}

/** Masks at the size the frames are analysed in; null for a normal frame. */
async function readMasks(masks: string | GivenMasks, { width, height }: FootageInfo): Promise<(Uint8Array | null)[]> {
  const resized = async (image: Sharp, threshold: number) => {
    const sized = image.resize(width, height, { fit: 'fill', kernel: 'nearest' }).toColourspace('b-w');
    const levels = await sized.extractChannel(0).raw().toBuffer();
    return levels.some((level) => level > threshold)
      ? Uint8Array.from(levels, (level) => (level > threshold ? 1 : 0))
      : null;
  };
  const found: (Uint8Array | null)[] = [];
  if (typeof masks === 'string') {
    for (const name of await imageFiles(masks)) found.push(await resized(sharp(join(masks, name)), 127));
  } else {
    const raw = { width: masks.width, height: masks.height, channels: 1 as const };
    for (const mask of masks.frames) found.push(await resized(sharp(mask, { raw }), 0));
  }
  return found;
}
