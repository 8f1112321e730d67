/** Causal smoothing of a raw score: the median of what the last moments had, so that single frames do not count. */
import { quantile } from '../lib/statistics';

/** Of frames that come more rarely than the window holds three, so many count … */
const FEWEST = 3;
/** … where they are not older than this, in seconds; beyond it the newest stands for itself. */
const OLDEST_S = 0.6;

/** Streaming; `reset` between clips. */
export class RunningMedian {
  private recent: { timeS: number; score: number }[] = [];

  /** Scores up to this old count, in seconds. */
  constructor(private readonly windowS: number) {}

  reset() {
    this.recent = [];
  }

  step(timeS: number, score: number): number {
    const moments = [...this.recent, { timeS, score }];
    this.recent = moments.filter((moment, index) => {
      const isAmongLast = index >= moments.length - FEWEST;
      return timeS - moment.timeS <= (isAmongLast ? OLDEST_S : this.windowS);
    });
    const scores = this.recent.map((moment) => moment.score);
    return quantile(scores, 0.5);
  }
}
