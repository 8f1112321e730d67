/** What moves but was not found as an object: motion regions as detections without a class. */
import { type Box, boxArea, intersectionArea } from '../../lib/box';
import { connectedComponents } from '../../lib/connected-components';
import { movingCells } from '../../vision/coarse-motion';
import type { MotionField } from '../../vision/dense-motion';
import { boxMean } from '../../vision/plane';
import { CLASSES, type Detection, UNKNOWN_CLASS } from '../../vision/suppression';

/** Cells slower than so many cells per second are still. */
const SLOWEST = 1.25;
/** Share of the 5×5 cells around that must move now. */
const MOVING_SHARE = 0.3;
/** Smaller regions are noise, larger ones the camera or the light: in cells, and as a share of the picture. */
const FEWEST_CELLS = 8;
const LARGEST_SHARE = 0.5;
/** Just sure enough to begin a track. */
const CONFIDENCE = 0.3;
/** A region with this share of its area in detections, or that covers this share of one, is what was detected. */
const EXPLAINED = 0.4;

/** Boxes, in frame pixels, of connected cells that move; nothing where the whole picture does. */
export function motionRegions(field: MotionField): Box[] {
  const { width, height } = field.x;
  const moving = boxMean(movingCells(field), 2);
  const slowest = SLOWEST * field.cellSize;
  const regions = connectedComponents(
    width,
    height,
    (cell) =>
      moving.values[cell] >= MOVING_SHARE && Math.hypot(field.bodyX.values[cell], field.bodyY.values[cell]) >= slowest,
  ).filter(({ area }) => area >= FEWEST_CELLS);
  const covered = regions.reduce((sum, { area }) => sum + area, 0);
  if (covered > LARGEST_SHARE * width * height) return [];
  const size = field.cellSize;
  return regions.map(({ x0, y0, x1, y1 }) => ({ x0: x0 * size, y0: y0 * size, x1: x1 * size, y1: y1 * size }));
}

/** The detections, and the regions that none of them explains. */
export function withRegions(detections: readonly Detection[], regions: readonly Box[], embeddingSize: number) {
  const unexplained = regions.filter((region) => {
    const inside = detections.reduce((sum, detection) => sum + intersectionArea(region, detection), 0);
    const covers = detections.some((d) => intersectionArea(region, d) > EXPLAINED * boxArea(d));
    return inside < EXPLAINED * boxArea(region) && !covers;
  });
  return [
    ...detections,
    ...unexplained.map(
      (box): Detection => ({
        ...box,
        classIndex: UNKNOWN_CLASS,
        confidence: CONFIDENCE,
        classes: new Float32Array(CLASSES),
        embedding: new Float32Array(embeddingSize),
      }),
    ),
  ];
}
