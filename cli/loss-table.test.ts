import { expect, it } from 'vitest';
import { lossTable } from './loss-table';

it('tells what each term brings, beside how far repeats lie apart', () => {
  const text = lossTable({
    losses: 'stadnet',
    steps: 100,
    weights: { places: 4, vae: 0.1 },
    scenes: ['a', 'b'],
    aucs: { everything: [0.7, 0.8, 0.9], places: [0.6, 0.61], vae: [0.75, 0.77] },
    command: 'npm run ablate-losses -- --detector stadnet --data DIR',
    machine: 'a machine',
    date: '2026-01-02',
  });
  expect(text.split('\n').slice(2, 5)).toEqual([
    '| **everything** | 0.750 | 0.700–0.800 |  |',
    '| places (4) | 0.605 | 0.600–0.610 | −14.5 |',
    '| vae (0.1) | 0.760 | 0.750–0.770 | +1.0 |',
  ]);
  expect(text).toContain('mean over 2 scenes, folders alike; mean and range of 2 trainings of 100 updates');
});
