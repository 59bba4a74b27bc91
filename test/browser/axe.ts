import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';

/** What axe finds: the rule and the elements. `rules`: only these. */
export async function axeFaults(page: Page, rules?: string[]): Promise<string[]> {
  // Otherwise axe opens another page for each analysis of pages with frames, and describes everything that is right, too.
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] });
  const { violations } = await (rules ? axe.withRules(rules) : axe).analyze();
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' | ')}`);
}
