import { expect, it } from 'vitest';
import { withCorner, withNewCorner, withoutCorner } from './zone-shape';

const square = [
  { x: 10, y: 10 },
  { x: 90, y: 10 },
  { x: 90, y: 90 },
  { x: 10, y: 90 },
];

it('moves a corner no farther than the picture reaches', () => {
  expect(withCorner(square, 1, { x: 130, y: -5 }, 100, 100)[1]).toEqual({ x: 100, y: 0 });
});

it('puts a new corner into the nearest edge, the closing one too', () => {
  expect(withNewCorner(square, { x: 50, y: 4 })).toMatchObject({ index: 1, points: { length: 5 } });
  expect(withNewCorner(square, { x: 2, y: 50 }).index).toBe(4);
});

it('leaves at least three corners', () => {
  const triangle = withoutCorner(square, 0);
  expect(triangle).toEqual(square.slice(1));
  expect(withoutCorner(triangle, 0)).toEqual(triangle);
});
