/** The demo: what a visitor sees first, with no camera and no waiting. */
import { expect, test } from './fixtures.ts';

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

test('while the demo runs, the page stays responsive', async ({ watch, longTasks }) => {
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 30_000 });
  await longTasks.clear();
  await expect.poll(() => watch.page.evaluate(() => performance.now()), { timeout: 60_000 }).toBeGreaterThan(40_000);
  const durations = await longTasks.durations();
  const engine = await watch.engine.textContent();
  test.info().annotations.push({ type: 'tasks over 50 ms', description: durations.join(', ') || 'none' });
  test.info().annotations.push({ type: 'engine', description: engine ?? '' });
  expect(durations).toEqual([]);
});
