/** What axe has to say of the page: nothing. */
import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

/** Asks again for a while: what fades in or out is faint for a moment. */
export async function expectNoFindings(page: Page, where = 'html'): Promise<void> {
  await expect
    .poll(
      async () => {
        const { violations } = await new AxeBuilder({ page }).include(where).analyze();
        return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
      },
      { timeout: 30_000 },
    )
    .toEqual([]);
}

export async function expectNoFindingsInBothColours(page: Page, where?: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    // The page is told of the change a moment later; between, half of its colours are of the other scheme.
    await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
    await expectNoFindings(page, where);
  }
}
