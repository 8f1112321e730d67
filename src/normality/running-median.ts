/** Causal smoothing of a raw score: the median of what the last moments had, so that single frames do not count. */
import { quantile } from '../lib/statistics';

/** Streaming; `reset` between clips. */
export class RunningMedian {
  private recent: { timeS: number; score: number }[] = [];

  /** Scores up to this old count, in seconds; where frames are rarer the newest stands for itself. */
  constructor(private readonly windowS: number) {}

  reset() {
    this.recent = [];
  }

  step(timeS: number, score: number): number {
    this.recent = [...this.recent.filter((earlier) => timeS - earlier.timeS <= this.windowS), { timeS, score }];
    return quantile(
      this.recent.map((moment) => moment.score),
      0.5,
    );
  }
}
