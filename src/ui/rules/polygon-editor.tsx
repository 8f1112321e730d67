/** A polygon's corners over the picture, to move by mouse, finger and keyboard. */
import type { KeyboardEvent, PointerEvent } from 'react';
import type { Point } from '../../alerts/zone';
import classes from './rules.module.css';
import { withCorner, withoutCorner } from './zone-shape';

export interface Size {
  width: number;
  height: number;
}

export const outline = (points: readonly Point[]) => points.map(({ x, y }) => `${x},${y}`).join(' ');

/** Where the pointer is on an element that covers the picture, in pixels of the picture. */
export function pointOn(element: Element | null | undefined, event: PointerEvent, size: Size): Point | null {
  const frame = element?.getBoundingClientRect();
  if (!frame) return null;
  return {
    x: ((event.clientX - frame.left) / frame.width) * size.width,
    y: ((event.clientY - frame.top) / frame.height) * size.height,
  };
}

/** Keys move a corner by this share of the picture's width, with Shift by a fifth of it. */
const KEY_STEP = 0.01;
const directions: Record<string, Point> = {
  ArrowLeft: { x: -1, y: 0 },
  ArrowRight: { x: 1, y: 0 },
  ArrowUp: { x: 0, y: -1 },
  ArrowDown: { x: 0, y: 1 },
};

interface CornersProps {
  /** What the polygon is, for the corners' names. */
  name: string;
  points: readonly Point[];
  size: Size;
  change: (points: Point[]) => void;
}

/** Must stand in an element that covers the picture. */
export function Corners({ name, points, size, change }: CornersProps) {
  const { width, height } = size;
  const move = (index: number, to: Point) => change(withCorner(points, index, to, width, height));
  const drag = (event: PointerEvent<HTMLButtonElement>, index: number) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId)) return;
    const to = pointOn(event.currentTarget.parentElement, event, size);
    if (to) move(index, to);
  };
  const press = (event: KeyboardEvent, index: number) => {
    const direction = directions[event.key];
    const step = KEY_STEP * width * (event.shiftKey ? 0.2 : 1);
    const { x, y } = points[index];
    if (direction) move(index, { x: x + step * direction.x, y: y + step * direction.y });
    else if (event.key === 'Delete' || event.key === 'Backspace') change(withoutCorner(points, index));
    else return;
    event.preventDefault();
  };
  return points.map(({ x, y }, index) => (
    <button
      // biome-ignore lint/suspicious/noArrayIndexKey: a corner is known by its place in the polygon
      key={index}
      type="button"
      className={classes.corner}
      style={{ left: `${(100 * x) / width}%`, top: `${(100 * y) / height}%` }}
      aria-label={`Corner ${index + 1} of ${name}: arrow keys move it, Delete removes it`}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={(event) => drag(event, index)}
      onKeyDown={(event) => press(event, index)}
    />
  ));
}
