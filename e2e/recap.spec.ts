/** What was watched is looked back on by keyboard: a recap of its events in one reel. */
import { expect, test } from './fixtures.ts';
import { ReviewPage } from './review-page.ts';

test('the events of a recording are played in one reel', async ({ watch, page }) => {
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
  await page.keyboard.press('t');
  await expect(review.verdict('True')).toHaveAttribute('aria-pressed', 'true');
  await review.recapControls.getByText('In order of time').click();
  await expect(review.recap).toContainText(/^1 of \d/);
  await page.keyboard.press('Escape');
  await expect(review.recap).toBeHidden();
});
