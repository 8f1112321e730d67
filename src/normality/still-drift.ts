/**
 * The usual picture, followed through the day: shadows wander and light changes, slowly and everywhere a little. A cell that
 * looks nearly as usual draws its usual texture after it, at a bounded rate; what looks unusual draws nothing, so that a thing
 * left behind is not taken up.
 */
import { NOT_STILL, type StillPicture } from '../vision/still-texture';
import { type StillMemory, stillPresence, tolerance } from './still-memory';

/** Time constant of following, in seconds. */
const FOLLOWING_S = 180;
/** Cells that differ from their usual texture by more than so many deviations are not followed. */
const NEARLY_USUAL = 1.5;
/** The usual texture moves by at most one deviation in so many seconds. */
const DEVIATION_S = 600;
/** Longer pauses count as this long, in seconds: nobody saw what happened meanwhile. */
const LONGEST_STEP_S = 2;

export class StillDrift {
  /** The learned memory with its means as they are now. */
  readonly memory: StillMemory;
  private lastS: number | null = null;

  constructor(private readonly learned: StillMemory) {
    this.memory = { mean: learned.mean.slice(), deviation: learned.deviation };
  }

  /** Back to what was learned; after a gap, in which nobody watched, what was followed so far stays. */
  reset(after?: 'gap') {
    this.lastS = null;
    if (after !== 'gap') this.memory.mean.set(this.learned.mean);
  }

  /** Frames in order of time, `timeS` in seconds. */
  step(timeS: number, { texture }: Pick<StillPicture, 'texture'>): void {
    const elapsedS = this.lastS === null ? 0 : Math.min(LONGEST_STEP_S, timeS - this.lastS);
    this.lastS = timeS;
    if (!(elapsedS > 0)) return;
    const { mean } = this.memory;
    const share = 1 - Math.exp(-elapsedS / FOLLOWING_S);
    for (let cell = 0; cell < mean.length; cell++) {
      if (texture[cell] === NOT_STILL || stillPresence(texture, this.memory, cell) > NEARLY_USUAL) continue;
      const most = (tolerance(this.memory, cell) * elapsedS) / DEVIATION_S;
      mean[cell] += Math.max(-most, Math.min(most, share * (texture[cell] - mean[cell])));
    }
  }
}
