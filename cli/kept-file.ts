/** What is costly to compute, kept in files from run to run. */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';

/** What was kept; null where there is no file, or one that cannot be read back. */
export async function readKept<Content>(file: string): Promise<Content | null> {
  try {
    return deserialize(await readFile(file)) as Content;
  } catch {
    return null;
  }
}

/** Whole or not at all: a run that ends meanwhile leaves no half of a file. */
export async function keep(file: string, content: unknown): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  await writeFile(`${file}.new`, serialize(content));
  await rename(`${file}.new`, file);
}
