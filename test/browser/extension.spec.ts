/** The browser extension, loaded as a person loads it, hears the tab that is in front. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, expect, type Page } from '@playwright/test';
import { build } from 'vite';
import { fixture } from './app.ts';
import { axeFaults } from './axe.ts';
import { type Extension, loadExtension, type Popup } from './extension.ts';

const test = base.extend<{ extension: Extension }, { built: string }>({
  built: [
    async ({ playwright: _ }, use) => {
      const folder = mkdtempSync(join(tmpdir(), 'entendu-extension-'));
      await build({ mode: 'extension', logLevel: 'error', build: { outDir: folder } });
      await use(folder);
      rmSync(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],
  extension: async ({ playwright, built }, use) => {
    const extension = await loadExtension(playwright, built);
    await use(extension);
    await extension.close();
  },
});

async function playing({ context }: Extension, song: string): Promise<Page> {
  const page = await context.newPage();
  await page.evaluate(
    async (song) => {
      document.title = 'Radio';
      await Object.assign(new Audio(song), { loop: true }).play();
    },
    `data:audio/flac;base64,${readFileSync(fixture(song), 'base64')}`,
  );
  return page;
}

const reads = (popup: Popup) => expect.poll(() => popup.text());

test('the popup names what the tab plays, from songs added in the extension', async ({ extension }) => {
  const radio = await playing(extension, 'low-tide.flac');
  const empty = await extension.press(radio);
  await reads(empty).toContain('Names the music of this tab.');
  await empty.click('Listen');
  await reads(empty).toContain('Teach it a song');

  const songs = await extension.page('songs.html');
  await songs.getByLabel('Choose files').setInputFiles(['low-tide.flac', 'shopping-list.mp3'].map(fixture));
  const log = songs.getByRole('log');
  await expect(log).toContainText('low-tide.flac: 1 song learnt');
  await expect(log).toContainText('shopping-list.mp3: This file has no sound that Entendu can read.');

  const popup = await extension.press(radio);
  await reads(popup).toContain('Listen again');
  await popup.click('Listen again');
  await reads(popup).toMatch(/Low Tide\s+The Fixtures\s+at 0:\d\d, (certain|very likely|perhaps) \(/);
});

test('songs come from a bundle, too, and are deleted', async ({ extension }) => {
  const songs = await extension.page('songs.html');
  await songs.getByLabel('Choose files').setInputFiles(fixture('bundle-1.entendu'));
  await expect(songs.getByRole('log')).toContainText(/bundle-1\.entendu: \d+ songs? added/);
  const list = songs.getByRole('button', { name: /^Delete: / });
  const count = await list.count();
  await list.first().press('Enter');
  await expect(list).toHaveCount(count - 1);
});

test('a silent tab is said to be silent, and Stop ends listening', async ({ extension }) => {
  const songs = await extension.page('songs.html');
  await songs.getByLabel('Choose files').setInputFiles(fixture('bundle-1.entendu'));
  await expect(songs.getByRole('log')).toContainText('added');
  const quiet = await extension.context.newPage();
  await quiet.evaluate(() => (document.title = 'Quiet'));
  const popup = await extension.press(quiet);
  await reads(popup).toContain('Names the music of this tab.');
  await popup.click('Listen');
  await reads(popup).toContain('This tab is silent.');
  await expect.poll(() => extension.sign()).toBe('…');
  await popup.click('Stop');
  await reads(popup).toContain('Names the music of this tab.');
  await expect.poll(() => extension.sign()).toBe('');
});

test('a tab on which the button was not pressed cannot be heard, and the popup says so', async ({ extension }) => {
  const popup = await extension.page('popup.html');
  await popup.getByRole('button', { name: 'Listen', exact: true }).click();
  await expect(popup.getByRole('status')).toHaveText(/The sound of this page cannot be heard\./);
});

for (const colorScheme of ['light', 'dark'] as const)
  test(`its pages are accessible, ${colorScheme}`, async ({ extension }) => {
    for (const name of ['popup.html', 'songs.html']) {
      const page = await extension.page(name);
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width: 320, height: 600 });
      await expect(page.getByRole('heading').first()).toBeVisible();
      expect(await axeFaults(page)).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(320);
    }
  });
