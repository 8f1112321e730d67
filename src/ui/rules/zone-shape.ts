/** Changing a zone's polygon corner by corner. */
import type { Point } from '../../alerts/zone';

/** The polygon with a corner moved, kept inside the picture. */
export function withCorner(points: readonly Point[], index: number, to: Point, width: number, height: number): Point[] {
  const kept = { x: Math.min(width, Math.max(0, to.x)), y: Math.min(height, Math.max(0, to.y)) };
  return points.map((point, each) => (each === index ? kept : point));
}

/** The polygon with a new corner put into the edge nearest to it; returns its place in the list too. */
export function withNewCorner(points: readonly Point[], at: Point): { points: Point[]; index: number } {
  const distance = (index: number) => distanceToEdge(at, points[index], points[(index + 1) % points.length]);
  const nearest = points
    .map((_, index) => index)
    .reduce((best, index) => (distance(index) < distance(best) ? index : best), 0);
  return { points: points.toSpliced(nearest + 1, 0, at), index: nearest + 1 };
}

/** The polygon without a corner; as it is where only three are left. */
export const withoutCorner = (points: readonly Point[], index: number): Point[] =>
  points.length > 3 ? points.toSpliced(index, 1) : [...points];

function distanceToEdge({ x, y }: Point, a: Point, b: Point): number {
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.min(1, Math.max(0, ((x - a.x) * dx + (y - a.y) * dy) / (dx * dx + dy * dy || 1)));
  return Math.hypot(x - a.x - along * dx, y - a.y - along * dy);
}
