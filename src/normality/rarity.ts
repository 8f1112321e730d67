/** How rare a raw score is in normal footage, on two scales: the moment by itself, and the average over the last seconds. */
import { type Calibration, fitCalibration, rawAt, returnPeriod, type ScoredStretch } from './calibration';
import { ScoreSmoother } from './score-smoother';

/** What is only a little unusual but stays so, such as a bag left behind, stands out on the second scale; seconds. */
const LASTING_S = 3;
/** Once it is over it fades this fast, in seconds, so that one anomaly does not hide the next. */
const FADING_S = 0.8;
/** On the second scale a moment counts as much as one that comes once in so many seconds, and no more: one strong moment is not something that lasts. */
const LASTING_CAP_S = 3600;
/** … but at least as one that is so many times as rare as the runs above the threshold are: below it nothing could last. */
const LASTING_CAP_RUNS = 10;

/** Plain data. */
export interface Rarity {
  moment: Calibration;
  lasting: Calibration;
  /** Raw score up to which a moment counts on the scale of what lasts. */
  lastingCap: number;
}

/** Smooths the scores of one clip, causally. */
export interface Smoother {
  reset(): void;
  step(timeS: number, score: number): number;
}

/** One moment on both scales. */
export interface ScaledScore {
  moment: number;
  lasting: number;
}

/** Both scales of one clip, moment by moment; `reset` between clips. */
export class ScoreScales {
  private readonly ofSeconds = new ScoreSmoother(LASTING_S, FADING_S);
  private begun = false;

  /** `ofMoment` smooths the moment; on the scale of what lasts a score counts up to `lastingCap`. */
  constructor(
    private readonly ofMoment: Smoother,
    private readonly lastingCap: number,
  ) {}

  reset() {
    this.ofMoment.reset();
    this.ofSeconds.reset();
    this.begun = false;
  }

  /** A score that is not finite says nothing, and must not stay in the averages: it counts as 0. */
  step(timeS: number, score: number): ScaledScore {
    const raw = Number.isFinite(score) ? score : 0;
    // What has only just come into view has not lasted yet.
    const lasting = this.ofSeconds.step(timeS, this.begun ? Math.min(raw, this.lastingCap) : 0);
    this.begun = true;
    return { moment: this.ofMoment.step(timeS, raw), lasting };
  }
}

/** Fit on raw scores of held-out normal footage, not smoothed. Throws RangeError where there is no score. */
export function fitRarity(stretches: readonly ScoredStretch[], createSmoother: () => Smoother): Rarity {
  const calibrated = (scale: keyof ScaledScore, cap: number) =>
    fitCalibration(
      stretches.map(({ timesS, scores }) => {
        const scales = new ScoreScales(createSmoother(), cap);
        return { timesS, scores: Array.from(scores, (score, frame) => scales.step(timesS[frame], score)[scale]) };
      }),
    );
  const moment = calibrated('moment', Number.POSITIVE_INFINITY);
  const lastingCap = rawAt(moment, Math.max(LASTING_CAP_S, LASTING_CAP_RUNS / moment.clusterRate));
  return { moment, lasting: calibrated('lasting', lastingCap), lastingCap };
}

/**
 * Return period of a moment in seconds, and that of what lasts by itself: 0 where the moment is not among the rarer tenth, as an
 * average trails behind. Either may raise an alert, so each gets half of the alert budget. `share`: as if the score were so much of what it is.
 */
export function periodsOf(
  { moment, lasting }: Rarity,
  scores: ScaledScore,
  share = 1,
): { periodS: number; lastingS: number } {
  const lastingS = scores.moment > moment.threshold ? returnPeriod(lasting, share * scores.lasting) / 2 : 0;
  return { periodS: Math.max(returnPeriod(moment, share * scores.moment) / 2, lastingS), lastingS };
}

/** The raw score at which a moment by itself gets the return period `periodS`. */
export const momentAt = ({ moment }: Rarity, periodS: number): number => rawAt(moment, 2 * periodS);
