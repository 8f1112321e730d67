import { readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type StoredWeights, WeightsError } from '../src/nn/stored-weights';
import { fileCheckpoints, readWeights, writeWeights } from './file-checkpoint';
import { testFolder } from './test-folder.fixture';

const stored = {
  manifest: { detector: 'stadnet', byteLength: 3 },
  bytes: Uint8Array.of(1, 2, 3),
} as unknown as StoredWeights;
let folder = '';

beforeEach(() => {
  folder = testFolder();
});

describe('weights as files', () => {
  it('come back as they were written, and leave nothing half written', async () => {
    const path = join(folder, 'new', 'weights');
    expect(await readWeights(path)).toBeNull();
    await writeWeights(path, stored);
    expect(await readWeights(path)).toEqual(stored);
    expect((await readdir(join(folder, 'new'))).sort()).toEqual(['weights.bin', 'weights.json']);
  });

  it('say what is wrong with them', async () => {
    await writeFile(join(folder, 'half.bin'), 'x');
    await expect(readWeights(join(folder, 'half'))).rejects.toThrow(WeightsError);
    await expect(readWeights(join(folder, 'half'))).rejects.toThrow(/only the \.bin/);
    await writeFile(join(folder, 'half.json'), '{');
    await expect(readWeights(join(folder, 'half'))).rejects.toThrow(/not valid JSON/);
  });

  it('are a checkpoint to go on from only where that is asked for', async () => {
    const path = join(folder, 'checkpoint');
    await fileCheckpoints(path, false).write(stored);
    expect(await fileCheckpoints(path, false).read()).toBeNull();
    expect(await fileCheckpoints(path, true).read()).toEqual(stored);
  });
});
