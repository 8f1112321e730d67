/** Before the specs: draws and encodes the clips that are not there yet. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type FullConfig } from '@playwright/test';
import { findChromium, quietSwitches } from './chromium.ts';
import { clips, drawings, rawFile } from './clips.ts';
import { encodeClip } from './encode-clip.ts';

const fixture = fileURLToPath(new URL('../cli/fixture.ts', import.meta.url));

export default async function makeClips(config: FullConfig): Promise<void> {
  const folder = dirname(clips.file);
  const stamp = `${folder}/made-from`;
  const origin = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === origin) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  draw(drawings.webcam, clips.webcam);
  draw(drawings.smallWebcam, clips.smallWebcam);
  draw(drawings.file, rawFile);
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: quietSwitches });
  await encodeClip(browser, config.projects[0].use.baseURL ?? '', rawFile, clips.file);
  await browser.close();
  rmSync(rawFile);
  writeFileSync(stamp, origin);
}

/** Changes with the plaza's code and with the clips' options. */
function fingerprint(): string {
  const hash = createHash('sha256').update(JSON.stringify(drawings));
  const code = fileURLToPath(new URL('../src/media/synthetic/', import.meta.url));
  for (const name of readdirSync(code).sort()) hash.update(readFileSync(code + name));
  return hash.digest('hex');
}

function draw(options: Record<string, string | number>, out: string): void {
  const args = Object.entries({ ...options, out }).flatMap(([name, value]) => [`--${name}`, String(value)]);
  execFileSync(process.execPath, ['--import', 'tsx', fixture, ...args], { stdio: 'inherit' });
}
