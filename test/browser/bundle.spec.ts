/** Bundles in the app: out, over to somebody else, and in again. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { openLibrary } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Incoming } from '../../src/library/tracks/new-rows.ts';
import { matching } from '../support/matching.ts';
import { someLearnt, somePrint } from '../support/prints.ts';
import { expect, fixture, message, songsIn, test } from './app.ts';

const dialog = (page: Page) => page.getByRole('dialog');
const tap = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
/** Of the selection's menu. */
const choose = async (page: Page, name: string) => {
  await page.getByLabel('More', { exact: true }).click();
  await tap(page, name);
};
const toast = (page: Page, text: string) => expect(message(page, text)).toBeVisible({ timeout: 90_000 });
const songCount = (page: Page, count: string) =>
  expect(page.getByRole('status').getByText(count, { exact: true })).toBeVisible();

/** As on a phone: no picker for files to save, perhaps a share sheet that notes what it is given. */
async function onPhone(page: Page, hasShareSheet = false): Promise<void> {
  await page.evaluate((hasShareSheet) => {
    const shared: File[] = [];
    Object.assign(window, { showSaveFilePicker: undefined, shared });
    Object.assign(navigator, {
      canShare: () => hasShareSheet,
      share: async ({ files }: { files: File[] }) => void shared.push(...files),
    });
  }, hasShareSheet);
}

async function tracksOf(bytes: Uint8Array<ArrayBuffer>): Promise<Incoming[]> {
  const tracks: Incoming[] = [];
  for await (const track of readBundle(new Blob([bytes]), KERNEL_FORMAT)) tracks.push(track);
  return tracks;
}

/** Saves the dialog's bundle as a download, and reads it. */
async function saved(page: Page): Promise<Incoming[]> {
  const download = page.waitForEvent('download');
  await tap(page, 'Save bundle');
  const path = await (await download).path();
  await toast(page, 'Bundle saved');
  return tracksOf(Uint8Array.from(readFileSync(path)));
}

const named = (tracks: Incoming[]) => tracks.map(({ tags }) => tags.title).sort();

/** A bundle of made-up tracks. */
async function madeUp(count: number, kernel = KERNEL_FORMAT): Promise<Buffer> {
  const library = await openLibrary(openMemory(), matching);
  async function* source() {
    for (let seed = 1; seed <= count; seed++) {
      const print = packPrint({ ...somePrint(seed, { seconds: 6 }), format: kernel });
      yield { ...someLearnt(seed, { seconds: 6 }), print };
    }
  }
  await library.addAll(source());
  const pieces: Uint8Array[] = [];
  await writeBundle(library, kernel, { name: 'From Ada', made: 0 }, async (bytes) => void pieces.push(bytes));
  return Buffer.concat(pieces);
}

async function openFile(page: Page, bytes: Buffer): Promise<void> {
  const path = test.info().outputPath('ada.entendu');
  writeFileSync(path, bytes);
  await page.goto('./#library');
  await tap(page, 'Add songs');
  const chosen = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: 'Open a bundle' }).click();
  await (await chosen).setFiles(path);
}

test('everything, what was searched for or what was chosen goes out, with as much as one likes', async ({ open }) => {
  const { page } = await open({ knows: ['night-bus.ogg', 'low-tide.flac', 'copper-rain.opus'], at: '#library' });
  await onPhone(page);

  await page.getByRole('searchbox').fill('tide');
  await expect(songsIn(page)).toContainText(['Low Tide']);
  await tap(page, 'Select');
  await choose(page, 'Select all');
  await choose(page, 'Export');
  await page.getByLabel('File names').check();
  const [tide, ...others] = await saved(page);
  expect(others).toEqual([]);
  expect([tide.tags.title, tide.fileName]).toEqual(['Low Tide', 'low-tide.flac']);

  await tap(page, 'Done');
  await page.getByRole('searchbox').fill('');
  await expect(songsIn(page)).toHaveCount(3);
  await tap(page, 'Select');
  await songsIn(page, 'Night Bus').click();
  await songsIn(page, 'Copper Rain').click();
  await choose(page, 'Export');
  await page.getByLabel('Titles, artists and albums').uncheck();
  await page.getByLabel('Covers').uncheck();
  const anonymous = await saved(page);
  expect(anonymous).toHaveLength(2);
  for (const { tags, fileName, cover } of anonymous) {
    expect(tags.title).toMatch(/^Track [0-9a-f]{8}$/);
    expect([fileName, cover]).toEqual(['', undefined]);
  }

  await page.goto('./#settings');
  await onPhone(page);
  await tap(page, 'Export');
  expect(named(await saved(page))).toEqual(['Copper Rain', 'Low Tide', 'Night Bus']);
});

test('without a picker for files a bundle goes to the share sheet, where there is one', async ({ open }) => {
  const { page } = await open({ knows: ['night-bus.ogg'], at: '#settings' });
  await onPhone(page, true);
  await tap(page, 'Export');
  await page.getByLabel('Name', { exact: true }).fill('For Ada');
  await tap(page, 'Save bundle');
  await expect(dialog(page)).toContainText('For Ada.entendu is ready');
  await tap(page, 'Share');
  await expect(dialog(page)).toHaveCount(0);
  const [shared] = await page.evaluate(() =>
    Promise.all(
      (window as unknown as { shared: File[] }).shared.map(async (file) => ({
        name: file.name,
        type: file.type,
        bytes: [...new Uint8Array(await file.arrayBuffer())],
      })),
    ),
  );
  expect([shared.name, shared.type]).toEqual(['For Ada.entendu', 'application/x-entendu']);
  expect(named(await tracksOf(Uint8Array.from(shared.bytes)))).toEqual(['Night Bus']);
});

test('a bundle is shown before anything changes, and then added, or put in place of all after a second question', async ({
  open,
}) => {
  const { page } = await open({ knows: ['night-bus.ogg'], at: '#library' });
  await openFile(page, await madeUp(40));
  await expect(dialog(page)).toContainText('From Ada');
  await expect(dialog(page)).toContainText('40 songs');
  await expect(dialog(page)).toContainText('40 are new to you');
  await page.keyboard.press('Escape');
  await expect(songsIn(page)).toContainText(['Night Bus']);

  await openFile(page, await madeUp(40));
  await tap(page, 'Add to my library');
  await toast(page, '40 songs added');
  await songCount(page, '41 songs');

  await openFile(page, await madeUp(45));
  await expect(dialog(page)).toContainText('5 are new to you, 40 you already have');
  await tap(page, 'Replace my library');
  await expect(dialog(page)).toContainText('deletes all your current songs');
  await tap(page, 'Cancel');
  await tap(page, 'Replace my library');
  await tap(page, 'Yes, replace it');
  await songCount(page, '45 songs');
  await page.reload();
  await songCount(page, '45 songs');
});

test('an import that is closed before its end leaves the library as it was', async ({ open }) => {
  const { page } = await open({ knows: ['night-bus.ogg'], at: '#library' });
  await openFile(page, await madeUp(1000));
  // Something else writes, so that the import has to wait with its last step. Its first step must not be held up.
  const writing = page.evaluate(async () => {
    while (!document.querySelector('progress')?.value) await new Promise(requestAnimationFrame);
    await navigator.locks.request('entendu write', () => new Promise((free) => Object.assign(window, { free })));
  });
  await tap(page, 'Add to my library');
  await expect(page.locator('progress')).toHaveAttribute('value', '1000');
  await page.keyboard.press('Escape');
  await expect(dialog(page)).toHaveCount(0);
  await page.evaluate(() => (window as unknown as { free(): void }).free());
  await writing;
  await expect(songsIn(page)).toHaveText([/Night Bus/]);
  await page.reload();
  await expect(songsIn(page)).toHaveText([/Night Bus/]);
});

test('a bundle of another kernel, a damaged one and something else are each explained', async ({ open }) => {
  const { page } = await open();
  const bundle = await madeUp(3);
  const told: [Buffer, string][] = [
    [await madeUp(3, KERNEL_FORMAT + 1), 'analyses sound differently'],
    [bundle.subarray(0, 200), 'damaged, and nothing was added'],
    [Buffer.from('GIF89a, and no bundle'), 'not an Entendu bundle'],
  ];
  for (const [bytes, text] of told) {
    await openFile(page, bytes);
    await expect(dialog(page)).toContainText(text);
    await page.keyboard.press('Escape');
  }
  // Damage further on shows only when the prints are read.
  await openFile(page, bundle.fill(0, bundle.length - 200, bundle.length - 190));
  await tap(page, 'Add to my library');
  await expect(dialog(page)).toContainText('damaged, and nothing was added');
});

test('from an address that was typed a bundle comes, and only then is its host asked', async ({ open }) => {
  const { page, strangers } = await open();
  const bundle = await madeUp(600);
  const asked: string[] = [];
  let release = () => {};
  const server = createServer((request, answer) => {
    asked.push(`${request.method} ${request.url} ${request.headers.cookie ?? ''}${request.headers.referer ?? ''}`);
    if (request.url !== '/ada.entendu') return answer.writeHead(404, { 'access-control-allow-origin': '*' }).end();
    answer.writeHead(200, { 'access-control-allow-origin': '*', 'content-length': bundle.length });
    answer.write(bundle.subarray(0, bundle.length >> 1));
    release = () => answer.end(bundle.subarray(bundle.length >> 1));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;

  await page.goto('./#library');
  await tap(page, 'Add songs');
  const field = page.getByLabel('Address of the bundle');
  await field.fill('javascript:alert(1)');
  await expect(page.getByRole('button', { name: 'Fetch' })).toHaveCount(0);
  await field.fill(`http://${host}/nothing.entendu`);
  await expect(dialog(page)).toContainText(`Entendu asks ${host} for this file. Nothing else is sent.`);
  expect(asked).toEqual([]);
  await tap(page, 'Fetch');
  await expect(dialog(page)).toContainText('Nothing could be downloaded from there');
  await field.fill(`http://${host}/ada.entendu`);
  await tap(page, 'Fetch');
  await expect(dialog(page).locator('progress')).toHaveAttribute('max', String(bundle.length));
  await expect.poll(() => dialog(page).locator('progress').getAttribute('value').then(Number)).toBeGreaterThan(1000);
  release();
  await expect(dialog(page)).toContainText('600 are new to you');
  await tap(page, 'Add to my library');
  await toast(page, '600 songs added');
  expect(asked).toEqual(['GET /nothing.entendu ', 'GET /ada.entendu ']);
  expect(new Set(strangers.map((address) => new URL(address).host))).toEqual(new Set([host]));
  server.close();
});

test('a fetch is given up when its dialog is closed', async ({ open }) => {
  const { page } = await open();
  let isAsked = false;
  const gone = new Promise<void>((resolve) => {
    const server = createServer((_request, answer) => {
      isAsked = true;
      answer.writeHead(200, { 'access-control-allow-origin': '*' });
      answer.write(readFileSync(fixture('bundle-1.entendu')).subarray(0, 100));
      answer.on('close', () => {
        server.close();
        resolve();
      });
    });
    server.listen(0, '127.0.0.1', async () => {
      await page.goto('./#library');
      await tap(page, 'Add songs');
      await page
        .getByLabel('Address of the bundle')
        .fill(`http://127.0.0.1:${(server.address() as AddressInfo).port}/`);
      await tap(page, 'Fetch');
      await expect(dialog(page).getByRole('status')).toContainText('B');
      await expect.poll(() => isAsked).toBe(true);
      await page.keyboard.press('Escape');
    });
  });
  await gone;
  await expect(dialog(page)).toHaveCount(0);
});
