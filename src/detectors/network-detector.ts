/** Detectors whose judgement rests on a trained network: streams of the frame, the network, a scene learned on the spot. */
import type { Exception } from '../alerts/exception';
import type { Frame } from '../media/frame';
import type { StoredWeights } from '../nn/stored-weights';
import { rarityScore } from '../normality/calibration';
import type { Interruption } from '../normality/still-drift';
import { cardOf } from './catalogue';
import type { Detector, DetectorEntry, LearnedScene, NetworkTensors, Observation } from './detector';
import { LearningClips } from './learning-clips';
import type { NetworkRunner } from './network-runner';
import { NetworkJudge } from './network-scene/judge';
import { fitNetworkScene, type NetworkSceneKind } from './network-scene/scene';
import { StreamExtractor } from './streams/stream-extractor';
import type { StreamFrame } from './streams/stream-frame';

/** Before a scene is learned it judges by what was shipped with the weights, where something was. */
export class NetworkDetector implements Detector {
  readonly name: string;
  readonly judgesUnlearned: boolean;
  private readonly extractor = new StreamExtractor();
  private readonly clips: LearningClips<StreamFrame>;
  private judge: NetworkJudge | null = null;
  private learned: LearnedScene | null = null;
  private accepted: readonly Exception[] = [];

  constructor(
    private readonly kind: NetworkSceneKind,
    private readonly tensors: NetworkTensors,
  ) {
    this.name = kind.detector;
    this.clips = new LearningClips(cardOf(kind.detector).mostLearned);
    this.judgesUnlearned = tensors.shipped !== null;
    this.setScene(null);
  }

  get scene() {
    return this.learned;
  }

  async step(frame: Frame): Promise<Observation> {
    const streams = this.extractor.step(frame);
    return this.judge ? this.judge.step(streams) : unjudged(streams);
  }

  async learnStep(frame: Frame): Promise<number> {
    const streams = this.extractor.step(frame);
    this.clips.push(streams);
    return streams.moving;
  }

  async finishLearning(onProgress?: (fraction: number) => void): Promise<LearnedScene> {
    const scene = await fitNetworkScene(this.kind, this.clips.take(), this.tensors, {}, onProgress);
    this.setScene(scene);
    return scene;
  }

  cancelLearning() {
    this.clips.clear();
  }

  setScene(scene: LearnedScene | null) {
    const judgedBy = scene ?? this.tensors.shipped;
    this.judge = judgedBy && new NetworkJudge(this.kind, judgedBy, this.tensors);
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
    this.tensors.reset();
    this.judge?.reset(after);
    this.clips.newClip();
  }

  dispose() {
    this.cancelLearning();
    this.tensors.dispose();
  }
}

/** Without a scene and without shipped normality nothing is called unusual. */
function unjudged({ timeS, grid, moving }: StreamFrame): Observation {
  const { width, height } = grid;
  return {
    timeS,
    raw: 0,
    returnPeriodS: 1,
    score: rarityScore(1),
    extrapolated: false,
    reasons: [],
    objects: [],
    evidence: { width, height, values: new Float32Array(width * height) },
    motion: moving,
  };
}

/** The registry's entry of a network detector. `runner` loads the network's code only where its tensors live. */
export const networkDetector = (
  kind: NetworkSceneKind,
  runner: (stored: StoredWeights) => Promise<NetworkRunner>,
): DetectorEntry => ({
  card: cardOf(kind.detector),
  needs: { objects: false, network: runner },
  config: {},
  create: (tools) => new NetworkDetector(kind, tools.network()),
});
