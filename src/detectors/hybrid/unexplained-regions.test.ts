import { expect, test } from 'vitest';
import type { HybridFeatures } from './features';
import { UnexplainedRegions } from './unexplained-regions';

const features = { flowGrid: { width: 4, height: 3, cellSize: 10 } } as HybridFeatures;
const reasonsAt = (cell: number) => [{ cue: 'motion', text: `cell ${cell}`, weight: 1 }];
const scored = (values: number[]) => ({ dense: Float32Array.from(values), telling: new Uint8Array(12).fill(1) });
const unusual = scored([0, 2, 3, 0, 0, 2, 2, 0, 0, 0, 0, 0]);

test('an unusual place becomes a region with its box, peak and reasons', () => {
  const [region] = new UnexplainedRegions().step(features, unusual, [], reasonsAt);
  expect(region).toMatchObject({ x0: 10, y0: 0, x1: 30, y1: 20, raw: 3, label: 'motion' });
  expect(region.reasons[0].text).toBe('cell 2');
});

test('an unusual object over it explains it, an ordinary one does not', () => {
  const object = { x0: 5, y0: 0, x1: 35, y1: 25, trackId: 1, label: 'person', reasons: [] };
  expect(new UnexplainedRegions().step(features, unusual, [{ ...object, raw: 5 }], reasonsAt)).toEqual([]);
  expect(new UnexplainedRegions().step(features, unusual, [{ ...object, raw: 0 }], reasonsAt)).toHaveLength(1);
});

test('a region keeps its identity while it overlaps itself, and gets another after a reset', () => {
  const regions = new UnexplainedRegions();
  const [first] = regions.step(features, unusual, [], reasonsAt);
  const moved = scored([0, 0, 3, 2, 0, 0, 2, 2, 0, 0, 0, 0]);
  expect(regions.step(features, moved, [], reasonsAt)[0].trackId).toBe(first.trackId);
  regions.reset();
  expect(regions.step(features, moved, [], reasonsAt)[0].trackId).not.toBe(first.trackId);
});

test('cells at which no cue is unusual by itself make no region, and are not its peak', () => {
  const regions = (telling: number[]) =>
    new UnexplainedRegions().step(features, { ...unusual, telling: Uint8Array.from(telling) }, [], reasonsAt);
  expect(regions(new Array(12).fill(0))).toEqual([]);
  const [region] = regions([0, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
  expect(region).toMatchObject({ x0: 10, y0: 0, x1: 30, y1: 20, raw: 2 });
  expect(region.reasons[0].text).toBe('cell 1');
});
