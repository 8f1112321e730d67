import { expect, test } from 'vitest';
import { connectedComponents } from './connected-components';

const cells = (rows: string[]) => (cell: number) => rows.join('')[cell] === '#';

test('cells that touch at a corner are one component, with its box and area', () => {
  const rows = ['#...', '.##.', '....'];
  expect(connectedComponents(4, 3, cells(rows))).toEqual([{ x0: 0, y0: 0, x1: 3, y1: 2, area: 3 }]);
});

test('what touches nothing is a component of its own', () => {
  const rows = ['##.#', '....', '....'];
  expect(connectedComponents(4, 3, cells(rows)).map(({ area }) => area)).toEqual([2, 1]);
});

test('nothing set gives none, and the edge of a row does not touch the next row', () => {
  expect(connectedComponents(4, 3, () => false)).toEqual([]);
  expect(connectedComponents(4, 2, cells(['...#', '#...'])).length).toBe(2);
});
