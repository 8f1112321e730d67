/** `npm run screenshot`: builds the app, plays the demo in Chromium, and saves what a visitor sees for the README. */
import { mkdirSync } from 'node:fs';
import { chromium, expect } from '@playwright/test';
import sharp from 'sharp';
import { build, preview } from 'vite';
import { quietSwitches } from './chromium.ts';
import { ensureChromium } from './chromium-install.ts';
import { WatchPage } from './watch-page.ts';

const target = 'docs/watch.jpg';
const waiting = { timeout: 120_000, intervals: [100] };

await build({ logLevel: 'warn' });
const server = await preview({ preview: { port: 41731 } });
const browser = await chromium.launch({ executablePath: ensureChromium(), args: quietSwitches });
try {
  const page = await browser.newPage({
    viewport: { width: 1440, height: 900 },
    colorScheme: 'dark',
    deviceScaleFactor: 1.5,
  });
  await page.goto(server.resolvedUrls?.local[0] ?? 'http://localhost:41731/');
  const watch = new WatchPage(page);
  await watch.tryDemo.click();
  await expect(watch.alertItems.nth(2)).toBeVisible({ timeout: 180_000 });
  await expect.poll(async () => Math.abs((await watch.untilGlowing(60_000)).x - 0.5), waiting).toBeLessThan(0.25);
  mkdirSync('docs', { recursive: true });
  await sharp(await page.screenshot())
    .jpeg({ quality: 88, mozjpeg: true })
    .toFile(target);
  console.log(`Saved ${target}`);
} finally {
  await browser.close();
  await server.close();
}
