/** Told of alerts while the tab is hidden: a notification with picture and reason, the count in the title, and the way back. */
import type { Page, Worker } from '@playwright/test';
import { expectNoFindings } from './axe.ts';
import { expect, test } from './fixtures.ts';

test.use({ serviceWorkers: 'allow' });

/** The tab is hidden from now on, or looked at again. */
const setHidden = (page: Page, hidden: boolean) =>
  page.evaluate(
    (state) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
      document.dispatchEvent(new Event('visibilitychange'));
    },
    hidden ? 'hidden' : 'visible',
  );

interface Shown {
  title: string;
  body: string;
  icon: string;
  alertId: string;
}

/** The notifications that the system shows. */
const shown = (page: Page): Promise<Shown[]> =>
  page.evaluate(async () => {
    const registration = await navigator.serviceWorker.ready;
    return (await registration.getNotifications()).map(({ title, body, icon, data }) => ({
      title,
      body,
      icon: icon.slice(0, 22),
      alertId: data.alertId,
    }));
  });

/** Presses the notification, as the system tells the service worker. */
const press = (worker: Worker) =>
  worker.evaluate(async () => {
    const scope = self as unknown as ServiceWorkerGlobalScope;
    const [notification] = await scope.registration.getNotifications();
    scope.dispatchEvent(new NotificationEvent('notificationclick', { notification }));
  });

const settings = async (page: Page) => {
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  return page.getByRole('dialog');
};

test('an alert in a hidden tab is shown with its picture, counted, and leads back', async ({
  page,
  watch,
  context,
}) => {
  test.setTimeout(240_000);
  await context.grantPermissions(['notifications']);
  await watch.open();
  const registered = context.serviceWorkers()[0] ?? (await context.waitForEvent('serviceworker'));
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  const dialog = await settings(page);
  await dialog.getByRole('radiogroup', { name: 'Notifications' }).getByText('While hidden').click();
  await dialog.getByRole('button', { name: 'Close settings' }).click();
  const title = await page.title();

  await watch.tryDemo.click();
  await watch.untilJudged(90_000);
  await setHidden(page, true);
  const before = await watch.alertItems.count();
  await expect.poll(async () => (await shown(page)).length, { timeout: 120_000 }).toBe(1);
  // The scene is watched on while nobody looks.
  expect(await watch.alertItems.count()).toBeGreaterThan(before);
  await expect(page).toHaveTitle(/^\(\d+\) Oriel/);
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /^data:image\/png/);
  const [notification] = await shown(page);
  expect(notification.title).toMatch(/^(Notice|Warning|Critical): /);
  expect(notification.body).toMatch(/[a-z]{3,} [a-z]{2,}.*\nAt .*\d/);
  expect(notification.icon).toBe('data:image/jpeg;base64');

  await page.getByRole('link', { name: 'Review' }).click();
  await press(registered);
  await expect(page.locator(`[data-alert="${notification.alertId}"]`)).toBeFocused();
  await expect(page.getByRole('button', { name: 'Back to now' })).toBeVisible();
  expect(await shown(page)).toEqual([]);
  await setHidden(page, false);
  await expect(page).toHaveTitle(title);
  await expect(page.locator('link[rel=icon]')).toHaveAttribute('href', /icon\.svg$/);
});

test('where notifications are refused the settings say what to do', async ({ page, watch, context }) => {
  // What is not granted here is denied.
  await context.grantPermissions([]);
  await watch.open();
  const dialog = await settings(page);
  const choices = dialog.getByRole('radiogroup', { name: 'Notifications' });
  await choices.getByText('Always').click();
  await expect(dialog.getByRole('status')).toContainText(/Your browser blocks notifications.*Allow them/);
  await expect(choices.getByRole('radio', { name: 'Off' })).toBeChecked();
  await dialog.getByRole('switch', { name: 'Sound' }).check();
  await expectNoFindings(page);

  await page.reload();
  await expect((await settings(page)).getByRole('switch', { name: 'Sound' })).toBeChecked();
});
