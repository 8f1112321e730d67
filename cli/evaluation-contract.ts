/** A detector as the evaluation needs it: costly features per frame, then a scene fitted on them, then cheap judgement. */
import type { LearnedScene, Observation } from '../src/detectors/detector';
import type { Frame } from '../src/media/frame';

/** Features are plain data that can be structured-cloned. */
export interface FeatureExtractor {
  extract(frame: Frame): Promise<unknown>;
  /** Begin a new clip. */
  reset(): void;
}

/** Judges the frames of one clip in order. */
export interface FeatureJudge {
  step(features: unknown): Observation | Promise<Observation>;
}

export interface EvaluationDetector {
  name: string;
  /** Detectors of the same features and configuration share what was extracted; the detector's name unless told. */
  features?: string;
  config: Record<string, unknown>;
  createExtractor(): Promise<FeatureExtractor>;
  fit(clips: unknown[][], seed: number): Promise<LearnedScene>;
  createJudge(scene: LearnedScene): FeatureJudge | Promise<FeatureJudge>;
}
