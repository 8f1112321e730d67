/** HybridModel-1's object-level half as a streaming detector: features, a scene learned on the spot, calibrated judgement. */
import type { Exception } from '../../alerts/exception';
import type { Frame } from '../../media/frame';
import { rarityScore } from '../../normality/calibration';
import type { Interruption } from '../../normality/still-drift';
import { cardOf } from '../catalogue';
import type { Detector, DetectorEntry, LearnedScene, ObjectFinder, Observation } from '../detector';
import { LearningClips } from '../learning-clips';
import { cocoLabel } from './coco-labels';
import { extractorDefaults, HybridExtractor } from './extractor';
import type { HybridFeatures } from './features';
import { HybridJudge } from './judge';
import { shippedHalf } from './learned/shipped';
import { fitScene } from './scene';

/** The looks of the whole picture are learned from once in so many seconds. */
const PATCHES_EVERY_S = 0.6;

export class HybridDetector implements Detector {
  readonly name = 'hybrid';
  readonly judgesUnlearned = false;
  private readonly extractor: HybridExtractor;
  private judge: HybridJudge | null = null;
  private learned: LearnedScene | null = null;
  private accepted: readonly Exception[] = [];
  private readonly clips = new LearningClips<HybridFeatures>(cardOf('hybrid').mostLearned);
  private patchesS = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly finder: ObjectFinder,
    options = extractorDefaults,
    private readonly learnedHalf = shippedHalf(),
  ) {
    this.extractor = new HybridExtractor(finder, options);
  }

  get scene() {
    return this.learned;
  }

  async step(frame: Frame): Promise<Observation> {
    const features = await this.extractor.step(frame);
    return this.judge ? this.judge.step(features) : unjudged(features);
  }

  async learnStep(frame: Frame): Promise<number> {
    const features = await this.extractor.step(frame);
    this.clips.push(this.thinned(features));
    return features.moving;
  }

  /** What the whole picture looks like is kept once in a while: it is large, and changes little. */
  private thinned(features: HybridFeatures): HybridFeatures {
    if (!features.patches) return features;
    if (features.timeS - this.patchesS < PATCHES_EVERY_S - 1e-3) return { ...features, patches: null };
    this.patchesS = features.timeS;
    return features;
  }

  async finishLearning(onProgress?: (fraction: number) => void): Promise<LearnedScene> {
    const scene = await fitScene(this.clips.take(), { learned: this.learnedHalf }, onProgress);
    this.setScene(scene);
    return scene;
  }

  cancelLearning() {
    this.clips.clear();
  }

  setScene(scene: LearnedScene | null) {
    this.judge = scene && new HybridJudge(scene, this.learnedHalf);
    this.learned = scene;
    this.setAccepted(this.accepted);
  }

  setAccepted(accepted: readonly Exception[]) {
    this.accepted = accepted;
    if (this.judge) this.judge.accepted = accepted;
  }

  rawAt(returnPeriodS: number): number {
    return this.judge?.rawAt(returnPeriodS) ?? 1;
  }

  reset(after?: Interruption) {
    this.extractor.reset();
    this.judge?.reset(after);
    this.clips.newClip();
    this.patchesS = Number.NEGATIVE_INFINITY;
  }

  dispose() {
    this.cancelLearning();
    this.finder.dispose();
  }
}

/** Before a scene is learned there is nothing to compare with: objects are shown, nothing is called unusual. */
function unjudged(features: HybridFeatures): Observation {
  const { width, height } = features.flowGrid;
  const objects = features.objects.map((object) => ({
    ...object.box,
    trackId: object.trackId,
    label: cocoLabel(object.classIndex),
    raw: 0,
    reasons: [],
  }));
  const evidence = { width, height, values: new Float32Array(width * height) };
  return {
    timeS: features.timeS,
    raw: 0,
    returnPeriodS: 1,
    score: rarityScore(1),
    extrapolated: false,
    reasons: [],
    objects,
    evidence,
    motion: features.moving,
  };
}

export const hybrid: DetectorEntry = {
  card: cardOf('hybrid'),
  needs: { objects: true, network: null },
  config: {
    keyIntervalS: {
      value: extractorDefaults.keyIntervalS,
      label: 'Seconds between looks for objects',
      min: 0.1,
      max: 2,
    },
    confidence: { value: extractorDefaults.confidence, label: 'Least confidence of an object', min: 0.1, max: 0.9 },
  },
  create: (tools, config) =>
    new HybridDetector(tools.objects(), {
      keyIntervalS: Number(config.keyIntervalS ?? extractorDefaults.keyIntervalS),
      confidence: Number(config.confidence ?? extractorDefaults.confidence),
    }),
};
