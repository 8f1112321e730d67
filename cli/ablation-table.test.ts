import { expect, it } from 'vitest';
import { networkSceneKinds } from '../src/detectors/registry';
import { ablationTable, measuredAlike } from './ablation-table';
import { ablated, ablationsOf, networkAblations } from './ablations';
import { evaluationDetector } from './evaluation-detector';
import { readWeights } from './file-checkpoint';

const row = (auc: Record<string, number | null>) => ({
  planted: {
    auc,
    seed: 1,
    weights: 'cafe0001',
    versions: 'scene 7, features 4',
    machine: 'Some CPU',
    date: '2026-01-05',
  },
});

it('shows each row beside the whole detector, in points; none where a scene has no number or what was measured is another', () => {
  const rows = {
    everything: row({ a: 0.8, b: 0.7 }),
    'the network': row({ a: 0.7, b: 0.6 }),
    'the motion VAE': row({ a: 0.81, b: null }),
    speed: { planted: { ...row({ a: 0.8, b: 0.8 }).planted, versions: 'scene 6, features 4' } },
  };
  const table = ablationTable({ ablation: 'stadnet', rows }).split('\n');
  expect(table.slice(2, 6)).toEqual([
    '| **everything** | 0.750 |  |',
    '| the network | 0.650 | −10.0 |',
    '| the motion VAE | – |  |',
    '| speed | – |  |',
  ]);
  expect(table.at(-1)).toMatch(
    /`npm run ablate -- --dataset planted --data DIR --detector stadnet`, weights cafe0001, scene 7, features 4, .*; the network was trained on/,
  );
});

it('takes a row for measured by the same seed, weights and versions only', () => {
  const kept = row({ a: 0.8 }).planted;
  expect(measuredAlike(kept, { ...kept })).toBe(true);
  expect(measuredAlike(kept, { ...kept, seed: 2 })).toBe(false);
  expect(measuredAlike(kept, { ...kept, weights: 'cafe0002' })).toBe(false);
  expect(measuredAlike(kept, { ...kept, versions: 'scene 8, features 4' })).toBe(false);
  expect(measuredAlike({ ...kept, versions: undefined }, kept)).toBe(false);
});

it.each(['hybrid', ...Object.keys(networkSceneKinds)])('every row of %s can be evaluated', (detector) => {
  const rows = ablationsOf(detector);
  expect(rows.length).toBeGreaterThan(10);
  for (const row of rows) expect(evaluationDetector(ablated(detector, row)).features).toBeDefined();
});

it.each(Object.keys(networkSceneKinds))('what is silent in %s is among its weights', async (detector) => {
  const stored = await readWeights(`public/models/${detector}/weights`);
  const paths = stored!.manifest.leaves.map(({ path }) => path);
  for (const [row, { silent }] of Object.entries(networkAblations[detector])) {
    if (!silent) continue;
    const chosen = paths.filter(silent(paths));
    expect(chosen.length, row).toBeGreaterThan(0);
    expect(chosen.length, row).toBeLessThan(paths.length);
  }
});
