/** Nothing leaves the tab. Every spec fails on a request to another origin; this one shows that none escapes that watch. */
import { expect, test } from './fixtures.ts';

test('the workers’ requests are watched too, and all go to the app’s own origin', async ({
  watch,
  context,
  baseURL,
}) => {
  const requests: { url: URL; method: string }[] = [];
  context.on('request', (request) => requests.push({ url: new URL(request.url()), method: request.method() }));
  await watch.open();
  await watch.tryDemo.click();
  await expect(watch.score).toBeVisible({ timeout: 60_000 });
  const paths = requests.map(({ url }) => url.pathname);
  expect(paths).toContain('/models/centernet.bin');
  expect(paths.some((path) => path.endsWith('.wasm'))).toBe(true);
  const home = new URL(baseURL ?? '').origin;
  expect(requests.filter(({ url }) => url.protocol.startsWith('http') && url.origin !== home)).toEqual([]);
  expect(requests.filter(({ method }) => method !== 'GET')).toEqual([]);
});
