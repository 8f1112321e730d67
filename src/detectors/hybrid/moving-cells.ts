/** Which cells of the motion grid move at this moment. */
import type { MotionField } from '../../vision/dense-motion';
import type { Plane } from '../../vision/plane';

/** 1 where there is motion now, before any averaging; else 0. */
export function movingCells({ x, y }: MotionField): Plane {
  return { ...x, values: x.values.map((value, i) => (value !== 0 || y.values[i] !== 0 ? 1 : 0)) };
}
