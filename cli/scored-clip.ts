/** The cheap half of an evaluation: a clip's features judged against a learned scene. */
import type { LearnedScene, Observation } from '../src/detectors/detector';
import type { LabelledClip } from '../src/metrics/clip-auc';
import { type PixelEvidence, pixelEvidence } from '../src/metrics/pixel-auc';
import type { ScoredBox, TruthBox } from '../src/metrics/region-criterion';
import { evaluationDetector } from './evaluation-detector';
import { type ExtractedClip, maskOf } from './extracted-clip';

/** What is kept of an analysed frame for the localisation criteria. */
export interface ScoredFrame {
  map: { width: number; height: number; values: Float32Array };
  detected: ScoredBox[];
  truth: TruthBox[];
  pixels: PixelEvidence | null;
}

/** A clip with a score per frame of its footage. */
export interface ScoredClip extends LabelledClip {
  name: string;
  width: number;
  height: number;
  masked: boolean;
  manifest: ExtractedClip['manifest'];
  scores: number[];
  labels: number[];
  timesS: number[];
  returnPeriodsS: number[];
  energies: number[];
  frames: ScoredFrame[];
  /** Analysed frames, and the seconds that the detector took for them; null where part of its work was kept from an earlier run. */
  analysedFrames: number;
  analysisS: number | null;
}

/** Judge a clip; frames that were not analysed take the score of the last one that was, never of a later one. */
export async function scoreClip(clip: ExtractedClip, detector: string, scene: LearnedScene): Promise<ScoredClip> {
  const judge = await evaluationDetector(detector).createJudge(scene);
  const started = performance.now();
  const observations: Observation[] = [];
  for (const { features } of clip.frames) observations.push(await judge.step(features));
  const judgeS = (performance.now() - started) / 1000;
  const perFrame = (value: (analysed: number) => number) => clip.analysedBy.map(value);
  const frames = clip.frames.map(({ maskRuns, truth }, index): ScoredFrame => {
    const { evidence, objects } = observations[index];
    const mask = maskRuns && maskOf(maskRuns, clip.width, clip.height);
    const detected = objects.map(({ x0, y0, x1, y1, raw }) => ({ x0, y0, x1, y1, score: raw }));
    return { map: evidence, detected, truth, pixels: clip.masked ? pixelEvidence(evidence, mask, clip) : null };
  });
  return {
    name: clip.name,
    width: clip.width,
    height: clip.height,
    masked: clip.masked,
    manifest: clip.manifest,
    scores: perFrame((index) => observations[index].raw),
    labels: clip.labels,
    timesS: clip.timesS,
    returnPeriodsS: perFrame((index) => observations[index].returnPeriodS),
    energies: perFrame((index) => clip.frames[index].energy),
    frames,
    analysedFrames: clip.frames.length,
    analysisS: clip.extractS === null ? null : clip.extractS + judgeS,
  };
}
