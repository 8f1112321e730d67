import { expect, test } from 'vitest';
import { macroAuc, microAuc } from './clip-auc';

test('micro ranks all frames together, macro leaves out clips with one class', () => {
  const shifted = { scores: [11, 12, 13], labels: [0, 0, 1] };
  const low = { scores: [1, 2, 3], labels: [0, 1, 1] };
  const normal = { scores: [5, 5], labels: [0, 0] };
  expect(macroAuc([shifted, low, normal])).toBe(1);
  expect(microAuc([shifted, low, normal])).toBeCloseTo((5 + 1 + 1) / 15);
  expect(macroAuc([normal])).toBeNaN();
});
