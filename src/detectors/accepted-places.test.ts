import { expect, it } from 'vitest';
import { withoutAcceptedPlaces } from './accepted-places';

const grid = { width: 6, height: 4, cellSize: 10 };
/** The places of the middle two rows score so much, the others nothing. */
const scores = (score: number) =>
  Float32Array.from({ length: 24 }, (_, place) => (place >= 6 && place < 18 ? score : 0));
const because = (cue: string) => () => [{ cue, text: cue, weight: 2 }];
const bag = { label: '', box: { x0: 10, y0: 10, x1: 30, y1: 30 }, raw: 4, cues: ['presence'] };
const silenced = (values: Float32Array, before: Float32Array) =>
  [...values.keys()].filter((place) => values[place] !== before[place]);

it('what the user called normal scores nothing at its place and half its height around, and nowhere else', () => {
  const before = scores(4);
  const rest = withoutAcceptedPlaces(before, grid, [bag], because('presence'));
  expect(silenced(rest, before)).toEqual([6, 7, 8, 9, 12, 13, 14, 15]);
  expect(Math.max(...rest)).toBe(4);
});

it('a region is normal within its own box', () => {
  const before = scores(4);
  const rest = withoutAcceptedPlaces(before, grid, [{ ...bag, label: 'motion' }], because('presence'));
  expect(silenced(rest, before)).toEqual([7, 8, 13, 14]);
});

it('what is unusual by another cue, or much more so, still counts, and things have their own exceptions', () => {
  const kept = (before: Float32Array, exception: typeof bag, cue: string) =>
    silenced(withoutAcceptedPlaces(before, grid, [exception], because(cue)), before);
  expect(kept(scores(4), bag, 'motion')).toEqual([]);
  expect(kept(scores(6.1), bag, 'presence')).toEqual([]);
  expect(kept(scores(4), { ...bag, label: 'person' }, 'presence')).toEqual([]);
});
