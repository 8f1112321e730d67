import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readWeights, writeWeights } from './file-checkpoint';
import { testFolder } from './test-folder.fixture';
import { readFightWeights } from './train-fights';

const shipped = 'public/models/fights/hybrid';

it('reads the shipped judge, which was trained on the features as they are', async () => {
  const { model, threshold } = await readFightWeights(shipped, 'hybrid');
  expect(model.members.length).toBeGreaterThan(0);
  expect(threshold).toBeTypeOf('number');
});

it('refuses a judge of other features, and a folder without one', async () => {
  const folder = testFolder();
  await expect(readFightWeights(folder, 'hybrid')).rejects.toThrow('There are no weights');
  const stored = await readWeights(join(shipped, 'weights'));
  if (!stored) throw new Error('The shipped judge is missing.');
  const config = stored.manifest.config as { features: object };
  const other = { ...config, features: { ...config.features, keyIntervalS: 1 } };
  await writeWeights(join(folder, 'weights'), { ...stored, manifest: { ...stored.manifest, config: other } });
  await expect(readFightWeights(folder, 'hybrid')).rejects.toThrow('trained on other features');
});
