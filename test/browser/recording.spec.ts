/** A recording: its timeline, what a person corrects in it, how it leaves, and that it is kept. */
import { copyFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { record } from '../support/recording.ts';
import { expect, fixture, holdWriting, message, notedFiles, test } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'mix-'));
const mix = join(folder, 'radio mix.wav');
test.beforeAll(() => record(mix, songs.lowTide, { fromSeconds: 1, seconds: 14, leadSeconds: 12, noiseDb: 60 }));
test.afterAll(() => rmSync(folder, { recursive: true }));

async function choose(page: Page, files: string[]) {
  await page.goto('./#');
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'A file or video' }).click();
  await (await chosen).setFiles(files);
}

test('a recording is judged, named, exported and found again in History', async ({ open }) => {
  const { page, context } = await open({ knows: ['low-tide.flac'] });
  await context.grantPermissions(['clipboard-read', 'clipboard-write']);
  await choose(page, [mix]);
  const list = page.getByRole('list', { name: 'What was heard, in order' });
  const told = page.getByRole('region', { name: 'radio mix.wav' }).getByRole('status');
  await expect(told).toHaveText(/^1 song, 0:2/, { timeout: 40_000 });
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('radio mix.wav');

  // Once it is done, its address is the one that lasts.
  await expect(page).toHaveURL(/#recording\/\d{10,}$/);
  await list.getByRole('button', { name: /Low Tide/ }).click();
  await page.getByRole('button', { name: /^Play from 0:/ }).click();
  await page.getByRole('button', { name: 'Stop playing' }).click();
  await page
    .getByRole('group', { name: /^Begins at/ })
    .getByRole('button', { name: '+1 s' })
    .click();
  // An edge is moved by keys and by hand.
  const end = page.getByRole('slider', { name: 'End of "Low Tide"' });
  const before = Number(await end.getAttribute('aria-valuenow'));
  await end.press('PageDown');
  await expect(end).toHaveAttribute('aria-valuenow', String(before - 5));
  const { x, y, width } = (await end.boundingBox())!;
  await page.mouse.move(x + width / 2, y + 20);
  await page.mouse.down();
  await page.mouse.move(x - 20, y + 20, { steps: 3 });
  await page.mouse.up();
  await expect.poll(async () => Number(await end.getAttribute('aria-valuenow'))).toBeLessThan(before - 5);
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await expect(end).toHaveAttribute('aria-valuenow', String(before - 5));

  await page.getByRole('button', { name: 'wrong', exact: true }).click();
  await expect(told).toHaveText(/^0 songs, 0:2/);
  await page.getByRole('button', { name: 'wrong', exact: true }).click();
  await expect(told).toHaveText(/^1 song, 0:2/);

  // By the keyboard: up to the gap before it, which is given a name.
  await list.getByRole('button', { name: /Low Tide/ }).focus();
  await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await page.getByLabel('Title').fill('The News');
  await page.getByRole('button', { name: 'Name it' }).click();
  await expect(list.getByRole('button', { name: /The News/ })).toBeVisible();

  await page.getByLabel('Export').click();
  await page.getByRole('button', { name: 'Copy chapters for a video' }).click();
  await expect
    .poll(() => page.evaluate(() => navigator.clipboard.readText()))
    .toMatch(/^0:00 The News\n0:1\d .*Low Tide\n/);
  const saved = page.waitForEvent('download');
  await page.getByLabel('Export').click();
  await page.getByRole('button', { name: 'Save as CUE' }).click();
  expect((await saved).suggestedFilename()).toBe('radio mix.cue');

  await page.reload();
  await expect(list.getByRole('button', { name: /The News/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back to History' }).click();
  await page.getByRole('link', { name: /radio mix.wav 2 songs, 0:2/ }).click();
  await expect(list.getByRole('button', { name: /Low Tide/ })).toBeVisible();
});

test('what waits goes on after a reload, and all files are summed up', async ({ open }) => {
  const { page } = await open({ knows: ['low-tide.flac'] });
  await holdWriting(page);
  await choose(page, [mix, fixture('low-tide.flac')]);
  await expect(page.getByRole('heading', { name: 'Recordings' })).toBeVisible();
  await expect.poll(() => notedFiles(page, 'entendu-recordings')).toBe(2);
  await page.reload();
  const table = page.getByRole('table');
  await expect(table).toContainText('Low Tide', { timeout: 90_000 });
  await expect(table).toContainText('radio mix.wav');
  await expect(table).toContainText('low-tide.flac');
  const saved = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Save as CSV' }).click();
  expect((await saved).suggestedFilename()).toMatch(/^entendu-songs-\d{4}-\d\d-\d\d\.csv$/);
});

test('only its own file is played for a recording, also under another name', async ({ open }) => {
  const { page } = await open({ knows: ['low-tide.flac'] });
  await choose(page, [mix]);
  await expect(page).toHaveURL(/#recording\/\d{10,}$/, { timeout: 40_000 });
  await page.reload();
  await page
    .getByRole('list', { name: 'What was heard, in order' })
    .getByRole('button', { name: /Low Tide/ })
    .click();
  await page.getByRole('button', { name: /^Play from 0:/ }).click();
  const show = page.getByRole('button', { name: 'Show me the file' });
  const showFile = async (file: string) => {
    const chosen = page.waitForEvent('filechooser');
    await show.click();
    await (await chosen).setFiles(file);
  };
  await showFile(fixture('low-tide.flac'));
  await expect(message(page, 'This is not that recording. Choose "radio mix.wav".')).toBeVisible();
  await expect(show).toBeVisible();
  const renamed = join(folder, 'another name.wav');
  copyFileSync(mix, renamed);
  await showFile(renamed);
  await expect(page.getByRole('button', { name: 'Stop playing' })).toBeVisible();
});

test('a part that is touched on the timeline is shown in the list, and a file that is gone is asked for', async ({
  open,
}) => {
  const { page } = await open({ knows: ['low-tide.flac'] });
  const copy = join(folder, 'copy of a mix.wav');
  copyFileSync(mix, copy);
  await choose(page, [copy]);
  await expect(page).toHaveURL(/#recording\/\d{10,}$/, { timeout: 40_000 });
  await page.setViewportSize({ width: 390, height: 440 });
  await page.getByTitle('Low Tide').click();
  await expect(page.getByRole('button', { name: /Low Tide/ })).toBeInViewport({ ratio: 1 });
  rmSync(copy);
  await page.getByRole('button', { name: /^Play from 0:/ }).click();
  await expect(page.getByRole('button', { name: 'Show me the file' })).toBeVisible();
});

test('a file that is damaged in the middle says from where, and keeps what came before', async ({ open }) => {
  const damaged = join(folder, 'damaged.mp3');
  const bytes = readFileSync(fixture('harbour-lights.mp3'));
  writeFileSync(
    damaged,
    bytes.map((byte, i) => (i < 0.6 * bytes.length ? byte : (i * 7919) & 0x7f)),
  );
  const { page } = await open({ knows: ['harbour-lights.mp3'] });
  await choose(page, [damaged]);
  await expect(page.getByText(/^The file is damaged from 0:1\d on\./)).toBeVisible({ timeout: 40_000 });
  await expect(page.getByRole('button', { name: /Harbour Lights/ })).toBeVisible();
  await page.getByRole('button', { name: 'Back to History' }).click();
  await expect(page.getByRole('link', { name: /damaged.mp3 1 song, 0:1\d, cut off/ })).toBeVisible();
});
