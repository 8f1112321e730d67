/** A scene learned for a network detector, applied to streams: calibrated observations with an evidence map and reasons. */
import type { Exception } from '../../alerts/exception';
import type { Reason } from '../../alerts/moment';
import { rarityScore } from '../../normality/calibration';
import { momentAt, periodsOf, ScoreScales } from '../../normality/rarity';
import type { Interruption } from '../../normality/still-drift';
import { withoutAcceptedPlaces } from '../accepted-places';
import type { LearnedScene, Observation } from '../detector';
import type { NetworkRunner } from '../network-runner';
import {
  fastMotionReason,
  lastingReasons,
  standingReason,
  strongestReasons,
  times,
  unseenMotionReason,
} from '../reason-words';
import { requireSceneOf, requireSceneSize } from '../scene-fit';
import type { StreamFrame } from '../streams/stream-frame';
import { streamInputs } from '../streams/stream-inputs';
import { CueReader } from './cue-reader';
import { type FrameCues, largest, type PlaceCue, placeParts, scoreCues } from './cues';
import { createSmoother, type NetworkSceneKind, type NetworkSceneModel } from './scene';

/** Streaming; `reset` between clips. The runner is the caller's to dispose. */
export class NetworkJudge {
  private readonly model: NetworkSceneModel;
  private readonly scoreScales: ScoreScales;
  private readonly reader: CueReader;
  /** Sights that the user called normal; what is like them scores as nothing. */
  accepted: readonly Exception[] = [];

  /** Throws where the scene is of another detector or version. */
  constructor(
    kind: NetworkSceneKind,
    private readonly scene: LearnedScene,
    private readonly runner: Pick<NetworkRunner, 'step' | 'reset'>,
  ) {
    requireSceneOf(scene, kind.detector, kind.version);
    this.model = scene.model as NetworkSceneModel;
    this.scoreScales = new ScoreScales(createSmoother(), this.model.rarity.lastingCap);
    this.reader = new CueReader(this.model.here);
  }

  /** See `Detector.reset`. */
  reset(after?: Interruption) {
    this.reader.reset(after);
    this.runner.reset();
    this.scoreScales.reset();
  }

  /** The raw score at which a moment gets the return period `periodS`. */
  rawAt(periodS: number): number {
    return momentAt(this.model.rarity, periodS);
  }

  /** Throws where the picture is not of the size in which the scene was learned. */
  async step(frame: StreamFrame): Promise<Observation> {
    const { here, rarity } = this.model;
    if (here) requireSceneSize(this.scene, frame);
    const inputs = streamInputs(frame, here?.memory ?? null);
    const output = await this.runner.step(inputs);
    const cues = this.reader.read(frame, inputs, output);
    const { places, raw: highest } = this.withoutAccepted(frame, cues);
    const scores = this.scoreScales.step(frame.timeS, highest);
    const { periodS, lastingS } = periodsOf(rarity, scores);
    return {
      timeS: frame.timeS,
      raw: scores.moment,
      returnPeriodS: periodS,
      score: rarityScore(periodS),
      extrapolated: periodS > rarity.moment.durationS,
      reasons: [...this.reasonsAt(cues, places.indexOf(highest)), ...lastingReasons(rarity, scores, lastingS)],
      objects: [],
      evidence: { width: cues.width, height: cues.height, values: places.map((score) => Math.max(0, score)) },
      attention: { maps: output.attention, ranges: output.ranges },
      motion: frame.moving,
    };
  }

  /** The frame as it is to one to whom all that the user called normal is. */
  private withoutAccepted({ grid }: StreamFrame, cues: FrameCues): { places: Float32Array; raw: number } {
    const scored = scoreCues(cues, this.model.scales);
    if (this.accepted.length === 0) return scored;
    const { width, height } = cues;
    const ofPlaces = { width, height, cellSize: 2 * grid.cellSize };
    const places = withoutAcceptedPlaces(scored.places, ofPlaces, this.accepted, (place) =>
      this.reasonsAt(cues, place),
    );
    return { places, raw: largest(places) };
  }

  /** Why a place is unusual, strongest first. */
  private reasonsAt(cues: FrameCues, place: number): Reason[] {
    const { scales, here } = this.model;
    const said = placeParts(cues, scales, place).map(({ cue, score }) => {
      const value = cues.places[cue][place];
      return { ...say[cue](value / scales[cue].upper, value, here !== null), weight: score };
    });
    return strongestReasons(said);
  }
}

const say: Record<PlaceCue, (ratio: number, value: number, learned: boolean) => Omit<Reason, 'weight'>> = {
  network: (_, logit) => ({
    cue: 'pattern',
    text: `looks like the anomalies the network was trained on (${Math.round(100 / (1 + Math.exp(-logit)))} %)`,
  }),
  speed: (ratio, _, learned) => fastMotionReason(ratio, !learned),
  surprise: (ratio) => ({
    cue: 'motion',
    text: `motion unlike what was learned here (${times(ratio)} the usual surprise)`,
  }),
  stream: unseenMotionReason,
  presence: standingReason,
};
