/** Texture as a median over time: who passes leaves no trace in it, what comes to stand still shows after a second. */
import type { MotionField } from '../../vision/dense-motion';
import type { HybridFeatures } from './features';

/** The median is over so many samples, so far apart in seconds. */
const SAMPLES = 9;
const SPACING_S = 0.25;

export class StillTexture {
  private samples: Int8Array[] = [];
  private lastS = Number.NEGATIVE_INFINITY;

  reset() {
    this.samples = [];
    this.lastS = Number.NEGATIVE_INFINITY;
  }

  /** The newest sample is always the present frame; older ones are SPACING_S apart. */
  step(field: MotionField): Pick<HybridFeatures, 'textureGrid' | 'texture'> {
    const { width, height, values } = field.texture;
    const present = Int8Array.from(values, (value) => Math.max(-127, Math.min(127, Math.round(value))));
    if (this.samples[0]?.length !== present.length) this.samples = [];
    const texture = medianOf([...this.samples, present]);
    if (field.timeS - this.lastS >= SPACING_S - 1e-3) {
      this.samples.push(present);
      if (this.samples.length >= SAMPLES) this.samples.shift();
      this.lastS = field.timeS;
    }
    return { textureGrid: { width, height, cellSize: field.cellSize }, texture };
  }
}

/** Per cell; of an even number the lower middle. */
function medianOf(samples: readonly Int8Array[]): Int8Array {
  const column = new Int8Array(samples.length);
  const middle = (samples.length - 1) >> 1;
  return samples[0].map((_, cell) => {
    for (let i = 0; i < samples.length; i++) column[i] = samples[i][cell];
    return column.sort()[middle];
  });
}
