/** The light of the whole picture over time: whether it changes faster than clouds do. */
import { sortedQuantile } from '../lib/statistics';
import type { Plane } from './plane';

/** Time constant with which the level before is forgotten, in seconds: clouds and evenings change less than that lets show. */
const FORGETTING_S = 4;
/** A change of the median cell by this many factors of two, within that time, is a change of the light. */
const CHANGED = 0.18;
/** Share of the cells that must have changed alike: light falls everywhere, what passes covers a part. */
const ALIKE = 0.65;
/** Light that stays within this many factors of two for so many seconds is the new usual one. */
const STEADY = 0.06;
const STEADY_S = 1.2;

/** Streaming over coarse pictures. */
export class LightLevel {
  private usual: Float32Array | null = null;
  private lastS = 0;
  /** The level that the light has been near to, and since when. */
  private steady = { level: 0, sinceS: 0 };

  reset() {
    this.usual = null;
  }

  /** Whether the light is other than it was in the last seconds. */
  step(timeS: number, coarse: Plane): boolean {
    const levels = coarse.values.map((value) => Math.log2(Math.max(0, value) + 6));
    if (this.usual?.length !== levels.length) this.usual = levels;
    const usual = this.usual;
    const changes = levels.map((level, cell) => level - usual[cell]);
    const change = median(changes);
    const alike = changes.filter((each) => each / change > 0.4).length / changes.length;
    const changed = Math.abs(change) > CHANGED && alike >= ALIKE;
    const keep = Math.exp(-Math.max(0, timeS - this.lastS) / FORGETTING_S);
    this.lastS = timeS;
    this.usual =
      this.isSteady(timeS, median(levels)) && changed
        ? levels
        : usual.map((level, cell) => keep * level + (1 - keep) * levels[cell]);
    return changed;
  }

  private isSteady(timeS: number, level: number): boolean {
    if (Math.abs(level - this.steady.level) > STEADY) this.steady = { level, sinceS: timeS };
    return timeS - this.steady.sinceS >= STEADY_S;
  }
}

const median = (values: Float32Array) => sortedQuantile(Float64Array.from(values).sort(), 0.5);
