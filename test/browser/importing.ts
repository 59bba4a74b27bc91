/** The sheet with the progress of learning, and ways to begin it. */
import { expect, type Locator, type Page } from '@playwright/test';
import { importing } from './app.ts';

export const row = (page: Page, name: string): Locator =>
  importing(page).getByRole('listitem').filter({ hasText: name });
export const told = (page: Page, text: string): Promise<void> =>
  expect(importing(page)).toContainText(text, { timeout: 90_000 });
export const showFiles = (page: Page): Promise<void> => page.getByRole('button', { name: 'Show files' }).click();

/** Chooses through the hidden input, as where the browser has no picker for folders. */
export async function choose(page: Page, button: string, paths: string | string[]): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chosen).setFiles(paths);
}
