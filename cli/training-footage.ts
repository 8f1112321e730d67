/** Footage to train networks on: normal parts only, split once more into a part that is learned and parts with planted anomalies. */
import { basename } from 'node:path';
import type { SceneSurvey } from '../src/datasets/scene-survey';
import type { ClipRef } from './clip';
import { type PlantableSource, plantableSources } from './dataset';
import { probeFootage } from './decode';

/** One scene of the training footage. */
export interface TrainingSource {
  name: string;
  folder: string;
  /** Normal clips that the scene's memory is learned from. */
  normal: ClipRef[];
  /** Normal clips of the same scene that are left out of the memory; anomalies are planted in them. */
  rest: ClipRef[];
}

/** Share of a clip that the memory is learned from; the rest is cut into parts of about this length, in seconds. */
const LEARNED_SHARE = 0.5;
const PART_S = 40;

/**
 * The scenes of the given folders, from what `npm run evaluate -- --dataset planted` learns on: 60 % of each video, three of four
 * image folders. Of a data set that holds `test` beside `train`, as Ped2 does, give the folder `train`.
 */
export async function trainingSources(folders: readonly string[]): Promise<TrainingSource[]> {
  const found = await Promise.all(
    folders.map(async (folder) => {
      const sources = await plantableSources(folder);
      return Promise.all(
        sources.map(async (source) => ({ folder, name: source.name, ...(await splitSource(source)) })),
      );
    }),
  );
  return found.flat();
}

async function splitSource({ train }: PlantableSource): Promise<Pick<TrainingSource, 'normal' | 'rest'>> {
  if (train.length > 1) {
    const left = train.filter((_, index) => index % 3 === 2);
    return { normal: train.filter((clip) => !left.includes(clip)), rest: left };
  }
  const { path, range } = train[0];
  const { timesS } = await probeFootage(path);
  const { from = 0, to = timesS.length } = range;
  const clip = (range: { from: number; to: number }): ClipRef => ({ ...train[0], name: basename(path), range });
  const split = from + Math.floor((to - from) * LEARNED_SHARE);
  const [first, second] = [
    { from, to: split },
    { from: split, to },
  ];
  // What the evaluation learns from the end is learned from the end here too.
  const [learned, rest] = from > 0 ? [second, first] : [first, second];
  const [start, end] = [rest.from, rest.to];
  const parts = Math.max(1, Math.floor((timesS[end - 1] - timesS[start]) / PART_S));
  const length = Math.floor((end - start) / parts);
  return {
    normal: [clip(learned)],
    rest: Array.from({ length: parts }, (_, index) =>
      clip({ from: start + index * length, to: start + (index + 1) * length }),
    ),
  };
}

/** `count` planted versions of each clip, each with a seed of its own. */
export function planted(clips: readonly ClipRef[], survey: SceneSurvey, count: number, seed: number): ClipRef[] {
  return clips.flatMap((clip, index) =>
    Array.from({ length: count }, (_, version) => ({
      ...clip,
      name: `${clip.name}#${index + 1}.${version + 1}`,
      truth: { kind: 'planted' as const, survey, seed: seed * 10_000 + index * 100 + version },
    })),
  );
}
