/** A computer without a camera. */
import { expect, test } from './fixtures.ts';

test.use({ webcam: 'none' });

test('without a camera, the page says so, and the demo still works', async ({ watch }) => {
  await watch.open();
  await watch.useWebcam.click();
  await expect(watch.problem).toContainText(/no camera/i);
  await watch.startAgain();
  await expect(watch.tryDemo).toBeEnabled();
});
