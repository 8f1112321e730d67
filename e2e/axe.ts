/** What axe has to say of the page as it stands: nothing, in the best case. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';

export async function findings(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target.join(' ')).join(', ')}`);
}
