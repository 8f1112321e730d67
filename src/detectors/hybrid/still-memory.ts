/** What the picture looks like when nobody passes, place by place, and how much that varies. */
import type { HybridFeatures } from './features';

/** Mean and deviation of the still texture per cell of the texture grid, in grey levels. */
export interface StillMemory {
  mean: Float32Array;
  deviation: Float32Array;
}

/** More frames than this say nothing new. */
const FRAMES = 400;
/** Sensor noise and compression move the still texture by about this many grey levels everywhere. */
const NOISE = 3;

export function learnStill(frames: readonly HybridFeatures[]): StillMemory {
  const step = Math.max(1, Math.floor(frames.length / FRAMES));
  const cells = frames[0].texture.length;
  const sum = new Float64Array(cells);
  const squares = new Float64Array(cells);
  let count = 0;
  for (let i = 0; i < frames.length; i += step, count++) {
    const { texture } = frames[i];
    for (let cell = 0; cell < cells; cell++) {
      sum[cell] += texture[cell];
      squares[cell] += texture[cell] * texture[cell];
    }
  }
  const mean = Float32Array.from(sum, (total) => total / count);
  const deviation = Float32Array.from(squares, (total, cell) =>
    Math.sqrt(Math.max(0, total / count - mean[cell] ** 2)),
  );
  return { mean, deviation };
}

/**
 * How far what stands still differs from what usually stands there, in its own deviations, as a mean over 3×3 cells of the
 * texture grid around each cell of the flow grid.
 */
export function presenceMap({ flowGrid, textureGrid, texture }: HybridFeatures, memory: StillMemory): Float32Array {
  const presence = new Float32Array(flowGrid.width * flowGrid.height);
  for (let row = 0, i = 0; row < flowGrid.height; row++) {
    for (let column = 0; column < flowGrid.width; column++, i++) {
      let sum = 0;
      let count = 0;
      for (let y = 2 * row; y < Math.min(textureGrid.height, 2 * row + 3); y++) {
        for (let x = 2 * column; x < Math.min(textureGrid.width, 2 * column + 3); x++) {
          const cell = y * textureGrid.width + x;
          sum += Math.abs(texture[cell] - memory.mean[cell]) / (memory.deviation[cell] + NOISE);
          count++;
        }
      }
      presence[i] = sum / count;
    }
  }
  return presence;
}
