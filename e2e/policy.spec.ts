/** The Content-Security-Policy: in the page itself, strict for scripts, and in nobody's way. */
import { readdirSync, readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './fixtures.ts';

const directivesOf = (policy: string) =>
  new Map(
    policy.split('; ').map((directive) => {
      const [name, ...sources] = directive.split(' ');
      return [name, sources];
    }),
  );

const pagePolicy = (page: Page) =>
  page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content', { timeout: 5000 });

/** Collects what the policy of the page refuses from here on. */
const refusals = (page: Page) =>
  page.evaluate(() => {
    const list: string[] = [];
    document.addEventListener('securitypolicyviolation', (event) => list.push(event.effectiveDirective));
    Object.assign(window, { refused: list });
  });
const refused = (page: Page) => page.evaluate(() => (window as unknown as { refused: string[] }).refused);

test('scripts are the app’s own files; what the page is sent and what it says are one', async ({ page, watch }) => {
  const answered = page.waitForResponse((response) => new URL(response.url()).pathname === '/');
  await watch.open();
  const policy = (await pagePolicy(page)) ?? '';
  expect((await answered).headers()['content-security-policy']).toBe(policy);
  const directives = directivesOf(policy);
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'"]);
  for (const sources of directives.values())
    for (const source of sources)
      expect(["'none'", "'self'", "'wasm-unsafe-eval'", "'unsafe-inline'", 'blob:', 'data:']).toContain(source);
  expect(readFileSync('dist/index.html', 'utf8')).not.toMatch(/<script(?![^>]* src=)/);
});

test('a demo, its review and the settings run without a refusal', async ({ page, watch }) => {
  test.setTimeout(180_000);
  await watch.open();
  await refusals(page);
  await watch.tryDemo.click();
  await expect(watch.alertItems.first()).toBeVisible({ timeout: 90_000 });
  await page.getByRole('button', { name: 'Settings', exact: true }).click();
  await page.getByRole('button', { name: 'Close settings' }).click();
  await page.getByRole('link', { name: 'Review' }).click();
  await expect(page.getByRole('list', { name: 'Events' }).getByRole('listitem')).not.toHaveCount(0, {
    timeout: 60_000,
  });
  expect(await refused(page)).toEqual([]);
});

test('scripts of workers may start the threads of WebAssembly, which are made on the spot', async ({ request }) => {
  const worker = readdirSync('dist/assets').find((name) => /^tensor\.worker.*\.js$/.test(name));
  const answer = await request.get(`./assets/${worker}`);
  const directives = directivesOf(answer.headers()['content-security-policy'] ?? '');
  expect(directives.get('default-src')).toEqual(["'none'"]);
  expect(directives.get('script-src')).toEqual(["'self'", "'wasm-unsafe-eval'", 'blob:']);
});

test.describe('what is put into the page', () => {
  test.use({ expectedErrors: /Content Security Policy/ });

  test('does not run', async ({ page, watch }) => {
    await watch.open();
    await refusals(page);
    await page.evaluate(() => {
      const script = document.createElement('script');
      script.textContent = 'window.ran = true';
      document.head.append(script);
      const image = document.createElement('div');
      image.innerHTML = '<img src="data:," onerror="window.ran = true" style="color: red">';
      document.body.append(image);
    });
    await expect
      .poll(() => refused(page))
      .toEqual(expect.arrayContaining(['script-src-elem', 'script-src-attr', 'style-src-attr']));
    expect(await page.evaluate(() => 'ran' in window)).toBe(false);
  });
});
