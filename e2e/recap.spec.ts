/** What was watched is looked back on by keyboard: its events in one reel, and what was unusual in a part of the picture. */
import { expectNoFindingsInBothColours } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { ReviewPage } from './review-page.ts';

test('by keyboard: a recap, then a search in a part of the picture', async ({ watch, page }) => {
  test.setTimeout(400_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.nth(2)).toBeVisible({ timeout: 180_000 });
  await watch.leave();

  const review = new ReviewPage(page);
  await review.open();
  await expect(review.items.nth(2)).toBeVisible();
  await page.keyboard.press('p');
  await expect(review.recap).toContainText(/^1 of \d/);
  await expect(review.video).toBeVisible({ timeout: 20_000 });
  const first = await review.video.getAttribute('src');
  expect(first).not.toBeNull();
  // Goes on by itself when the first event is over, and back by key.
  await expect(review.recap).toContainText(/^2 of \d/, { timeout: 30_000 });
  await page.keyboard.press('k');
  await expect(review.recap).toContainText(/^1 of \d/);
  await page.keyboard.press('Space');
  await expect(review.recapControls.getByRole('button', { name: 'Play' })).toBeVisible();
  await expectNoFindingsInBothColours(page);
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
  await expectNoFindingsInBothColours(page);
  await review.foundItems.first().getByRole('button').focus();
  await page.keyboard.press('Enter');
  await watch.untilGlowing(20_000);
  await page.keyboard.press('m');
  await expect(corner(1)).toBeHidden();

  await page.getByRole('slider', { name: 'Show from' }).focus();
  for (let step = 0; step < 12; step++) await page.keyboard.press('ArrowRight');
  await page.getByRole('button', { name: 'You missed this' }).focus();
  await page.keyboard.press('Enter');
  const dialog = page.getByRole('dialog', { name: 'You missed this' });
  await expect(dialog.getByRole('button', { name: /[Mm]ark it/ })).toBeVisible();
  await expectNoFindingsInBothColours(page, '[role="dialog"]');
  await dialog.getByRole('button', { name: /[Mm]ark it/ }).focus();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByText('Marked as missed')).toBeVisible();
});
