/** Lyrics: learnt with a song, shown in time with the music, added and removed on the song's page. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { expect, fixture, importing, test } from './app.ts';

const TEXT = Array.from({ length: 30 }, (_, i) => `[00:${String(i).padStart(2, '0')}.00]Line of second ${i}`).join(
  '\n',
);

const fileOf = (name: string, text: string) => ({ name, mimeType: 'text/plain', buffer: Buffer.from(text) });

async function learnWithLyrics(page: Page): Promise<void> {
  await page.goto('./#library');
  await page.getByRole('button', { name: 'Add songs' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose files' }).click();
  const flac = { name: 'low-tide.flac', mimeType: 'audio/flac', buffer: readFileSync(fixture('low-tide.flac')) };
  await (await chosen).setFiles([flac, fileOf('Low-Tide.lrc', TEXT), fileOf('broken.lrc', 'no\0text')]);
  await expect(importing(page).getByRole('status')).toHaveText(/1 song learnt$/, { timeout: 90_000 });
}

test('lyrics learnt with a song follow what is heard, and a line plays from there', async ({ open }) => {
  const { page } = await open({ hears: songs.lowTide, how: { fromSeconds: 3, seconds: 15 } });
  await learnWithLyrics(page);
  await page.getByRole('button', { name: 'Show files' }).click();
  await expect(page.getByText('broken.lrc')).toBeVisible();
  await expect(page.getByText('This file holds no lyrics')).toBeVisible();

  await page.goto('./#listen');
  await page.getByRole('button', { name: 'Lyrics' }).click({ timeout: 25_000 });
  const screen = page.getByRole('dialog', { name: 'Lyrics: Low Tide' });
  const current = screen.locator('[aria-current]');
  await expect(current).toHaveText(/^Line of second \d+$/);
  const first = await current.textContent();
  await expect(current).not.toHaveText(first!, { timeout: 4000 });
  await expect(current).toBeInViewport();
  // The phone is turned.
  const { width, height } = page.viewportSize()!;
  await page.setViewportSize({ width: height, height: width });
  await expect(current).toBeInViewport();
  await page.setViewportSize({ width, height });

  // By the keyboard: to the next line, and play from it.
  await current.getByRole('button').focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowDown');
  await expect(screen.getByRole('button', { name: 'Line of second 1', exact: true })).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(screen.getByRole('button', { name: 'Stop playing' })).toBeVisible();
  await expect(current).toHaveText(/^Line of second [12]$/);
  await page.keyboard.press('Escape');
  await expect(screen).toBeHidden();
});

test('lyrics are added, replaced and removed on the song’s page', async ({ page }) => {
  await page.goto('./');
  await page.getByRole('button', { name: 'Try with three demo tunes' }).click();
  await expect(importing(page)).toContainText('3 songs learnt', { timeout: 90_000 });
  await page.goto('./#library');
  await page.getByText('Blue Corridor').first().click();
  const choose = async (item: string, name: string, text: string) => {
    await page.getByLabel('More').last().click();
    const chosen = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: item }).click();
    await (await chosen).setFiles(fileOf(name, text));
  };
  await choose('Add lyrics', 'words.txt', 'no\0text');
  await expect(page.getByText('words.txt: This file holds no lyrics')).toBeVisible();
  await choose('Add lyrics', 'words.txt', 'First verse\n\nSecond verse');
  await page.getByRole('button', { name: 'Lyrics', exact: true }).click();
  const screen = page.getByRole('dialog', { name: 'Lyrics: Blue Corridor' });
  await expect(screen.getByText('These lyrics have no times')).toBeVisible();
  await expect(screen.getByText('Second verse')).toBeVisible();
  await screen.getByRole('button', { name: 'Close' }).click();
  await page.getByLabel('More').last().click();
  await page.getByRole('button', { name: 'Remove lyrics' }).click();
  await expect(page.getByRole('button', { name: 'Lyrics', exact: true })).toBeHidden();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('button', { name: 'Lyrics', exact: true })).toBeVisible();
});
