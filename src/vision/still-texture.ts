/** The texture of what stands still: who passes leaves no trace in it, what comes to stand shows within a second. */
import type { CellGrid } from './coarse-motion';
import type { MotionField } from './dense-motion';

/** High-passed luma where it has not changed for 0.6 s, −127…127; NOT_STILL elsewhere. */
export interface StillPicture {
  textureGrid: CellGrid;
  texture: Int8Array;
}

/** A cell is still while so many samples, so far apart in seconds, … */
const SAMPLES = 4;
const SPACING_S = 0.2;
/** … lie within so many grey levels of each other. */
const TOLERANCE = 14;
/** So what has not changed for this long, in seconds, is still. */
export const STANDS_S = (SAMPLES - 1) * SPACING_S;
/** Texture of a cell that is not still, or not known to be. */
export const NOT_STILL = -128;

/** Texture at one moment, as of a motion field. */
type TexturedMoment = Pick<MotionField, 'timeS' | 'texture' | 'cellSize'>;

/** Streaming; `reset` between clips. */
export class StillTexture {
  private samples: Int8Array[] = [];
  private lastS = Number.NEGATIVE_INFINITY;

  reset() {
    this.samples = [];
    this.lastS = Number.NEGATIVE_INFINITY;
  }

  /** The newest sample is always the present frame; older ones are SPACING_S apart. */
  step({ timeS, texture: { width, height, values }, cellSize }: TexturedMoment): StillPicture {
    const present = Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value))));
    if (this.samples[0]?.length !== present.length) this.samples = [];
    const texture = stillOf([...this.samples, present]);
    if (timeS - this.lastS >= SPACING_S - 1e-3) {
      this.samples.push(present);
      if (this.samples.length >= SAMPLES) this.samples.shift();
      this.lastS = timeS;
    }
    return { textureGrid: { width, height, cellSize }, texture };
  }
}

/** Per cell the present value where all samples agree. */
function stillOf(samples: readonly Int8Array[]): Int8Array {
  const present = samples[samples.length - 1];
  if (samples.length < SAMPLES) return new Int8Array(present.length).fill(NOT_STILL);
  return present.map((value, cell) => {
    let [least, most] = [value, value];
    for (const sample of samples) {
      least = Math.min(least, sample[cell]);
      most = Math.max(most, sample[cell]);
    }
    return most - least <= TOLERANCE ? value : NOT_STILL;
  });
}
