/** The two scales on which a score is judged: the moment, and the last seconds. */
import { ScoreSmoother } from '../../normality/score-smoother';

/** About one frame at 10 per second: removes single-frame jumps, delays nothing that a person would notice. */
const MOMENT_S = 0.1;
/** What is only a little unusual but stays so, such as a bag left behind, stands out on this scale. */
const LASTING_S = 3;
/** Once it is over it fades this fast, in seconds, so that one anomaly does not hide the next. */
const FADING_S = 0.8;

/** On the lasting scale a score counts up to this: one strong moment is not something that lasts. */
const LASTING_CAP = 8;

/** Both scales of one clip, moment by moment. */
export class ScoreScales {
  private readonly ofMoment = new ScoreSmoother(MOMENT_S);
  private readonly ofSeconds = new ScoreSmoother(LASTING_S, FADING_S);
  private begun = false;

  reset() {
    this.ofMoment.reset();
    this.ofSeconds.reset();
    this.begun = false;
  }

  step(timeS: number, raw: number): { moment: number; lasting: number } {
    // What has only just come into view has not lasted yet.
    const lasting = this.ofSeconds.step(timeS, this.begun ? Math.min(raw, LASTING_CAP) : 0);
    this.begun = true;
    return { moment: this.ofMoment.step(timeS, raw), lasting };
  }
}
