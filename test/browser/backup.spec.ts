/** Everything out as one file, gone, and in again. */
import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';

const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

test('a backup brings back songs, history and settings after everything was erased', async ({ open }) => {
  const { page } = await open({ knows: ['night-bus.ogg', 'low-tide.flac'], at: '#settings' });
  await page.getByRole('combobox', { name: 'Appearance' }).selectOption('Light');
  await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
  const saving = page.waitForEvent('download');
  await tap(page, 'Back up now');
  const file = await (await saving).path();
  await expect(page.getByText(/Last backup on .*, with 2 songs/)).toBeVisible();

  await tap(page, 'Erase everything');
  await tap(page, 'Go on');
  await tap(page, 'Yes, erase everything');
  await expect(page.getByRole('heading', { name: 'Teach it a song' })).toBeVisible();

  await page.goto('./#settings');
  await expect(page.getByRole('combobox', { name: 'Appearance' })).toHaveValue('auto');
  const choosing = page.waitForEvent('filechooser');
  await tap(page, 'Restore a backup');
  await (await choosing).setFiles({ name: 'b.entendu-backup', mimeType: '', buffer: readFileSync(file) });
  await expect(page.getByRole('dialog')).toContainText('2 songs');
  await tap(page, 'Restore');
  await expect(page.getByText(/Restored: 2 songs/)).toBeVisible();
  await tap(page, 'Reload now');
  await page.goto('./#library');
  await expect(page.getByRole('link', { name: /Night Bus/ })).toBeVisible();
  await page.goto('./#settings');
  await expect(page.getByRole('combobox', { name: 'Appearance' })).toHaveValue('light');
});

test('a question mark opens the help for the keyboard', async ({ open }) => {
  const { page } = await open();
  await page.getByRole('heading', { name: 'Teach it a song' }).waitFor();
  await page.keyboard.press('?');
  await expect(page.getByRole('dialog', { name: 'Keyboard' })).toContainText('Select all'.toLowerCase());
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog')).toBeHidden();
});
