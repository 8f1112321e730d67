/** A learned scene applied to features: calibrated observations with objects, reasons and an evidence map. */
import type { Exception } from '../../alerts/exception';
import type { ObservedObject, Reason } from '../../alerts/moment';
import { rarityScore, rawAt, returnPeriod } from '../../normality/calibration';
import { forEachCell } from '../../vision/cells-in-box';
import type { EvidenceMap, LearnedScene, Observation } from '../detector';
import { times } from '../reason-words';
import { requireSceneOf, requireSceneSize } from '../scene-fit';
import { withoutAccepted } from './accepted';
import { cocoLabel } from './coco-labels';
import { DENSE_CUES, type DenseCue } from './dense-cues';
import type { HybridFeatures } from './features';
import { PatternReader, patternReason } from './learned/pattern';
import type { LearnedWeights } from './learned/track-scorer';
import { objectReasons, placeReasons } from './reasons';
import { type HybridModel, SCENE_VERSION } from './scene';
import { CueReader, frameScore, type RawCues, type ScoredFrame, scoreFrame } from './scorer';
import { ScoreScales } from './smoothing';
import { UnexplainedRegions } from './unexplained-regions';

/** An average over seconds that normal footage reaches less often than this is given as a reason. */
const LASTING_WORTH_SAYING_S = 60;

/** Streaming; `reset` between clips. */
export class HybridJudge {
  private readonly model: HybridModel;
  private readonly reader: CueReader;
  private readonly smoothing = new ScoreScales();
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
    this.reader = new CueReader(memory);
    this.patterns = learned && pattern ? new PatternReader(learned, scales, memory.objects) : null;
  }

  /** See `Detector.reset`. */
  reset(after?: 'gap') {
    this.reader.reset(after);
    this.patterns?.reset();
    this.smoothing.reset();
    this.regions.reset();
  }

  /** The raw score at which a moment by itself gets the return period `periodS`. */
  rawAt(periodS: number): number {
    return rawAt(this.model.calibration, 2 * periodS);
  }

  /** Throws where the picture is not of the size in which the scene was learned. */
  step(features: HybridFeatures): Observation {
    requireSceneSize(this.scene, features);
    const { scales, calibration } = this.model;
    const cues = this.reader.read(features);
    const patterns = this.patternsOf(features, cues);
    const asSeen = scoreFrame(
      cues,
      scales,
      patterns.map(({ weight }) => weight),
    );
    const scored = this.accepted.length > 0 ? this.acceptedIn(features, asSeen, patterns) : asSeen;
    const { moment: raw, lasting } = this.smoothing.step(features.timeS, scored.raw);
    // An average trails behind; it counts only while the moment itself is among the rarer tenth.
    const lastingPeriodS = raw > calibration.threshold ? returnPeriod(this.model.lasting, lasting) : 0;
    // Either may raise an alert, so each gets half of the alert budget.
    const periodS = Math.max(returnPeriod(calibration, raw), lastingPeriodS) / 2;
    const found = this.observedObjects(features, scored, patterns);
    const unexplained = this.regions.step(features, scored, found, (cell) => this.reasonsAt(scored, cell));
    const objects = [...found, ...unexplained].map((object) => ({
      ...object,
      returnPeriodS: this.alone(object, features, scored, { raw, lasting: lastingPeriodS > 0 ? lasting : 0 }),
    }));
    return {
      timeS: features.timeS,
      raw,
      returnPeriodS: periodS,
      score: rarityScore(periodS),
      extrapolated: periodS > calibration.durationS,
      reasons: [
        ...this.frameReasons(scored, found),
        ...(lastingPeriodS > 2 * LASTING_WORTH_SAYING_S ? [this.lastingReason(lasting)] : []),
      ],
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
    now: { raw: number; lasting: number },
  ): number {
    let within = 0;
    forEachCell(flowGrid, object, (cell) => {
      within = Math.max(within, scored.dense[cell]);
    });
    const own = object.trackId < 0 ? within : object.raw + within;
    const share = scored.raw > 0 ? Math.min(1, Math.max(0, own) / scored.raw) : 0;
    const { calibration, lasting } = this.model;
    const lastingS = now.lasting > 0 ? returnPeriod(lasting, share * now.lasting) : 0;
    return Math.max(returnPeriod(calibration, share * now.raw), lastingS) / 2;
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

  private lastingReason(lasting: number): Reason {
    const ratio = lasting / Math.max(0.1, this.model.lasting.threshold);
    return { cue: 'duration', text: `stays unusual for seconds (${times(ratio)} the usual average)`, weight: 0 };
  }

  private reasonsAt(scored: ScoredFrame, cell: number): Reason[] {
    const dense = Object.fromEntries(DENSE_CUES.map((cue) => [cue, scored.cues.dense[cue][cell]]));
    return placeReasons(dense as Record<DenseCue, number>, this.model.scales);
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
