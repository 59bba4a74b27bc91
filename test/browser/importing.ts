/** The sheet that tells how learning goes, and ways to begin it, for tests of the app. */
import { expect, type Locator, type Page } from '@playwright/test';

export const head = (page: Page): Locator => page.locator('.import-head');
export const row = (page: Page, name: string): Locator => page.locator('.import-row', { hasText: name });
export const told = (page: Page, text: string): Promise<void> =>
  expect(head(page)).toContainText(text, { timeout: 30_000 });
export const showFiles = (page: Page): Promise<void> => page.getByRole('button', { name: 'Show files' }).click();

/** Chooses through the hidden input, as where the browser has no picker for folders. */
export async function choose(page: Page, button: string, paths: string | string[]): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: button }).click();
  await (await chosen).setFiles(paths);
}
