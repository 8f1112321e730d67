/** What was watched is found again: recorded, reviewed by keyboard, judged; and it stays quick with ten thousand events. */
import type { Page } from '@playwright/test';
import { expectNoFindingsInBothColours } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { mainThreadTasks } from './main-thread.ts';
import { ReviewPage, seedDay } from './review-page.ts';

test('an alert is recorded, and after a reload reviewed, played and judged by keyboard', async ({ watch, page }) => {
  test.setTimeout(180_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await watch.leave();
  await page.reload();

  const review = new ReviewPage(page);
  await review.open();
  await expect(review.items.first()).toBeVisible();
  await page.keyboard.press('j');
  await expect(review.event).toBeVisible();
  await expect(review.timeline).toBeVisible();
  expect(await review.duration()).toBeGreaterThan(1);
  await page.keyboard.press('Space');
  const position = () => review.video.evaluate((video: HTMLVideoElement) => video.currentTime);
  const begun = await position();
  await expect.poll(position).toBeGreaterThan(begun);
  await watch.untilGlowing(20_000);

  await page.keyboard.press('t');
  await expect(review.verdict('True')).toHaveAttribute('aria-pressed', 'true');
  await expect(review.verdict('Reviewed')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('n');
  await expect(review.verdict('Normal here')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('z');
  await expect(review.verdict('True')).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Shift+?');
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await page.keyboard.press('Escape');

  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: 'Export' });
  const begunMs = performance.now();
  const video = await review.saved(dialog.getByRole('button', { name: /^Video/ }));
  const tookS = (performance.now() - begunMs) / 1000;
  const lengthS = await durationOf(page, video.bytes);
  test.info().annotations.push({ type: 'export', description: `${lengthS.toFixed(1)} s in ${tookS.toFixed(1)} s` });
  expect(video.name).toMatch(/^Demo-plaza-.*\.mp4$/);
  expect(lengthS).toBeGreaterThan(3);
  expect(tookS).toBeLessThan(lengthS);
  const picture = await review.saved(dialog.getByRole('button', { name: /^Picture/ }));
  expect(picture.bytes.subarray(1, 4).toString()).toBe('PNG');
  const report = JSON.parse((await review.saved(dialog.getByRole('button', { name: /^Report/ }))).bytes.toString());
  expect(report).toMatchObject({ version: 1, source: { kind: 'demo' }, detector: 'hybrid' });
  expect(report.events[0].reasons.length).toBeGreaterThan(0);
  expect(report.frames.length).toBeGreaterThan(10);
  await page.keyboard.press('Escape');

  await page.reload();
  await expect(review.items.first().getByRole('img', { name: 'True' })).toBeVisible();
  await page.getByRole('tab', { name: 'Recordings' }).click();
  const workspace = await review.saved(page.getByRole('button', { name: 'Save workspace' }));
  await page.getByRole('button', { name: /^Delete the recording/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByRole('heading', { name: 'Nothing recorded yet' })).toBeVisible();
  await seedDay(page, 'day', 1);
  await page.reload();
  await page.getByRole('tab', { name: 'Recordings' }).click();
  const open = async (name: string, contents: Buffer) => {
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Open workspace' }).click();
    await (await chooser).setFiles({ name, mimeType: 'text/plain', buffer: contents });
  };
  await open('letter.oriel', Buffer.from('Dear Oriel'));
  await expect(watch.problem).toContainText('is not an Oriel workspace');
  await open(workspace.name, workspace.bytes);
  await expect(review.recordings.getByRole('listitem').filter({ hasText: 'Demo plaza' })).toBeVisible();
  await page.getByRole('tab', { name: 'Events' }).click();
  await expect(review.items.first().getByRole('img', { name: 'True' })).toBeVisible();
});

/** The length of a video as the browser plays it, in seconds. */
function durationOf(page: Page, bytes: Buffer): Promise<number> {
  return page.evaluate(async (base64) => {
    const video = document.createElement('video');
    const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    video.src = URL.createObjectURL(new Blob([bytes], { type: 'video/mp4' }));
    await new Promise((resolve, reject) => {
      video.onloadeddata = resolve;
      video.onerror = () => reject(new Error(video.error?.message));
    });
    return video.duration;
  }, bytes.toString('base64'));
}

test.describe('ten thousand events of a day', () => {
  test.beforeEach(async ({ page, watch }) => {
    await watch.open();
    const review = new ReviewPage(page);
    await review.open();
    await expect(page.getByRole('heading', { name: 'Nothing recorded yet' })).toBeVisible();
    await seedDay(page, 'day', 10_000);
    await seedDay(page, 'other day', 10);
    await page.reload();
    await expect(review.items.first()).toBeVisible();
  });

  test('scroll within the time of a frame', async ({ page, browser }) => {
    const review = new ReviewPage(page);
    expect(await review.items.count()).toBeLessThan(40);
    const { busyMs } = await mainThreadTasks(browser, page, () =>
      review.events.evaluate(async (list) => {
        const scroller = list.parentElement as HTMLElement;
        for (let step = 0; step < 120; step++) {
          scroller.scrollTop += 400;
          await new Promise(requestAnimationFrame);
        }
      }),
    );
    const slowest5percent = busyMs[Math.floor(busyMs.length * 0.05)];
    test.info().annotations.push({ type: 'longest tasks, processor ms', description: busyMs.slice(0, 5).join(', ') });
    expect(busyMs.length).toBeGreaterThan(100);
    expect(slowest5percent).toBeLessThan(16.7);
    await expect(review.items.first()).toHaveAttribute('aria-setsize', '10010');
    // The list scrolls, the page does not.
    expect(await page.evaluate(() => document.documentElement.scrollHeight - window.innerHeight)).toBe(0);
  });

  test('are drawn over the day within half a second', async ({ page }) => {
    const review = new ReviewPage(page);
    await page.getByRole('tab', { name: 'Recordings' }).click();
    const day = review.recordings
      .getByRole('listitem')
      .filter({ hasText: '10,000 events' })
      .getByRole('button')
      .first();
    // Once with the other day, which loads the chart's code.
    await review.recordings.getByRole('listitem').filter({ hasText: '10 events' }).getByRole('button').first().click();
    await expect(review.timeline.locator('.recharts-area-curve')).toBeVisible();
    const tookMs = await day.evaluate(async (button: HTMLElement) => {
      const figure = () => document.querySelector('figure[aria-label="Anomaly timeline"]');
      const before = figure();
      const begunMs = performance.now();
      button.click();
      const isDrawn = () => figure() !== before && figure()?.querySelector('.recharts-area-curve[d*="L"]');
      while (!isDrawn()) await new Promise(requestAnimationFrame);
      return performance.now() - begunMs;
    });
    test.info().annotations.push({ type: 'a day opened, ms', description: tookMs.toFixed(0) });
    expect(tookMs).toBeLessThan(500);
  });

  test('axe finds nothing, light or dark', async ({ page }) => {
    const review = new ReviewPage(page);
    await review.items.nth(1).getByRole('button').click();
    await expect(review.timeline).toBeVisible();
    await expectNoFindingsInBothColours(page);
    await page.getByRole('tab', { name: 'Recordings' }).click();
    await expectNoFindingsInBothColours(page);
  });

  test('nothing sticks out sideways at 360 px', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 });
    const review = new ReviewPage(page);
    await review.items.first().getByRole('button').click();
    await expect(review.timeline).toBeVisible();
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await page.getByRole('tab', { name: 'Recordings' }).click();
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
});
