/** What a first visit costs before anything is clicked. */
import { gzipSync } from 'node:zlib';
import { expect, test } from './fixtures.ts';

const kilobytes = (bytes: number) => Math.round(bytes / 1000);

test('the page starts with at most 400 kB of JavaScript, compressed', async ({ page, watch }) => {
  const scripts = new Map<string, number>();
  const waiting: Promise<void>[] = [];
  page.on('response', (response) => {
    const { pathname } = new URL(response.url());
    if (!pathname.endsWith('.js')) return;
    waiting.push(response.body().then((body) => void scripts.set(pathname, gzipSync(body).length)));
  });
  await watch.open();
  await page.waitForLoadState('networkidle');
  await Promise.all(waiting);
  const total = [...scripts.values()].reduce((sum, size) => sum + size, 0);
  test.info().annotations.push({ type: 'initial JavaScript', description: `${kilobytes(total)} kB gzip` });
  expect(scripts.size).toBeGreaterThan(0);
  expect(kilobytes(total)).toBeLessThanOrEqual(400);
});

test('the page is isolated, so WebAssembly threads can run', async ({ page, watch }) => {
  await watch.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
});
