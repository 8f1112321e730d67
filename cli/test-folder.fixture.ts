import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

/** A new folder for the running test, removed after it. */
export function testFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'oriel-test-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  return folder;
}
