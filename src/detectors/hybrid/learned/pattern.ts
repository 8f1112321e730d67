/** What the learned half says of each object in a frame, on the scale of the cues. */
import type { Reason } from '../../../alerts/moment';
import { type CueScale, contribution, fitCueScale, standardised } from '../../../normality/cue-scale';
import { times } from '../../reason-words';
import type { HybridFeatures } from '../features';
import type { ObjectMemory } from '../object-cues';
import type { CueScales, RawCues } from '../scorer';
import { frameTokens, type TokenCue } from './tokens';
import { type LearnedWeights, type TokenScore, TrackScorer } from './track-scorer';

/** How much more a pattern counts than a single cue: it has weighed them all, and knows what came before. */
const WEIGHT = 2;
/** The 99th percentile of the largest logit per frame in ordinary scenes, and how many things must have been seen to know better. */
const PRIOR = { upper: 1, examples: 10 };
/** Logit of a frame without objects. */
const ORDINARY = -6;

/** Streaming; `reset` between clips. */
export class PatternReader {
  private readonly scorer: TrackScorer;

  constructor(
    weights: LearnedWeights,
    private readonly scales: CueScales,
    private readonly memory: ObjectMemory,
  ) {
    this.scorer = new TrackScorer(weights);
  }

  reset() {
    this.scorer.reset();
  }

  /** In the order of the features' objects. */
  read(features: HybridFeatures, cues: RawCues): TokenScore[] {
    return this.scorer.step(frameTokens(features, cues, this.scales, this.memory)).slice(1);
  }
}

/** From the patterns of held-out normal frames that show `examples` different things. */
export function fitPatternScale(frames: readonly TokenScore[][], examples: number): CueScale {
  const largest = frames.map((objects) => objects.reduce((most, { logit }) => Math.max(most, logit), ORDINARY));
  return fitCueScale(largest, examples, PRIOR);
}

/** What a logit adds to its object's score. */
export const patternContribution = (scale: CueScale, logit: number): number =>
  WEIGHT * contribution(standardised(scale, logit));

const NAMES: Record<TokenCue, string> = { appearance: 'look', context: 'place', motion: 'motion' };

/** "its motion resembles that of anomalies (2.1× the usual deviation)". */
export function patternReason(scale: CueScale, { logit, gates }: TokenScore): Reason {
  const [cue] = (Object.entries(gates) as [TokenCue, number][]).reduce((a, b) => (b[1] > a[1] ? b : a));
  const ratio = times(Math.max(0, standardised(scale, logit)));
  const text = `its ${NAMES[cue]} resembles that of trained anomalies (${ratio} the usual deviation)`;
  return { cue: 'pattern', text, weight: patternContribution(scale, logit) };
}
