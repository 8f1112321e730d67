import { expect, test } from 'vitest';
import { linkRegions, mapRegions, maskRegions } from './regions';

test('components touch at corners and small ones are dropped', () => {
  const data = Uint8Array.from([1, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1]);
  expect(maskRegions({ width: 4, height: 3, data }, 1)).toEqual([
    { x0: 0, y0: 0, x1: 2, y1: 2, area: 2 },
    { x0: 3, y0: 2, x1: 4, y1: 3, area: 1 },
  ]);
  expect(maskRegions({ width: 4, height: 3, data }, 2)).toHaveLength(1);
});

test('a map becomes boxes in pixels', () => {
  const map = { width: 2, height: 2, values: Float32Array.of(0, 3, 0, 2) };
  expect(mapRegions(map, 2, { width: 100, height: 50 })).toEqual([{ x0: 50, y0: 0, x1: 100, y1: 50 }]);
  expect(mapRegions(map, 4, { width: 100, height: 50 })).toEqual([]);
});

test('tracks follow overlap, survive a short gap and part after a long one', () => {
  const at = (x: number) => ({ x0: x, y0: 0, x1: x + 10, y1: 10 });
  const linked = linkRegions([[at(0), at(50)], [at(48), at(3)], [], [at(6)], [], [], [], [], [], [], [at(6)]]);
  expect(linked.map((frame) => frame.map(({ track }) => track))).toEqual([
    [0, 1],
    [1, 0],
    [],
    [0],
    [],
    [],
    [],
    [],
    [],
    [],
    [2],
  ]);
});
