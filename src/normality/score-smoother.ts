/** Causal smoothing of a raw score: an exponential average whose time constants are in seconds. */

/** Streaming; `reset` between clips. */
export class ScoreSmoother {
  private value = 0;
  private lastS: number | null = null;

  /** Time constants of the average while the score rises and while it falls, in seconds. */
  constructor(
    private readonly risingS: number,
    private readonly fallingS = risingS,
  ) {}

  reset() {
    this.lastS = null;
  }

  /** The average after this score; the first one of a clip stands for itself. */
  step(timeS: number, score: number): number {
    const constantS = score > this.value ? this.risingS : this.fallingS;
    const share = this.lastS === null ? 1 : 1 - Math.exp((this.lastS - timeS) / constantS);
    this.value = this.lastS === null ? score : this.value + share * (score - this.value);
    this.lastS = timeS;
    return this.value;
  }
}
