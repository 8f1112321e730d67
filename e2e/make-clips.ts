/** Before the specs: draws and encodes the clips that are not there yet. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium, type FullConfig } from '@playwright/test';
import { createPlaza, type PlazaOptions } from '../src/media/synthetic/plaza.ts';
import { findChromium, quietSwitches } from './chromium.ts';
import { clips, plazas, rawFile } from './clips.ts';
import { encodeClip } from './encode-clip.ts';
import { writeY4m } from './y4m.ts';

export default async function makeClips(config: FullConfig): Promise<void> {
  const folder = dirname(clips.file);
  const stamp = `${folder}/made-from`;
  const origin = fingerprint();
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === origin) return;
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  await draw(plazas.webcam, clips.webcam);
  await draw(plazas.smallWebcam, clips.smallWebcam);
  await draw(plazas.file, rawFile);
  const browser = await chromium.launch({ executablePath: findChromium() ?? undefined, args: quietSwitches });
  await encodeClip(browser, config.projects[0].use.baseURL ?? '', rawFile, clips.file);
  await browser.close();
  rmSync(rawFile);
  writeFileSync(stamp, origin);
}

/** Changes with the plaza's code and with the clips' options. */
function fingerprint(): string {
  const hash = createHash('sha256').update(JSON.stringify(plazas));
  const code = fileURLToPath(new URL('../src/media/synthetic/', import.meta.url));
  for (const name of readdirSync(code).sort()) hash.update(readFileSync(code + name));
  return hash.digest('hex');
}

async function draw(options: PlazaOptions & { fps: number; durationS: number }, path: string): Promise<void> {
  const plaza = createPlaza(options);
  function* frames() {
    for (let index = 0; index < options.fps * options.durationS; index++) yield plaza.frameAt(index).frame;
  }
  await writeY4m(path, options.fps, frames());
}
