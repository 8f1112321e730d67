import { expect, test } from 'vitest';
import { createRng } from '../lib/rng';
import { bootstrapInterval } from './bootstrap';

const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

test('covers the mean with the width theory gives', () => {
  const rng = createRng(1);
  const clips = Array.from({ length: 100 }, () => 3 + rng.normal());
  const interval = bootstrapInterval(clips, mean, createRng(2));
  expect(interval).toEqual(bootstrapInterval(clips, mean, createRng(2)));
  expect(interval?.high as number).toBeGreaterThan(mean(clips));
  expect((interval?.high as number) - (interval?.low as number)).toBeCloseTo((2 * 1.96) / 10, 1);
});

test('leaves out draws without a value and needs two clips', () => {
  expect(bootstrapInterval([1], mean, createRng(1))).toBeNull();
  expect(bootstrapInterval([1, 2], () => Number.NaN, createRng(1))).toBeNull();
});
