/** A scene learned for STADNet, applied to streams: calibrated observations with an evidence map and reasons. */
import type { Reason } from '../../alerts/moment';
import { rarityScore, rawAt, returnPeriod } from '../../normality/calibration';
import { contribution, standardised } from '../../normality/cue-scale';
import type { LearnedScene, Observation } from '../detector';
import type { NetworkRunner } from '../network-runner';
import type { StreamFrame } from '../streams/stream-frame';
import { streamInputs } from '../streams/stream-inputs';
import { type FrameCues, PLACE_CUES, type PlaceCue, readCues, scoreCues } from './cues';
import { SCENE_VERSION, type StadnetModel } from './scene';
import { ScoreSmoother } from './score-smoother';

/** Cues below this standard are ordinary and are not spoken of. */
const WORTH_SAYING = 1;

/** Streaming; `reset` between clips. The runner is the caller's to dispose. */
export class StadnetJudge {
  private readonly model: StadnetModel;
  private smoother = new ScoreSmoother();

  /** Throws where the scene is of another detector or version. */
  constructor(
    private readonly scene: LearnedScene,
    private readonly runner: NetworkRunner,
  ) {
    if (scene.detector !== 'stadnet' || scene.version !== SCENE_VERSION) {
      throw new Error(
        `This scene was learned by ${scene.detector} (format ${scene.version}); stadnet reads format ${SCENE_VERSION}. Learn the scene again.`,
      );
    }
    this.model = scene.model as StadnetModel;
  }

  reset() {
    this.runner.reset();
    this.smoother = new ScoreSmoother();
  }

  /** The raw score at which a moment gets the return period `periodS`. */
  rawAt(periodS: number): number {
    return rawAt(this.model.calibration, periodS);
  }

  /** Throws where the picture is not of the size in which the scene was learned. */
  async step(frame: StreamFrame): Promise<Observation> {
    this.requireSize(frame);
    const { memory, encoder, scales, calibration } = this.model;
    const inputs = streamInputs(frame, memory);
    const output = await this.runner.step(inputs);
    const cues = readCues(inputs, output, encoder);
    const scored = scoreCues(cues, scales);
    const raw = this.smoother.step(frame.timeS, scored.raw);
    const periodS = returnPeriod(calibration, raw);
    return {
      timeS: frame.timeS,
      raw,
      returnPeriodS: periodS,
      score: rarityScore(periodS),
      extrapolated: periodS > calibration.durationS,
      reasons: this.reasons(cues, scored.places),
      objects: [],
      evidence: { width: cues.width, height: cues.height, values: scored.places.map((score) => Math.max(0, score)) },
      motion: frame.moving,
    };
  }

  private requireSize({ frameWidth, frameHeight }: StreamFrame) {
    const { width, height } = this.scene;
    if (width === frameWidth && height === frameHeight) return;
    throw new Error(
      `This scene was learned at ${width}×${height} pixels and the picture now has ${frameWidth}×${frameHeight}. Learn the scene again.`,
    );
  }

  /** Why the highest place is unusual, strongest first. */
  private reasons(cues: FrameCues, scores: Float32Array): Reason[] {
    const place = scores.indexOf(scores.reduce((most, score) => Math.max(most, score)));
    const { scales } = this.model;
    const said = PLACE_CUES.map((cue) => {
      const value = cues.places[cue][place];
      return { ...say[cue](value, value / scales[cue].upper), weight: contribution(standardised(scales[cue], value)) };
    });
    return said.filter(({ weight }) => weight > 1.1 * WORTH_SAYING).sort((a, b) => b.weight - a.weight);
  }
}

const times = (ratio: number) => `${ratio < 10 ? ratio.toFixed(1) : Math.round(ratio)}×`;

const say: Record<PlaceCue, (value: number, ratio: number) => Omit<Reason, 'weight'>> = {
  network: (logit) => ({
    cue: 'pattern',
    text: `looks like the anomalies the network was trained on (${Math.round(100 / (1 + Math.exp(-logit)))} %)`,
  }),
  surprise: (_, ratio) => ({
    cue: 'motion',
    text: `motion unlike what was learned here (${times(ratio)} the usual surprise)`,
  }),
  stream: (_, ratio) => ({
    cue: 'place',
    text: `motion never seen at this place (${times(ratio)} the usual deviation)`,
  }),
};
