/** Causal smoothing of the raw score: single frames do not count, half a second of delay is not added either. */

/** Time constants of the average while the score rises and falls, in seconds. */
const RISING_S = 0.1;
const FALLING_S = 0.25;

/** Streaming; one per clip. */
export class ScoreSmoother {
  private value = 0;
  private lastS: number | null = null;

  /** The average after this score; the first one of a clip stands for itself. */
  step(timeS: number, score: number): number {
    const constantS = score > this.value ? RISING_S : FALLING_S;
    const share = this.lastS === null ? 1 : 1 - Math.exp((this.lastS - timeS) / constantS);
    this.value += share * (score - this.value);
    this.lastS = timeS;
    return this.value;
  }
}
