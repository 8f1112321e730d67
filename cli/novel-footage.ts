/** Footage that is labelled normal though it shows what its scene had not shown while it was learned. */
import type { PlantedManifest } from '../src/datasets/planted';
import { rocAuc } from '../src/metrics/roc';
import type { EvaluationResult } from './evaluation-result';

interface NovelFootage {
  fps: number;
  /** Of the footage that is planted in, in seconds. */
  spansS: readonly (readonly [number, number])[];
  /** What one sees there. */
  what: string;
}

/** By scene, found by looking through the part that is planted in for what the learned part does not show (`plantableSources` says which is which). */
const NOVEL: Record<string, NovelFootage> = {
  'pedestrians-vtest.mp4': {
    fps: 10,
    spansS: [[6.3, 17.2]],
    what: 'from the 7th to the 18th second somebody walks along a distant path on which nobody was in the 48 s learned',
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

/** Where each frame of a planted clip comes from, in seconds of its footage, which passes faster while a crowd runs (`PlantedManifest`). */
function footageTimes(frames: number, fps: number, events: PlantedManifest['events']): number[] {
  const running = events.filter(({ kind }) => kind === 'running');
  let position = 0;
  return Array.from({ length: frames }, (_, frame) => {
    const timeS = position / fps;
    // In the middle of the frame, so that rounding decides nothing.
    const run = running.find(({ startS, endS }) => (frame + 0.5) / fps > startS && (frame + 0.5) / fps < endS);
    position += run?.details.speedFactor ?? 1;
    return timeS;
  });
}

/** Null where all of the scene's normal frames are as they were learned. */
export function novelFrames(
  scene: string,
  clips: readonly Pick<EvaluationResult['perClip'][number], 'scores' | 'labels' | 'events'>[],
): NovelFrames | null {
  const known = NOVEL[scene];
  if (!known) return null;
  const { fps, spansS, what } = known;
  const frames = clips.flatMap(({ scores, labels, events }) => {
    const footageS = footageTimes(scores.length, fps, events ?? []);
    return scores.map((score, frame) => ({
      score,
      planted: labels[frame] === '1',
      novel: spansS.some(([fromS, toS]) => footageS[frame] >= fromS && footageS[frame] < toS),
    }));
  });
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
