/** People in a frame as a few numbers: how many, how near one another, how fast within their boxes. */
import { type Box, boxArea, intersectionArea } from '../../lib/box';
import type { MotionField } from '../../vision/dense-motion';

/** Values of `peopleActs`. */
export const PEOPLE_ACTS = 9;
/** Distance of people who are far apart or alone, in heights. */
const APART = 3;

/** A person with a confidence of 0…1; the box in pixels of the frame. */
export type Person = Box & { confidence: number };

/**
 * Count, highest and summed overlap (intersection over union) of two boxes, smallest distance of two centres in their mean height,
 * summed confidence, highest and mean speed within a box in its heights per second, height of the tallest box in the picture's, and
 * the widest box's width over its height: a fall, or a clinch seen as one.
 */
export function peopleActs(people: readonly Person[], motion: MotionField, frameHeight: number): Float32Array {
  let [overlap, overlaps, distance] = [0, 0, APART];
  people.forEach((person, index) => {
    for (const other of people.slice(0, index)) {
      const shared = intersectionArea(person, other);
      const union = boxArea(person) + boxArea(other) - shared;
      overlap = Math.max(overlap, shared / union);
      overlaps += shared / union;
      distance = Math.min(distance, distanceInHeights(person, other));
    }
  });
  const speeds = people.map((person) => speedWithin(person, motion));
  return Float32Array.from([
    people.length,
    overlap,
    overlaps,
    distance,
    people.reduce((sum, { confidence }) => sum + confidence, 0),
    Math.max(0, ...speeds),
    speeds.reduce((sum, speed) => sum + speed, 0) / Math.max(1, people.length),
    Math.max(0, ...people.map(height)) / frameHeight,
    Math.max(0, ...people.map((person) => (person.x1 - person.x0) / height(person))),
  ]);
}

const height = ({ y0, y1 }: Box) => Math.max(1, y1 - y0);

function distanceInHeights(a: Box, b: Box): number {
  const across = (a.x0 + a.x1 - b.x0 - b.x1) / 2;
  const down = (a.y0 + a.y1 - b.y0 - b.y1) / 2;
  return Math.hypot(across, down) / ((height(a) + height(b)) / 2);
}

/** Mean speed of the cells within the box, in its heights per second. */
function speedWithin(box: Box, { x, y, cellSize }: MotionField): number {
  const cell = (pixels: number, cells: number) => Math.min(cells - 1, Math.max(0, Math.floor(pixels / cellSize)));
  let [sum, count] = [0, 0];
  for (let row = cell(box.y0, x.height); row <= cell(box.y1, x.height); row++) {
    for (let column = cell(box.x0, x.width); column <= cell(box.x1, x.width); column++) {
      const at = row * x.width + column;
      sum += Math.hypot(x.values[at], y.values[at]);
      count++;
    }
  }
  return sum / count / height(box);
}
