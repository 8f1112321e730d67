/** Weights and checkpoints as files: a manifest beside the bytes it describes. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { WeightsBundle } from '../src/detectors/hybrid/learned/shipped';
import type { CheckpointStore } from '../src/engine/checkpoint';
import { type StoredWeights, WeightsError } from '../src/nn/stored-weights';

/** `path`.json and `path`.bin; null where neither is there. Throws WeightsError where one is missing or unreadable. */
export async function readWeights(path: string): Promise<StoredWeights | null> {
  const [manifest, bytes] = await Promise.all([
    readFile(`${path}.json`, 'utf8').catch(() => null),
    readFile(`${path}.bin`).catch(() => null),
  ]);
  if (manifest === null && bytes === null) return null;
  if (manifest === null || bytes === null)
    throw new WeightsError(`Of the weights ${path} only the ${manifest === null ? '.bin' : '.json'} file is there.`);
  try {
    return { manifest: JSON.parse(manifest), bytes: new Uint8Array(bytes) };
  } catch {
    throw new WeightsError(`${path}.json is not valid JSON; the weights cannot be read.`);
  }
}

/** Both files are written whole before either takes its name; a cut between the two names is noticed by the checksum when read. */
export async function writeWeights(path: string, { manifest, bytes }: StoredWeights): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await writeFile(`${path}.bin.new`, bytes);
  await writeFile(`${path}.json.new`, `${JSON.stringify(manifest)}\n`);
  await rename(`${path}.bin.new`, `${path}.bin`);
  await rename(`${path}.json.new`, `${path}.json`);
}

/** The weights as one JSON file that code can import. */
export async function writeBundle(path: string, { manifest, bytes }: StoredWeights): Promise<void> {
  const bundle: WeightsBundle = { manifest, base64: Buffer.from(bytes).toString('base64') };
  await writeFile(path, `${JSON.stringify(bundle)}\n`);
}

/** Without `resume` the first read finds nothing, so that the run starts anew and overwrites at its first checkpoint. */
export const fileCheckpoints = (path: string, resume: boolean): CheckpointStore => ({
  read: async () => (resume ? readWeights(path) : null),
  write: (checkpoint) => writeWeights(path, checkpoint),
});
