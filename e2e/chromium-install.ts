/** Finds a Chromium to test in, or installs one: Playwright's own, else the system's package when run as root. */
import { spawnSync } from 'node:child_process';
import { findChromium } from './chromium.ts';

const run = (command: string, ...args: string[]) => spawnSync(command, args, { stdio: 'inherit' }).status === 0;

/** Path of a Chromium; throws with what to do where none can be had. */
export function ensureChromium(): string {
  const found = findChromium();
  if (found) return found;
  run('npx', 'playwright', 'install', 'chromium');
  if (!findChromium() && process.getuid?.() === 0) {
    run('apt-get', 'update');
    run('apt-get', 'install', '--yes', '--no-install-recommends', 'chromium');
  }
  const installed = findChromium();
  if (installed) return installed;
  throw new Error('No Chromium was found and none could be installed. Install one, or set CHROMIUM_PATH to its path.');
}
