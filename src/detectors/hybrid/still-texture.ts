/** Texture averaged over time: passers-by fade out of it, what comes to stand still fades in. */
import type { MotionField } from '../../vision/dense-motion';
import type { HybridFeatures } from './features';

/** Time constant of the average, in seconds. */
const AVERAGE_S = 1.5;

export class StillTexture {
  private average: Float32Array | null = null;
  private weight = 0;
  private lastS = 0;

  reset() {
    this.average = null;
    this.weight = 0;
  }

  step(field: MotionField): Pick<HybridFeatures, 'textureGrid' | 'texture'> {
    const { width, height, values } = field.texture;
    const before = this.average ?? new Float32Array(values.length);
    const elapsed = this.average ? field.timeS - this.lastS : 0.1;
    const alpha = 1 - Math.exp(-elapsed / AVERAGE_S);
    this.weight += alpha * (1 - this.weight);
    this.average = before.map((old, i) => old + alpha * (values[i] - old));
    this.lastS = field.timeS;
    const { weight } = this;
    const texture = Int8Array.from(this.average, (value) => Math.max(-127, Math.min(127, Math.round(value / weight))));
    return { textureGrid: { width, height, cellSize: field.cellSize }, texture };
  }
}
