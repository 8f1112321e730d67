/** The demo: what a visitor sees first, with no camera and no waiting. */
import { expect, test } from './fixtures.ts';
import { mainThreadTasks } from './main-thread.ts';

test('the demo shows an explained anomaly within 20 seconds of the click', async ({ watch }) => {
  await watch.open();
  const clicked = performance.now();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 20_000 });
  const seconds = (performance.now() - clicked) / 1000;
  test.info().annotations.push({ type: 'first alert', description: `${seconds.toFixed(1)} s after the click` });
  await expect(watch.alertItems.first()).toContainText(/[a-z]{3,} [a-z]{2,}/);
  await expect(watch.score).toBeVisible();
  await expect(watch.timeline).toBeVisible();
  await expect(watch.heatmap).toBeVisible();
});

test('many alerts scroll in their list; the picture stays whole', async ({ watch, page }) => {
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  const height = () => page.evaluate(() => document.documentElement.scrollHeight);
  const picture = await watch.heatmap.boundingBox();
  expect(await height()).toBe(800);
  // As many as come in some minutes.
  await watch.alerts.evaluate((list) => {
    const another = list.children[0].cloneNode(true) as Element;
    another.querySelector('img')?.remove(); // its picture is the original's
    for (let count = 0; count < 20; count++) list.append(another.cloneNode(true));
  });
  await expect(watch.alertItems.nth(20)).toBeAttached();
  expect(await height()).toBe(800);
  expect(await watch.heatmap.boundingBox()).toEqual(picture);
});

test('after a warm reload the model is ready within five seconds', async ({ watch, page }) => {
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  await page.reload();
  await expect(watch.tryDemo).toBeVisible();
  const clicked = performance.now();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 20_000 });
  const seconds = (performance.now() - clicked) / 1000;
  test.info().annotations.push({ type: 'model ready', description: `${seconds.toFixed(1)} s after the click` });
  expect(seconds).toBeLessThan(5);
});

test('while the demo is watched, no task needs the page for more than 50 ms', async ({ watch, browser, page }) => {
  test.setTimeout(180_000);
  await watch.open();
  await watch.tryDemo.click();
  // The first alert brings the feed and its thumbnail to life: from then on it is everyday watching.
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  const now = () => page.evaluate(() => performance.now());
  const { busyMs, wallMs } = await mainThreadTasks(browser, page, async () => {
    const end = (await now()) + 20_000;
    await expect.poll(now, { timeout: 60_000, intervals: [1000] }).toBeGreaterThan(end);
  });
  test
    .info()
    .annotations.push(
      { type: 'longest tasks, processor ms', description: busyMs.slice(0, 5).join(', ') },
      { type: 'longest tasks, wall ms', description: wallMs.slice(0, 5).join(', ') },
      { type: 'engine', description: (await watch.engine.textContent()) ?? '' },
    );
  expect(busyMs.length).toBeGreaterThan(100);
  expect(busyMs[0]).toBeLessThan(50);
});
