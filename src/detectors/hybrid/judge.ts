/** A learned scene applied to features: calibrated observations with objects, reasons and an evidence map. */
import type { Exception } from '../../alerts/exception';
import type { ObservedObject, Reason } from '../../alerts/moment';
import { rarityScore } from '../../normality/calibration';
import { momentAt, periodsOf, type ScaledScore, ScoreScales } from '../../normality/rarity';
import { forEachCell } from '../../vision/cells-in-box';
import type { EvidenceMap, LearnedScene, Observation } from '../detector';
import { lastingReasons } from '../reason-words';
import { requireSceneOf, requireSceneSize } from '../scene-fit';
import { withoutAccepted } from './accepted';
import { cocoLabel } from './coco-labels';
import type { HybridFeatures } from './features';
import { PatternReader, patternReason } from './learned/pattern';
import type { LearnedWeights } from './learned/track-scorer';
import { objectReasons, placeReasons } from './reasons';
import { createSmoother, type HybridModel, SCENE_VERSION } from './scene';
import { CueReader, frameScore, type RawCues, type ScoredFrame, scoreFrame } from './scorer';
import { UnexplainedRegions } from './unexplained-regions';

/** Streaming; `reset` between clips. */
export class HybridJudge {
  private readonly model: HybridModel;
  private readonly reader: CueReader;
  private readonly scoreScales: ScoreScales;
  private readonly regions = new UnexplainedRegions();
  private readonly patterns: PatternReader | null;
  /** Sights that the user called normal; what is like them scores as nothing. */
  accepted: readonly Exception[] = [];

  /** The learned half counts where it is given and the scene was learned with it. Throws where the scene is of another detector or version. */
  constructor(
    private readonly scene: LearnedScene,
    learned: LearnedWeights | null = null,
  ) {
    requireSceneOf(scene, 'hybrid', SCENE_VERSION);
    this.model = scene.model as HybridModel;
    const { memory, scales, pattern } = this.model;
    this.scoreScales = new ScoreScales(createSmoother(), this.model.rarity.lastingCap);
    this.reader = new CueReader(memory);
    this.patterns = learned && pattern ? new PatternReader(learned, scales, memory.objects) : null;
  }

  /** See `Detector.reset`. */
  reset(after?: 'gap') {
    this.reader.reset(after);
    this.patterns?.reset();
    this.scoreScales.reset();
    this.regions.reset();
  }

  /** The raw score at which a moment by itself gets the return period `periodS`. */
  rawAt(periodS: number): number {
    return momentAt(this.model.rarity, periodS);
  }

  /** Throws where the picture is not of the size in which the scene was learned. */
  step(features: HybridFeatures): Observation {
    requireSceneSize(this.scene, features);
    const { scales, rarity } = this.model;
    const cues = this.reader.read(features);
    const patterns = this.patternsOf(features, cues);
    const asSeen = scoreFrame(
      cues,
      scales,
      patterns.map(({ weight }) => weight),
    );
    const scored = this.accepted.length > 0 ? this.acceptedIn(features, asSeen, patterns) : asSeen;
    const scores = this.scoreScales.step(features.timeS, scored.raw);
    const { periodS, lastingS } = periodsOf(rarity, scores);
    const found = this.observedObjects(features, scored, patterns);
    const unexplained = this.regions.step(features, scored, found, (cell) => this.reasonsAt(scored, cell));
    const objects = [...found, ...unexplained].map((object) => ({
      ...object,
      returnPeriodS: this.alone(object, features, scored, scores),
    }));
    return {
      timeS: features.timeS,
      raw: scores.moment,
      returnPeriodS: periodS,
      score: rarityScore(periodS),
      extrapolated: periodS > rarity.moment.durationS,
      reasons: [...this.frameReasons(scored, found), ...lastingReasons(rarity, scores, lastingS)],
      objects,
      evidence: evidenceMap(features, scored),
      motion: features.moving,
    };
  }

  /** The frame as it is to one to whom all that the user called normal is. */
  private acceptedIn(features: HybridFeatures, scored: ScoredFrame, patterns: readonly Reason[]): ScoredFrame {
    const { accepted } = this;
    const found = this.observedObjects(features, scored, patterns);
    const reasonsAt = (cell: number) => this.reasonsAt(scored, cell);
    const { objects, dense } = withoutAccepted(scored, found, { features, accepted, reasonsAt });
    return { ...scored, objects, dense, raw: frameScore(objects, dense, this.model.scales) };
  }

  /** The return period, were this thing and what lies within its box all there is: both scores shrink as the frame's would. */
  private alone(
    object: ObservedObject,
    { flowGrid }: HybridFeatures,
    scored: ScoredFrame,
    scores: ScaledScore,
  ): number {
    let within = 0;
    forEachCell(flowGrid, object, (cell) => {
      within = Math.max(within, scored.dense[cell]);
    });
    const own = object.trackId < 0 ? within : object.raw + within;
    const share = scored.raw > 0 ? Math.min(1, Math.max(0, own) / scored.raw) : 0;
    return periodsOf(this.model.rarity, scores, share).periodS;
  }

  /** What the learned half says of each object, as a reason; empty without it. */
  private patternsOf(features: HybridFeatures, cues: RawCues): Reason[] {
    const { pattern } = this.model;
    if (!pattern || !this.patterns) return [];
    return this.patterns.read(features, cues).map((score) => patternReason(pattern, score));
  }

  private observedObjects(
    features: HybridFeatures,
    scored: ScoredFrame,
    patterns: readonly Reason[],
  ): ObservedObject[] {
    return features.objects.map((object, i) => ({
      ...object.box,
      trackId: object.trackId,
      label: cocoLabel(object.classIndex),
      raw: scored.objects[i],
      reasons: objectReasons(
        object,
        scored.cues.objects[i],
        this.model.scales,
        this.model.memory.objects.height,
        patterns.slice(i, i + 1),
      ),
    }));
  }

  private frameReasons(scored: ScoredFrame, objects: ObservedObject[]): Reason[] {
    let top: ObservedObject | null = null;
    for (const object of objects) if (!top || object.raw > top.raw) top = object;
    const named =
      top && top.raw > 0
        ? top.reasons.map((reason) => ({ ...reason, text: `${spoken(top.label)} ${reason.text}` }))
        : [];
    const { dense, telling } = scored;
    const said = dense.map((score, cell) => (telling[cell] ? score : Number.NEGATIVE_INFINITY));
    const cell = said.indexOf(said.reduce((most, score) => Math.max(most, score)));
    return [...named, ...this.reasonsAt(scored, cell)].sort((a, b) => b.weight - a.weight);
  }

  private reasonsAt(scored: ScoredFrame, cell: number): Reason[] {
    return placeReasons(scored.cues.dense, cell, this.model.scales);
  }
}

/** What was never recognised has no name. */
const spoken = (label: string) => (label === 'motion' ? 'something' : label);

/** Per cell: what moves or stands there, and the most unusual object that covers it. */
function evidenceMap(features: HybridFeatures, scored: ScoredFrame): EvidenceMap {
  const { flowGrid, objects } = features;
  const covering = new Float32Array(scored.dense.length);
  objects.forEach((object, i) => {
    forEachCell(flowGrid, object.box, (cell) => {
      covering[cell] = Math.max(covering[cell], scored.objects[i]);
    });
  });
  const values = scored.dense.map((score, i) => Math.max(0, score) + covering[i]);
  return { width: flowGrid.width, height: flowGrid.height, values };
}
