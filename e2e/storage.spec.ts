/** What happens to what is kept: no storage at all, a tab that crashes, two tabs at once, a damaged video, a clock that is set back. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ReviewPage } from './review-page.ts';
import { WatchPage } from './watch-page.ts';

test('in a window without storage everything is watched, and it is said that nothing is kept', async ({
  watch,
  page,
}) => {
  await page.addInitScript(() => {
    IDBFactory.prototype.open = () => {
      throw new DOMException('The operation is insecure.', 'SecurityError');
    };
    StorageManager.prototype.getDirectory = () =>
      Promise.reject(new DOMException('The operation is insecure.', 'SecurityError'));
  });
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await expect(page.getByText(/does not let Oriel store anything \(private window/).first()).toBeVisible();
  expect((await watch.report()).events.length).toBeGreaterThan(0);
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page.getByText(/does not let Oriel store anything \(private window/).first()).toBeVisible();
});

test.describe('a tab that crashes', () => {
  test('leaves what it had recorded, and a video that was open is closed and plays', async ({
    watch,
    page,
    context,
  }) => {
    test.setTimeout(180_000);
    await watch.open();
    await watch.tryDemo.click();
    await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
    // The score track is written every few seconds, the video piece by piece; its head alone holds nothing that could play.
    await expect.poll(async () => (await recordedOf(page)).seconds, { timeout: 60_000 }).toBeGreaterThan(5);
    await expect(async () => {
      expect(await bytesBeingWritten(page)).toBeGreaterThan(HEAD_BYTES);
      expect((await recordedOf(page)).open).toBe(1);
    }).toPass({ timeout: 60_000 });
    const crashed = page.waitForEvent('crash');
    void page.goto('chrome://crash').catch(() => undefined);
    await crashed;

    const again = await context.newPage();
    await new WatchPage(again).open();
    const review = new ReviewPage(again);
    await review.open();
    await expect(review.items.first()).toBeVisible();
    await expect.poll(async () => (await recordedOf(again)).open, { timeout: 30_000 }).toBe(0);
    await again.keyboard.press('j');
    await expect(review.event).toBeVisible();
    expect(await review.duration()).toBeGreaterThan(1);
  });
});

test('two tabs record side by side, and neither takes the other’s for abandoned', async ({ watch, page, context }) => {
  test.setTimeout(240_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  const other = new WatchPage(await context.newPage());
  await other.open();
  await other.tryDemo.click();
  await expect(other.alertItems.first()).toBeVisible({ timeout: 120_000 });
  await watch.leave();
  await other.leave();
  const review = new ReviewPage(page);
  await review.open();
  await page.getByRole('tab', { name: 'Recordings' }).click();
  await expect(review.recordings.getByRole('listitem')).toHaveCount(2);
  await page.getByRole('tab', { name: 'Events' }).click();
  for (const at of [0, (await review.items.count()) - 1]) {
    await review.items.nth(at).click();
    expect(await review.duration()).toBeGreaterThan(1);
  }
  await expect(page.getByRole('alert')).toBeHidden();
});

test('a damaged video is said to be one; its event stays', async ({ watch, page }) => {
  test.setTimeout(150_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await watch.leave();
  await page.evaluate(async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('footage');
    for await (const handle of folder.values()) {
      const writable = await (handle as FileSystemFileHandle).createWritable();
      await writable.write('no video at all');
      await writable.close();
    }
  });
  const review = new ReviewPage(page);
  await review.open();
  await review.items.first().click();
  await expect(page.getByText(/is damaged and cannot be played/)).toBeVisible();
  await expect(review.event).toBeVisible();
  await expect(page.getByRole('img', { name: 'The event at its peak' })).toBeVisible();
});

test('a clock that is set back a day harms no recording', async ({ watch, page }) => {
  test.setTimeout(150_000);
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    Date.now = () => now() - (window.setBackMs ?? 0);
  });
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  await page.evaluate(() => {
    window.setBackMs = 86_400_000;
  });
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  const { frames } = await watch.report();
  for (const [index, { timeS }] of frames.entries())
    if (index > 0) expect(timeS).toBeGreaterThan(frames[index - 1].timeS);
  await watch.leave();
  await page.reload();
  const review = new ReviewPage(page);
  await review.open();
  await review.items.first().click();
  expect(await review.duration()).toBeGreaterThan(1);
});

declare global {
  interface Window {
    setBackMs?: number;
  }
}

/** What comes before the first fragment of pictures, some hundred bytes, is smaller; a fragment of a second is much larger. */
const HEAD_BYTES = 8192;

/** Size of the largest file of video that is being written, in bytes; rejects where there is none yet. */
function bytesBeingWritten(page: Page): Promise<number> {
  return page.evaluate(async () => {
    const root = await navigator.storage.getDirectory();
    let largest = 0;
    for await (const entry of (await root.getDirectoryHandle('footage')).values())
      if (entry instanceof FileSystemFileHandle && entry.name.endsWith('.part'))
        largest = Math.max(largest, (await entry.getFile()).size);
    return largest;
  });
}

/** What the database holds of the newest recording: length in seconds, and pieces of video not closed yet. */
function recordedOf(page: Page): Promise<{ seconds: number; open: number }> {
  return page.evaluate(async () => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('oriel');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    const all = <Row>(store: string) =>
      new Promise<Row[]>((resolve, reject) => {
        const request = database.transaction(store).objectStore(store).getAll();
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const recordings = await all<{ endS: number }>('recordings');
    const pieces = await all<{ state: string }>('footage');
    database.close();
    return {
      seconds: Math.max(0, ...recordings.map(({ endS }) => endS)),
      open: pieces.filter(({ state }) => state !== 'closed').length,
    };
  });
}
