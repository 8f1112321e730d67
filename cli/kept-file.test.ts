import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { keep, readKept } from './kept-file';
import { testFolder } from './test-folder.fixture';

it('gives back what was kept, and nothing of a file that was cut off', async () => {
  const folder = testFolder();
  const file = join(folder, 'features', 'a.bin');
  expect(await readKept(file)).toBeNull();
  await keep(file, { frames: [Float32Array.of(1, 2)] });
  expect(await readKept(file)).toEqual({ frames: [Float32Array.of(1, 2)] });
  expect(await readdir(join(folder, 'features'))).toEqual(['a.bin']);
  const whole = await readFile(file);
  await writeFile(file, whole.subarray(0, whole.length - 4));
  expect(await readKept(file)).toBeNull();
});
