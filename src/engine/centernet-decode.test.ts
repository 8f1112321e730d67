import { describe, expect, it } from 'vitest';
import { type CellGrid, CLASSES, decodeObjects } from './centernet-decode';
import { inputSizeFor } from './centernet-model';

const options = { minimumConfidence: 0.1, maximumOverlap: 0.5, limit: 100 };

/** An 8 × 8 grid of heat and edges with these peaks in it. */
function grids(peaks: { x: number; y: number; classIndex: number; heat: number; edges?: number[] }[]) {
  const heat: CellGrid = { width: 8, height: 8, values: new Float32Array(64 * CLASSES) };
  const edges: CellGrid = { width: 8, height: 8, values: new Float32Array(64 * 4).fill(3) };
  for (const { x, y, classIndex, heat: value, edges: sides } of peaks) {
    heat.values[(y * 8 + x) * CLASSES + classIndex] = value;
    if (sides) edges.values.set(sides, (y * 8 + x) * 4);
  }
  return [heat, edges] as const;
}

describe('decodeObjects', () => {
  it('reads left, top, right and bottom from the cell at stride 4', () => {
    const [heat, edges] = grids([{ x: 2, y: 5, classIndex: 7, heat: 0.5, edges: [1, 2, 3, 4] }]);
    expect(decodeObjects(heat, edges, options)).toEqual([
      { x0: 7, y0: 18, x1: 11, y1: 24, classIndex: 7, confidence: 0.5 },
    ]);
  });

  it('takes the highest of neighbouring cells of one class, at the border too', () => {
    const [heat, edges] = grids([
      { x: 0, y: 0, classIndex: 1, heat: 0.4 },
      { x: 1, y: 1, classIndex: 1, heat: 0.6 },
      { x: 7, y: 7, classIndex: 1, heat: 0.3 },
    ]);
    expect(decodeObjects(heat, edges, options).map(({ confidence }) => confidence)).toEqual([
      expect.closeTo(0.6),
      expect.closeTo(0.3),
    ]);
  });

  it('keeps the more confident of two boxes that overlap too much, whatever their class', () => {
    const [heat, edges] = grids([
      { x: 3, y: 3, classIndex: 2, heat: 0.9, edges: [8, 8, 8, 8] },
      { x: 4, y: 3, classIndex: 5, heat: 0.8, edges: [8, 8, 8, 8] },
      { x: 3, y: 6, classIndex: 5, heat: 0.7, edges: [1, 1, 1, 1] },
    ]);
    expect(decodeObjects(heat, edges, options).map(({ classIndex }) => classIndex)).toEqual([2, 5]);
    expect(decodeObjects(heat, edges, { ...options, maximumOverlap: 1 })).toHaveLength(3);
    expect(decodeObjects(heat, edges, { ...options, limit: 1 })).toHaveLength(1);
  });
});

describe('inputSizeFor', () => {
  it.each([
    [640, 480, 512, 384],
    [360, 240, 544, 352],
    [640, 360, 576, 320],
    [480, 640, 384, 512],
    [10, 640, 64, 1536],
  ])('%s × %s goes through the network at %s × %s', (width, height, inputWidth, inputHeight) => {
    expect(inputSizeFor(width, height, 384 * 512)).toEqual({ width: inputWidth, height: inputHeight });
  });
});
