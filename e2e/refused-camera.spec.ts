/** A camera whose permission is refused. */
import { expect, test } from './fixtures.ts';

test.use({ webcam: 'refused' });

test('with permission refused, the page says how to allow it', async ({ watch }) => {
  await watch.open();
  await watch.useWebcam.click();
  await expect(watch.problem).toContainText(/permission|allow/i);
  await watch.startAgain();
});
