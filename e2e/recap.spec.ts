/** What was watched is looked back on by keyboard: its events in one reel, and what was unusual in a part of the picture. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';
import { ReviewPage } from './review-page.ts';

test('by keyboard: a recap, then a search in a part of the picture', async ({ watch, page }) => {
  test.setTimeout(240_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.nth(1)).toBeVisible({ timeout: 120_000 });
  await watch.leave();

  const review = new ReviewPage(page);
  await review.open();
  await expect(review.items.nth(1)).toBeVisible();
  await page.keyboard.press('p');
  await expect(review.recap).toContainText(/^1 of \d/);
  const first = await review.video.getAttribute('src');
  expect(first).not.toBeNull();
  // Goes on by itself when the first event is over, and back by key.
  await expect(review.recap).toContainText(/^2 of \d/, { timeout: 30_000 });
  await page.keyboard.press('k');
  await expect(review.recap).toContainText(/^1 of \d/);
  await page.keyboard.press('Space');
  await expect(review.recapControls.getByRole('button', { name: 'Play' })).toBeVisible();
  expect(await findings(page)).toEqual([]);
  await page.keyboard.press('t');
  await expect(review.verdict('True')).toHaveAttribute('aria-pressed', 'true');
  await review.recapControls.getByText('In order of time').click();
  await expect(review.recap).toContainText(/^1 of \d/);
  await page.keyboard.press('Escape');
  await expect(review.recap).toBeHidden();

  await page.keyboard.press('m');
  const corner = (number: number) => page.getByRole('button', { name: `Corner ${number} of the region` });
  await expect(corner(1)).toBeFocused();
  // Pulled wider, corner by corner: up and left, up and right, down and right, down and left.
  const pulls = [
    ['ArrowUp', 'ArrowLeft'],
    ['ArrowUp', 'ArrowRight'],
    ['ArrowDown', 'ArrowRight'],
    ['ArrowDown', 'ArrowLeft'],
  ];
  for (const [index, keys] of pulls.entries()) {
    await corner(index + 1).focus();
    for (let step = 0; step < 25; step++) for (const key of keys) await page.keyboard.press(key);
  }
  await expect(review.found).toContainText(/times|Once/);
  expect(await findings(page)).toEqual([]);
  await review.foundItems.first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  const position = () => review.video.evaluate((video: HTMLVideoElement) => video.currentTime);
  await expect.poll(() => review.video.evaluate((video: HTMLVideoElement) => video.paused)).toBe(false);
  const begun = await position();
  await expect.poll(position).toBeGreaterThan(begun);
  await page.keyboard.press('m');
  await expect(corner(1)).toBeHidden();
});

/** What axe has to say of the page in light and in dark. */
async function findings(page: Page): Promise<string[]> {
  const found: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    for (const { id, nodes } of violations)
      found.push(`${colorScheme}, ${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
  }
  return found;
}
