/** Every state of the Watch page: axe finds nothing, the keyboard reaches everything, nothing is cut off from 360 px up. */
import { readFileSync } from 'node:fs';
import { expectNoFindingsInBothColours } from './axe.ts';
import { expect, test } from './fixtures.ts';

test('the start page', async ({ page, watch }) => {
  await watch.open();
  await expectNoFindingsInBothColours(page);
});

test('another detector: the settings, the panel to learn, attention over the picture', async ({ page, watch }) => {
  await watch.open();
  await watch.chooseDetector('STADNet');
  await watch.tryDemo.click();
  await expect(watch.learnScene).toBeEnabled({ timeout: 60_000 });
  await expectNoFindingsInBothColours(page);
  await watch.skipLearning.click();
  await watch.showHeat('Attention');
  await expect(page.getByRole('list', { name: 'Weights of the ranges' })).toBeVisible({ timeout: 30_000 });
  await expectNoFindingsInBothColours(page);
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await expect(page.getByRole('radio', { name: 'STADNet' })).toBeChecked();
  await expectNoFindingsInBothColours(page);
});

test('the models, with how they were trained', async ({ page, watch }) => {
  const updates = JSON.parse(readFileSync('public/models/stadnet/curve.json', 'utf8')).length;
  await watch.open();
  await page.getByRole('button', { name: 'Settings' }).click();
  await page.getByRole('link', { name: 'More about the models' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Models' })).toBeVisible();
  await expect(page.getByRole('figure', { name: 'Training of STADNet' })).toContainText(`Loss over ${updates} updates`);
  await expect(page.getByRole('dialog')).toBeHidden();
  await expectNoFindingsInBothColours(page);
});

test('a scene being watched', async ({ page, watch }) => {
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await expectNoFindingsInBothColours(page);
});

for (const width of [360, 768, 1280, 3840]) {
  test(`nothing sticks out sideways at ${width} px`, async ({ page, watch }) => {
    await page.setViewportSize({ width, height: Math.max(640, Math.round(width * 0.56)) });
    await watch.open();
    const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(await overflow()).toBeLessThanOrEqual(0);
    await watch.tryDemo.click();
    await expect(watch.score).toBeVisible({ timeout: 30_000 });
    expect(await overflow()).toBeLessThanOrEqual(0);
  });
}

test('nothing moves away under the pointer when the cameras become known', async ({ page, watch }) => {
  await page.addInitScript(() => {
    const list = navigator.mediaDevices.enumerateDevices.bind(navigator.mediaDevices);
    navigator.mediaDevices.enumerateDevices = async () => {
      await new Promise((resolve) => setTimeout(resolve, 1500));
      return list();
    };
  });
  await watch.open();
  const camera = page.getByRole('combobox', { name: 'Camera' });
  await expect(camera).toBeHidden();
  const places = async () => [await watch.useWebcam.boundingBox(), await watch.tryDemo.boundingBox()];
  const before = await places();
  await expect(camera).toBeVisible();
  expect(await places()).toEqual(before);
});

test('the keyboard alone starts and stops the demo', async ({ page, watch }) => {
  await watch.open();
  const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim());
  await expect
    .poll(async () => {
      await page.keyboard.press('Tab');
      return focused();
    })
    .toBe('Try the demo');
  await page.keyboard.press('Enter');
  await expect(watch.stop).toBeVisible({ timeout: 30_000 });
  await watch.stop.focus();
  await page.keyboard.press('Enter');
  await expect(watch.tryDemo).toBeVisible();
});
