/** Several cameras at once: the demo and a webcam side by side, each judged by itself, their alerts in one list. */
import { expectNoFindings, expectNoFindingsInBothColours } from './axe.ts';
import { expect, test } from './fixtures.ts';
import { WallPage } from './wall-page.ts';

test('the demo and a webcam side by side: both judged, one enlarged and back, the same twice refused, one removed', async ({
  watch,
  page,
}) => {
  test.setTimeout(400_000);
  const wall = new WallPage(page);
  await watch.open();
  await watch.tryDemo.click();
  await watch.untilJudged(60_000);
  await wall.add.click();
  await expect(wall.tiles).toHaveCount(2);

  const [demo, webcam] = [wall.tile(1), wall.tile(2)];
  await webcam.getByRole('button', { name: 'Use webcam' }).click();
  await expect(webcam).toContainText('Not learned yet', { timeout: 90_000 });
  const name = (await webcam.getByRole('heading').textContent()) ?? '';
  // All choices of learning are on the camera's own page; learning goes on where nobody looks.
  await webcam.getByRole('link', { name: 'All choices' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await watch.learn('30 s');
  await expect(watch.learning).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(webcam.getByRole('progressbar', { name: 'Learning' })).toBeVisible();
  for (const tile of [demo, webcam]) await wall.untilJudged(tile, 150_000);

  const alert = wall.alerts.filter({ hasText: 'Demo plaza' }).first();
  await expect(alert).toBeVisible({ timeout: 90_000 });
  await expectNoFindingsInBothColours(page);

  // An alert leads to its camera, with its picture; a key to another, Escape back.
  await alert.getByRole('button').click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Demo plaza');
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
  await expectNoFindings(page);
  await page.keyboard.press('2');
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(name);
  await page.keyboard.press('Escape');
  await expect(wall.tiles).toHaveCount(2);

  await wall.add.click();
  await wall.tile(3).getByRole('button', { name: 'Try the demo' }).click();
  await expect(wall.tile(3).getByRole('alert')).toContainText('“Demo plaza” is on the wall already', {
    timeout: 60_000,
  });
  await expect(demo).toContainText(/Watching|Alert/);
  await page.setViewportSize({ width: 360, height: 740 });
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBeLessThanOrEqual(0);
  await wall
    .tile(3)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(wall.tiles).toHaveCount(2);
  await page.setViewportSize({ width: 1280, height: 800 });

  await wall
    .tile(2)
    .getByRole('button', { name: `Remove ${name}` })
    .click();
  await expect(wall.tiles).toHaveCount(0);
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Demo plaza');
  await expect(watch.stop).toBeVisible();
  await watch.untilJudged(30_000);
});

test('four are the most', async ({ watch, page }) => {
  const wall = new WallPage(page);
  await watch.open();
  await watch.tryDemo.click();
  await watch.untilJudged(60_000);
  for (let places = 2; places <= 4; places++) {
    await wall.add.click();
    await expect(wall.tiles).toHaveCount(places);
  }
  await expect(wall.add).toBeHidden();
  await expect(page.getByText('Four cameras are the most')).toBeVisible();
  await wall
    .tile(4)
    .getByRole('button', { name: /^Remove/ })
    .click();
  await expect(wall.add).toBeVisible();
});
