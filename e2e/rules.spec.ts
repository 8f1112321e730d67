/** Alert rules: a zone is drawn on the picture, tried on what was seen, saved, and there again at the next visit. */
import { expectNoFindingsInBothColours } from './axe.ts';
import { expect, test } from './fixtures.ts';

test('a place is ignored: drawn by keyboard, previewed, saved, kept', async ({ page, watch }) => {
  test.setTimeout(240_000);
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });

  await page.getByRole('button', { name: 'Alert rules' }).click();
  const panel = page.getByRole('region', { name: 'Alert rules' });
  const preview = panel.getByRole('status', { name: 'Preview' });
  await expect(preview).toContainText('as before');
  await panel.getByRole('button', { name: 'Ignore a place' }).click();
  // Pulled over the whole picture, corner by corner: up and left, up and right, down and right, down and left.
  const keys = [
    ['ArrowUp', 'ArrowLeft'],
    ['ArrowUp', 'ArrowRight'],
    ['ArrowDown', 'ArrowRight'],
    ['ArrowDown', 'ArrowLeft'],
  ];
  for (const [corner, [vertical, horizontal]] of keys.entries()) {
    const handle = page.getByRole('button', { name: `Corner ${corner + 1} of Ignored 1` });
    await handle.focus();
    for (let step = 0; step < 35; step++) {
      await page.keyboard.press(vertical);
      await page.keyboard.press(horizontal);
    }
  }
  await expect(preview).toContainText(/would have raised 0 instead of \d+ alert/);
  await expectNoFindingsInBothColours(page);
  await panel.getByRole('button', { name: 'Save rules' }).click();
  await expect(panel).toBeHidden();

  await page.reload();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Alert rules' }).click();
  await page.getByRole('combobox', { name: 'Zone to change' }).click();
  await page.getByRole('option', { name: 'Ignored 1' }).click();
  await panel.getByRole('button', { name: 'Remove Ignored 1' }).click();
  await panel.getByRole('button', { name: 'Save rules' }).click();
  await expect(panel).toBeHidden();
});

test('a corner is dragged by mouse, and a press on the picture adds one', async ({ page, watch }) => {
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  await page.getByRole('button', { name: 'Alert rules' }).click();
  await page.getByRole('button', { name: 'Add zone' }).click();
  const handle = page.getByRole('button', { name: 'Corner 1 of Zone 1' });
  const before = await handle.boundingBox();
  if (!before) throw new Error('The corner has no box.');
  await page.mouse.move(before.x + 16, before.y + 16);
  await page.mouse.down();
  await page.mouse.move(before.x - 24, before.y - 14, { steps: 4 });
  await page.mouse.up();
  const after = await handle.boundingBox();
  expect(after?.x).toBeCloseTo(before.x - 40, -1);
  await page.mouse.click(before.x + 60, before.y - 30);
  await expect(page.getByRole('button', { name: /^Corner \d of Zone 1/ })).toHaveCount(5);
});
