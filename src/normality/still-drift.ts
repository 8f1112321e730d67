/**
 * The usual picture, followed through the day: shadows wander and light changes, slowly and everywhere a little. A cell that
 * looks nearly as usual draws its usual texture after it, at a bounded rate; what looks unusual draws nothing, so that a thing
 * left behind is not taken up.
 */
import { quantile } from '../lib/statistics';
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

/** Cells with so much texture, in grey levels, tell how strong the light is, where so many of them stand still. */
const TELLING = 10;
const FEWEST_TELLING = 40;
/** A light this many times as strong may drive textures into white. */
const BRIGHTER = 1.1;

/** What came between two frames of one watch: nobody watched, or the light of the whole picture became another meanwhile. */
export type Interruption = 'gap' | 'light';

export class StillDrift {
  /** The learned memory as it is now. */
  readonly memory: StillMemory;
  /** Its means as they would be in the light that was learned, and how much stronger that of now makes them. */
  private readonly followed: Float32Array;
  private gain = 1;
  private lastS: number | null = null;
  /** The light is another than it was, and not measured yet. */
  private relit = false;

  constructor(private readonly learned: StillMemory) {
    this.memory = { mean: learned.mean.slice(), deviation: learned.deviation.slice() };
    this.followed = learned.mean.slice();
  }

  /** Back to what was learned; after an interruption what was followed so far stays, under another light with all contrasts as strong as it makes them. */
  reset(after?: Interruption) {
    this.lastS = null;
    this.relit = after === 'light' || (after === 'gap' && this.relit);
    if (after !== undefined) return;
    this.gain = 1;
    this.followed.set(this.learned.mean);
    this.memory.mean.set(this.learned.mean);
    this.memory.deviation.set(this.learned.deviation);
  }

  /** What usually stands where in a picture like this one: to be compared with it before `step`. */
  usual({ texture }: Pick<StillPicture, 'texture'>): StillMemory {
    if (this.relit) this.relight(texture);
    return this.memory;
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
      const towards = Math.max(-most, Math.min(most, share * (texture[cell] - mean[cell])));
      mean[cell] += towards;
      this.followed[cell] += towards / this.gain;
    }
  }

  /** By the median of how much stronger the texture is than in the light that was learned: things that stand there do not move it. */
  private relight(texture: Int8Array) {
    const { followed, learned } = this;
    const ratios: number[] = [];
    for (let cell = 0; cell < followed.length; cell++)
      if (texture[cell] !== NOT_STILL && Math.abs(followed[cell]) >= TELLING)
        ratios.push(texture[cell] / followed[cell]);
    if (ratios.length < FEWEST_TELLING) return;
    this.relit = false;
    const gain = quantile(ratios, 0.5);
    if (!(gain > 0)) return;
    this.gain = gain;
    const { mean, deviation } = this.memory;
    for (let cell = 0; cell < mean.length; cell++) {
      deviation[cell] = gain * learned.deviation[cell];
      mean[cell] = gain * followed[cell];
      // What has been driven into white has less contrast than it would.
      if (gain > BRIGHTER && texture[cell] !== NOT_STILL) mean[cell] = between(texture[cell], 0, mean[cell]);
    }
  }
}

/** The value, or the nearer of the two ends where it does not lie between them. */
const between = (value: number, one: number, other: number) =>
  Math.min(Math.max(value, Math.min(one, other)), Math.max(one, other));
