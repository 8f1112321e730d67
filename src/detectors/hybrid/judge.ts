/** A learned scene applied to features: calibrated observations with objects, reasons and an evidence map. */
import type { Exception } from '../../alerts/exception';
import type { ObservedObject, Reason } from '../../alerts/moment';
import type { Box } from '../../lib/box';
import { rarityScore } from '../../normality/calibration';
import { momentAt, periodsOf, type ScaledScore, ScoreScales } from '../../normality/rarity';
import type { Interruption } from '../../normality/still-drift';
import { forEachCell } from '../../vision/cells-in-box';
import type { CellGrid } from '../../vision/coarse-motion';
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
import {
  beyondUsual,
  CueReader,
  frameScore,
  largestScores,
  type RawCues,
  type ScoredFrame,
  type ScoredParts,
  scoreParts,
} from './scorer';
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
  reset(after?: Interruption) {
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
    const asSeen = scoreParts(
      cues,
      scales,
      patterns.map(({ weight }) => weight),
    );
    const parts = this.accepted.length > 0 ? this.acceptedIn(features, asSeen, patterns) : asSeen;
    const scored = { ...parts, raw: frameScore(largestScores(parts), this.model.usualObject) };
    const scores = this.scoreScales.step(features.timeS, scored.raw);
    const { periodS, lastingS } = periodsOf(rarity, scores);
    const found = this.observedObjects(features, scored, patterns);
    const unexplained = this.regions.step(features, scored, found, (cell) => this.reasonsAt(scored, cell));
    const objects = [...found, ...unexplained].map((object) => ({
      ...object,
      returnPeriodS: this.alone(object, scored, scores),
    }));
    return {
      timeS: features.timeS,
      raw: scores.moment,
      returnPeriodS: periodS,
      score: rarityScore(periodS),
      extrapolated: periodS > rarity.moment.durationS,
      reasons: [...this.frameReasons(scored, found), ...lastingReasons(rarity, scores, lastingS)],
      objects,
      evidence: evidenceMap(features, scored, this.model.usualObject),
      motion: features.moving,
    };
  }

  /** The frame as it is to one to whom all that the user called normal is. */
  private acceptedIn(features: HybridFeatures, scored: ScoredParts, patterns: readonly Reason[]): ScoredParts {
    const { accepted } = this;
    const found = this.observedObjects(features, scored, patterns);
    const reasonsAt = (cell: number) => this.reasonsAt(scored, cell);
    return { ...scored, ...withoutAccepted(scored, found, { features, accepted, reasonsAt }) };
  }

  /** The return period, were this thing and what lies within its box all there is: both scores shrink as the frame's would. */
  private alone({ raw }: ObservedObject, scored: ScoredFrame, scores: ScaledScore): number {
    const share = scored.raw > 0 ? Math.min(1, raw / scored.raw) : 0;
    return periodsOf(this.model.rarity, scores, share).periodS;
  }

  /** What the learned half says of each object, as a reason; empty without it. */
  private patternsOf(features: HybridFeatures, cues: RawCues): Reason[] {
    const { pattern } = this.model;
    if (!pattern || !this.patterns) return [];
    return this.patterns.read(features, cues).map((score) => patternReason(pattern, score));
  }

  /** Each object with what the frame would score, were it and what lies within its box all there is. */
  private observedObjects(
    features: HybridFeatures,
    scored: ScoredParts,
    patterns: readonly Reason[],
  ): ObservedObject[] {
    return features.objects.map((object, i) => ({
      ...object.box,
      trackId: object.trackId,
      label: cocoLabel(object.classIndex),
      raw:
        beyondUsual(scored.objects[i], this.model.usualObject) + largestWithin(features.flowGrid, object.box, scored),
      reasons: objectReasons(
        object,
        scored.cues.objects[i],
        this.model.scales,
        this.model.memory.objects.height,
        patterns.slice(i, i + 1),
      ),
    }));
  }

  /** Those of the most unusual place, and of the most unusual object by the share of it that counts. */
  private frameReasons(scored: ScoredParts, objects: readonly ObservedObject[]): Reason[] {
    const { objects: scores, dense, telling } = scored;
    const top = scores.indexOf(Math.max(...scores));
    const share = top < 0 ? 0 : beyondUsual(scores[top], this.model.usualObject) / scores[top];
    const named = (share > 0 ? objects[top].reasons : []).map((reason) => ({
      ...reason,
      text: `${spoken(objects[top].label)} ${reason.text}`,
      weight: share * reason.weight,
    }));
    const said = dense.map((score, cell) => (telling[cell] ? score : Number.NEGATIVE_INFINITY));
    const cell = said.indexOf(said.reduce((most, score) => Math.max(most, score)));
    return [...named, ...this.reasonsAt(scored, cell)].sort((a, b) => b.weight - a.weight);
  }

  private reasonsAt(scored: ScoredParts, cell: number): Reason[] {
    return placeReasons(scored.cues.dense, cell, this.model.scales);
  }
}

/** What was never recognised has no name. */
const spoken = (label: string) => (label === 'motion' ? 'something' : label);

/** The highest score of a place within the box, at least 0. */
function largestWithin(grid: CellGrid, box: Box, { dense }: ScoredParts): number {
  let largest = 0;
  forEachCell(grid, box, (cell) => {
    largest = Math.max(largest, dense[cell]);
  });
  return largest;
}

/** What an object has that is not beyond the usual shows this much of itself: where it is, and not as if it made the score. */
const FAINT = 0.2;

/** Per cell: what moves or stands there, and the most unusual object that covers it. */
function evidenceMap({ flowGrid, objects }: HybridFeatures, scored: ScoredParts, usualObject: number): EvidenceMap {
  const covering = new Float32Array(scored.dense.length);
  objects.forEach((object, i) => {
    const beyond = beyondUsual(scored.objects[i], usualObject);
    const shown = beyond + FAINT * Math.max(0, scored.objects[i] - beyond);
    forEachCell(flowGrid, object.box, (cell) => {
      covering[cell] = Math.max(covering[cell], shown);
    });
  });
  const values = scored.dense.map((score, i) => Math.max(0, score) + covering[i]);
  return { width: flowGrid.width, height: flowGrid.height, values };
}
