import { expect, it } from 'vitest';
import { meanMissing, spokenAuc, validationAuc } from './validation-auc';

it('is none where all frames are of one kind, and NaN where a score is', () => {
  expect(validationAuc([3, 1, 2], [1, 0, 0])).toBe(1);
  expect(validationAuc([3, 1], [0, 0])).toBeNull();
  expect(validationAuc([3, 1], [1, 1])).toBeNull();
  expect(validationAuc([Number.NaN, 1], [1, 0])).toBeNaN();
  expect(spokenAuc(0.5)).toBe('AUC 0.500');
});

it('is averaged over the scenes that have one', () => {
  const scenes = [
    { auc: 0.9, share: 1 },
    { auc: null, share: 5 },
    { auc: 0.5, share: 1 / 3 },
  ];
  expect(meanMissing(scenes)).toBeCloseTo(0.2);
  expect(meanMissing([{ auc: Number.NaN, share: 1 }])).toBeNaN();
  expect(() => meanMissing([{ auc: null, share: 1 }])).toThrow('more or longer footage');
});
