/** What goes wrong while watching: a crashed worker, a hidden tab, a camera that is pulled out. */
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

test.describe('a crash of the tensor worker', () => {
  test.use({ expectedErrors: /crash on purpose/ });

  test('is mended within seconds, and the learned scene goes on giving alerts', async ({ watch, page }) => {
    test.setTimeout(240_000);
    await watch.open();
    await watch.tryDemo.click();
    await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
    const before = await watch.alertItems.count();
    expect(await crashTensorWorker(page)).toBe(1);
    await expect.poll(() => watch.alertItems.count(), { timeout: 90_000 }).toBeGreaterThan(before);
    await expect(watch.problem).toBeHidden();
  });
});

test.describe('a crash under a network', () => {
  test.use({ expectedErrors: /crash on purpose/ });

  test('is mended, and watching goes on from the next picture', async ({ watch, page }) => {
    test.setTimeout(180_000);
    await watch.open();
    await watch.chooseDetector('STADNet');
    await watch.tryDemo.click();
    await watch.skipLearning.click();
    await expect(watch.score).toHaveAttribute('aria-valuetext', /elsewhere/, { timeout: 60_000 });
    const framesJudged = async () => (await watch.report()).frames.length;
    await expect.poll(framesJudged, { timeout: 60_000 }).toBeGreaterThan(5);
    const before = await framesJudged();
    expect(await crashTensorWorker(page)).toBe(1);
    await expect.poll(framesJudged, { timeout: 60_000, intervals: [2000] }).toBeGreaterThan(before + 10);
    await expect(watch.stop).toBeVisible();
  });
});

test('a hidden tab goes on watching', async ({ watch, page }) => {
  await watch.open();
  await watch.tryDemo.click();
  await watch.untilJudged(60_000);
  const framesJudged = async () => (await watch.report()).frames.length;
  await setHidden(page, true);
  const before = await framesJudged();
  await expect.poll(framesJudged, { timeout: 60_000, intervals: [1000] }).toBeGreaterThan(before + 5);
  await expect(page.getByText(/paused/i)).toBeHidden();
});

test('where the browser gives no pictures to a hidden tab, it pauses, says so, and goes on where it is shown again', async ({
  watch,
  page,
}) => {
  await page.addInitScript(() => Reflect.deleteProperty(window, 'MediaStreamTrackProcessor'));
  await watch.open();
  await watch.chooseDetector('STADNet');
  await watch.useWebcam.click();
  await watch.skipLearning.click({ timeout: 60_000 });
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  await setHidden(page, true);
  await expect(page.getByText(/paused/i).first()).toBeVisible();
  await setHidden(page, false);
  await expect(page.getByText(/paused/i)).toBeHidden();
  await expect(watch.score).toBeVisible();
});

test('a camera that is pulled out: said clearly, nothing lost', async ({ watch, page }) => {
  await rememberStreams(page);
  await watch.open();
  await watch.useWebcam.click();
  await expect(watch.learnScene).toBeEnabled({ timeout: 60_000 });
  await page.evaluate(() => {
    for (const track of window.cameraTracks) {
      track.stop();
      track.dispatchEvent(new Event('ended'));
    }
  });
  await expect(page.getByText(/unplugged|plug|camera is gone/i).first()).toBeVisible();
});

declare global {
  interface Window {
    cameraTracks: MediaStreamTrack[];
  }
}

async function crashTensorWorker(page: Page): Promise<number> {
  const crashed = await Promise.all(
    page.workers().map((worker) =>
      worker.evaluate(() => {
        if (self.name !== 'tensors') return 0;
        setTimeout(() => {
          throw new Error('crash on purpose');
        });
        return 1;
      }),
    ),
  );
  return crashed.reduce<number>((sum, one) => sum + one, 0);
}

/** As the browser tells a page that its tab went out of sight. */
async function setHidden(page: Page, hidden: boolean): Promise<void> {
  await page.evaluate((value) => {
    Object.defineProperty(document, 'hidden', { value, configurable: true });
    Object.defineProperty(document, 'visibilityState', { value: value ? 'hidden' : 'visible', configurable: true });
    document.dispatchEvent(new Event('visibilitychange'));
  }, hidden);
}

/** Keeps the camera's tracks at hand, so that a spec can pull the plug. */
async function rememberStreams(page: Page): Promise<void> {
  await page.addInitScript(() => {
    window.cameraTracks = [];
    const { mediaDevices } = navigator;
    const getUserMedia = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (constraints) => {
      const stream = await getUserMedia(constraints);
      window.cameraTracks.push(...stream.getVideoTracks());
      return stream;
    };
  });
}
