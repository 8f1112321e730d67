/** Footage that is labelled normal and is not: it shows what its scene had not shown while it was learned. */
import { rocAuc } from '../src/metrics/roc';
import type { EvaluationResult } from './evaluation-result';

interface NovelFootage {
  fps: number;
  /** Of every planted clip of the scene, in seconds. */
  spansS: readonly (readonly [number, number])[];
  /** What one sees there. */
  what: string;
}

/** By scene. The pictures were looked at because scores were high there; the spans are what one sees in them. */
const NOVEL: Record<string, NovelFootage> = {
  'pedestrians-vtest.mp4': {
    fps: 10,
    spansS: [
      [2.3, 25],
      [26, Number.POSITIVE_INFINITY],
    ],
    what: 'from the 3rd to the 25th second people walk about and stand on a lawn on which nobody had set foot for 48 s, and from the 27th on a car is unloaded',
  },
};

export interface NovelFrames {
  what: string;
  /** Frames without a planted anomaly, and how many of them show something new. */
  normal: number;
  novel: number;
  /** Micro AUC of planted frames against normal ones that show nothing new. */
  withoutAuc: number;
  /** And of those that do, in place of planted ones. */
  novelAuc: number;
}

/** Null where all of the scene's normal frames are as they were learned. */
export function novelFrames(
  scene: string,
  clips: readonly Pick<EvaluationResult['perClip'][number], 'scores' | 'labels'>[],
): NovelFrames | null {
  const known = NOVEL[scene];
  if (!known) return null;
  const { fps, spansS, what } = known;
  const frames = clips.flatMap(({ scores, labels }) =>
    scores.map((score, frame) => ({
      score,
      planted: labels[frame] === '1',
      novel: spansS.some(([fromS, toS]) => frame >= fromS * fps && frame < toS * fps),
    })),
  );
  const normal = frames.filter(({ planted }) => !planted);
  const ordinary = normal.filter(({ novel }) => !novel);
  const against = (unusual: typeof frames) =>
    rocAuc(
      [...ordinary, ...unusual].map(({ score }) => score),
      [...ordinary.map(() => 0), ...unusual.map(() => 1)],
    );
  return {
    what,
    normal: normal.length,
    novel: normal.length - ordinary.length,
    withoutAuc: against(frames.filter(({ planted }) => planted)),
    novelAuc: against(normal.filter(({ novel }) => novel)),
  };
}
