/** Causal smoothing of the raw score: an exponential average whose time constant is in seconds. */

/** About one frame at 10 per second: removes single-frame jumps, delays nothing that a person would notice. */
const SMOOTHING_S = 0.1;

export class ScoreSmoother {
  private value: number | null = null;
  private lastS = 0;

  reset() {
    this.value = null;
  }

  step(timeS: number, score: number): number {
    const alpha = this.value === null ? 1 : 1 - Math.exp(-(timeS - this.lastS) / SMOOTHING_S);
    this.value = (this.value ?? 0) + alpha * (score - (this.value ?? 0));
    this.lastS = timeS;
    return this.value;
  }
}

/** The whole series at once, same result as frame by frame. */
export function smoothed(timesS: readonly number[], scores: readonly number[]): number[] {
  const smoother = new ScoreSmoother();
  return scores.map((score, i) => smoother.step(timesS[i], score));
}
