/** Features made by hand, for tests. */
import type { HybridFeatures, ObjectFeatures } from './features';

/** A person 20 wide and 40 high with the feet at (x, y), sure, long followed, standing still. */
export function objectAt(x: number, y: number, given: Partial<ObjectFeatures> = {}): ObjectFeatures {
  const classes = new Float32Array(80);
  classes[0] = 0.5;
  return {
    trackId: 1,
    box: { x0: x - 10, y0: y - 40, x1: x + 10, y1: y },
    confirmed: true,
    ageS: 100,
    classIndex: 0,
    confidence: 0.5,
    classes,
    embedding: Float32Array.of(1, 0),
    edgeX: 0,
    edgeY: 0,
    centreX: 0,
    centreY: 0,
    flowX: 0,
    flowY: 0,
    stayS: 0,
    ...given,
  };
}

/** A frame of 320×160 pixels in which nothing moves: 16×8 cells of flow, 32×16 of texture. */
export function frameFeatures(timeS: number, given: Partial<HybridFeatures> = {}): HybridFeatures {
  return {
    timeS,
    frameWidth: 320,
    frameHeight: 160,
    moving: 0,
    objects: [],
    patches: null,
    flowGrid: { width: 16, height: 8, cellSize: 20 },
    flowX: new Float32Array(16 * 8),
    flowY: new Float32Array(16 * 8),
    textureGrid: { width: 32, height: 16, cellSize: 10 },
    texture: new Int8Array(32 * 16),
    ...given,
  };
}
