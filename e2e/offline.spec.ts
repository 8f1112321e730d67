/** On a plain host, below any path: installable, at work without a network, and a new version only when the user wants it. */
import type { Page } from '@playwright/test';
import { expectNoFindings } from './axe.ts';
import { test as base, expect } from './fixtures.ts';
import { type StaticHost, startStaticHost } from './static-host.ts';

const test = base.extend<{ host: StaticHost }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the fixtures in use from this pattern
  host: async ({}, use) => {
    const host = await startStaticHost('/sub/path/');
    await use(host);
    await host.stop();
  },
  baseURL: async ({ host }, use) => use(host.address),
});
test.use({ serviceWorkers: 'allow' });

/** Waits until the service worker has all it keeps from the start, and serves this page. */
const untilServed = (page: Page) =>
  page.evaluate(async () => {
    await navigator.serviceWorker.ready;
    if (navigator.serviceWorker.controller) return;
    await new Promise((resolve) => navigator.serviceWorker.addEventListener('controllerchange', resolve));
  });

/** Addresses of the models that are kept. */
const keptModels = (page: Page) =>
  page.evaluate(async () => {
    const cache = await caches.open(`oriel-models-${new URL('.', location.href).href}`);
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
  });

test('after one visit the demo runs without a network, isolated as the host could not', async ({
  page,
  watch,
  host,
}) => {
  test.setTimeout(240_000);
  await watch.open();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await untilServed(page);
  // What was fetched before the service worker was there is kept too.
  await watch.leave();
  await watch.tryDemo.click();
  await expect.poll(() => keptModels(page)).toContain('/sub/path/models/centernet.bin');

  await host.stop();
  await page.reload();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem')).not.toHaveCount(0);
});

test('a new version waits until the user reloads, and interrupts nothing', async ({ page, watch, host }) => {
  test.setTimeout(180_000);
  await watch.open();
  await untilServed(page);
  await watch.tryDemo.click();
  await watch.untilJudged(90_000);

  host.release();
  await page.evaluate(async () => void (await navigator.serviceWorker.ready).update());
  const prompt = page.getByRole('status', { name: 'Update' });
  await expect(prompt).toContainText('A new version of Oriel is ready. Reloading ends what is running now.');
  await expect(watch.stop).toBeVisible();
  await expectNoFindings(page);
  await expect(page.locator('html[data-release]')).toHaveCount(0);
  // Also after a reload of the user's own the version before is served, whole.
  await page.reload();
  await expect(page.locator('html[data-release]')).toHaveCount(0);
  await prompt.getByRole('button', { name: 'Reload' }).click();
  await expect(page.locator('html[data-release="2"]')).toHaveCount(1);
  await expect(prompt).toBeEmpty();
});

test('the app can be installed: a manifest with icons that are there', async ({ page, watch, request }) => {
  await watch.open();
  const href = await page.locator('link[rel=manifest]').evaluate((link: HTMLLinkElement) => link.href);
  const manifest = await (await request.get(href)).json();
  expect(manifest).toMatchObject({ name: 'Oriel', display: 'standalone', start_url: './' });
  const sizes = manifest.icons.map(({ sizes }: { sizes: string }) => sizes);
  expect(sizes).toEqual(expect.arrayContaining(['192x192', '512x512']));
  for (const { src, type } of manifest.icons) {
    const icon = await request.get(new URL(src, href).href);
    expect(icon.headers()['content-type']).toBe(type);
  }
});
