import { describe, expect, it } from 'vitest';
import type { Box } from '../../lib/box';
import { uniformField } from '../../vision/motion.fixture';
import { CLASSES, type Detection, UNKNOWN_CLASS } from '../../vision/suppression';
import { motionRegions, withRegions } from './motion-regions';

/** A still field of 96 × 54 cells, 5 pixels each, in which the cells of a box move to the right. */
function movingBox({ x0, y0, x1, y1 }: Box) {
  const field = uniformField(1, 96, 54, 5);
  for (let row = y0; row < y1; row++) {
    for (let column = x0; column < x1; column++) {
      field.x.values[row * 96 + column] = 40;
      field.bodyX.values[row * 96 + column] = 40;
    }
  }
  return field;
}

const person = (box: Box): Detection => ({
  ...box,
  classIndex: 0,
  confidence: 0.6,
  classes: new Float32Array(CLASSES),
  embedding: Float32Array.of(1, 2),
});

describe('motion regions', () => {
  it('are the boxes of what moves together', () => {
    expect(motionRegions(movingBox({ x0: 10, y0: 20, x1: 18, y1: 30 }))).toEqual([
      { x0: 50, y0: 100, x1: 90, y1: 150 },
    ]);
    expect(motionRegions(movingBox({ x0: 0, y0: 0, x1: 0, y1: 0 }))).toEqual([]);
  });

  it('are not specks, nor the whole picture, nor what has stopped', () => {
    expect(motionRegions(movingBox({ x0: 10, y0: 20, x1: 12, y1: 22 }))).toEqual([]);
    expect(motionRegions(movingBox({ x0: 0, y0: 0, x1: 96, y1: 54 }))).toEqual([]);
    const stopped = movingBox({ x0: 10, y0: 20, x1: 18, y1: 30 });
    stopped.x.values.fill(0);
    expect(motionRegions(stopped)).toEqual([]);
  });

  it('become detections of no class where no found object explains them', () => {
    const region = { x0: 50, y0: 100, x1: 90, y1: 150 };
    const elsewhere = person({ x0: 300, y0: 100, x1: 340, y1: 180 });
    const [, unknown] = withRegions([elsewhere], [region], 2);
    expect(unknown).toMatchObject({ ...region, classIndex: UNKNOWN_CLASS, embedding: Float32Array.of(0, 0) });
    expect(withRegions([person({ x0: 60, y0: 90, x1: 95, y1: 160 })], [region], 2)).toHaveLength(1);
    expect(withRegions([person({ x0: 60, y0: 110, x1: 70, y1: 120 })], [region], 2)).toHaveLength(1);
  });
});
