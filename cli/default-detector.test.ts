import { readFile } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { cardOf, catalogue, defaultDetector } from '../src/detectors/catalogue';

/** Mean micro AUC over the data sets; null where a detector was not measured on all of them. */
async function meanAuc(name: string): Promise<number | null> {
  const read = async (set: string) => {
    const text = await readFile(`benchmarks/results/${set}-${name}.json`, 'utf8').catch(() => null);
    return text === null ? null : (JSON.parse(text).microAuc as number);
  };
  const values = await Promise.all(['ped2', 'planted'].map(read));
  return values.every((value) => value !== null) ? values.reduce((sum, value) => sum + value, 0) / values.length : null;
}

it('the default detector is the one with the best results, as its card says', async () => {
  const results = await Promise.all(catalogue.map(async ({ name }) => ({ name, auc: await meanAuc(name) })));
  const best = results.reduce((a, b) => ((b.auc ?? 0) > (a.auc ?? 0) ? b : a));
  expect(best.name).toBe(defaultDetector);
  expect(cardOf(defaultDetector).summary).toContain('best on average');
});
