/** Ways into the library, in the app. What each format and each bad file yields: see `learn.spec.ts`. */
import { appendFileSync, copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { songs } from '../support/music/songs.ts';
import { answer, BUSY_SHARE, expect, fixture, holdWriting, importing, notedFiles, test } from './app.ts';
import { choose, row, showFiles, told } from './importing.ts';

/** A folder as people have them: songs below songs, with pictures and texts between them. */
function musicFolder(): string {
  const folder = test.info().outputPath('music');
  mkdirSync(join(folder, 'deeper/still deeper'), { recursive: true });
  copyFileSync(fixture('night-bus.ogg'), join(folder, 'night-bus.ogg'));
  copyFileSync(fixture('copper-rain.opus'), join(folder, 'deeper/copper-rain.opus'));
  copyFileSync(fixture('tin-parade.mp4'), join(folder, 'deeper/still deeper/tin-parade.mp4'));
  copyFileSync(fixture('cover.jpg'), join(folder, 'deeper/cover.jpg'));
  writeFileSync(join(folder, 'notes.txt'), 'Not a song.');
  return folder;
}

/** From the desktop onto the page. */
async function drop(page: Page, files: string[]): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  const data = { items: [], files, dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await devtools.send('Input.dispatchDragEvent', { type, x: 150, y: 300, data });
}

test('a dropped folder is learnt with all that lies below it, pictures and texts left out', async ({ open }) => {
  const { page } = await open({ at: '#library' });
  await page.waitForLoadState('networkidle');
  await drop(page, [musicFolder(), fixture('old-letters.aac')]);
  await told(page, '4 songs learnt');
  await told(page, '2 other files skipped');
});

test('a chosen folder is learnt where the browser has no picker for folders', async ({ open }) => {
  const { page } = await open({ at: '#library' });
  await page.evaluate(() => Object.assign(window, { showDirectoryPicker: undefined }));
  await choose(page, 'Choose a folder', musicFolder());
  await told(page, '3 songs learnt');
});

test('a pasted file is learnt', async ({ open }) => {
  const { page } = await open({ at: '#library' });
  await page.waitForLoadState('networkidle'); // what takes files in is fetched after the first picture
  await page.evaluate(() => {
    const clipboardData = new DataTransfer();
    const samples = Float32Array.from({ length: 30_000 }, (_, i) => Math.sin(i * i * 1e-5));
    const header = new DataView(new ArrayBuffer(44));
    const words = [
      0x46464952, 120_036, 0x45564157, 0x20746d66, 16, 0x10003, 10_000, 40_000, 0x200004, 0x61746164, 120_000,
    ];
    words.forEach((word, i) => {
      header.setUint32(4 * i, word, true);
    });
    clipboardData.items.add(new File([header, samples], 'pasted.wav', { type: 'audio/wav' }));
    document.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  });
  await told(page, '1 song learnt');
});

test('the same recording in another file is told, and kept when that is wanted', async ({ open }) => {
  const { page } = await open({ knows: ['harbour-lights.mp3'] });
  const other = test.info().outputPath('other.mp3');
  copyFileSync(fixture('harbour-lights.mp3'), other);
  appendFileSync(other, 'A tag at the end.');
  await choose(page, 'Choose files', [other, fixture('harbour-lights.mp3')]);
  await showFiles(page);
  await expect(row(page, 'other.mp3')).toContainText('sounds like "Harbour Lights"');
  await expect(row(page, 'harbour-lights.mp3').last()).toContainText('you have this as "Harbour Lights"');
  await row(page, 'other.mp3').getByRole('button', { name: 'Add it too' }).click();
  await expect(row(page, 'other.mp3')).toContainText('stars');
});

test('what was waiting when the page was reloaded is told, and learnt when it is chosen again', async ({ open }) => {
  const { page } = await open();
  const names = ['night-bus.ogg', 'copper-rain.opus', 'low-tide.flac'];
  await holdWriting(page);
  await choose(page, 'Choose files', names.map(fixture));
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await told(page, 'Paused');
  await expect.poll(() => notedFiles(page, 'entendu-queue')).toBe(names.length);
  await page.reload();
  await expect(row(page, 'low-tide.flac').or(importing(page))).toBeVisible();
  await showFiles(page);
  await expect(row(page, 'low-tide.flac')).toContainText('choose it again');
  await page.getByRole('button', { name: 'Hide files' }).click();
  await choose(page, 'Choose files', names.map(fixture));
  await showFiles(page);
  await expect(row(page, 'low-tide.flac')).toContainText('stars', { timeout: 90_000 });
  await expect(page.getByText('choose it again')).toHaveCount(0);
});

test('a queue can be stopped, and what it had not reached is not in the library', async ({ open }) => {
  const { page } = await open();
  const names = ['night-bus.ogg', 'paper-kites.m4a'];
  await holdWriting(page);
  await choose(page, 'Choose files', names.map(fixture));
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await page.getByRole('button', { name: 'Stop learning' }).click();
  await showFiles(page);
  await expect(row(page, 'paper-kites.m4a')).toContainText('stopped');
});

test('while songs are learnt another is heard and named', async ({ open }) => {
  const how = { fromSeconds: 6, seconds: 22 };
  const { page } = await open({ hears: songs.paperKites, how, knows: ['paper-kites.m4a'] });
  const others = ['harbour-lights.mp3', 'night-bus.ogg', 'copper-rain.opus', 'low-tide.flac', 'tin-parade.mp4'];
  await choose(page, 'Choose files', others.map(fixture));
  await page.getByRole('link', { name: 'Listen' }).click();
  await page.getByRole('button', { name: 'Listen', exact: true }).click();
  await expect(answer(page, 'Paper Kites')).toBeVisible();
  await told(page, '5 songs learnt');
});

test('while songs are learnt the page has time for other things', async ({ open }) => {
  const { page } = await open();
  await page.waitForLoadState('networkidle');
  await choose(page, 'Choose files', ['harbour-lights.mp3', 'night-bus.ogg', 'old-letters.aac'].map(fixture));
  const busy = page.evaluate(busyShare);
  await told(page, '3 songs learnt');
  await page.evaluate(() => dispatchEvent(new Event('enough')));
  expect(await busy).toBeLessThan(BUSY_SHARE);
});

/** In the page: which share of the time it spends in long tasks, until that is enough. */
function busyShare(): Promise<number> {
  const begun = performance.now();
  let busy = 0;
  const observer = new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) busy += duration;
  });
  observer.observe({ type: 'longtask' });
  return new Promise((resolve) => {
    addEventListener('enough', () => resolve(busy / (performance.now() - begun)), { once: true });
  });
}

/** As another app does; afterwards the app is opened. */
async function share(page: Page, names: string[]): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready);
  // Where the app does not run, so that it cannot take the files before it is opened anew.
  await page.goto('./icons/icon-192.png');
  const sounds = names.map((name) => [name, readFileSync(fixture(name)).toString('base64')]);
  await page.evaluate(async (given) => {
    const form = new FormData();
    for (const [name, base64] of given) {
      const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
      form.append('files', new File([bytes], `ä ${name}`, { type: 'audio/x-any' }));
    }
    await fetch('../share', { method: 'POST', body: form });
  }, sounds);
  await page.goto('./');
}

/** Agrees to what the app asks of the files that were shared. */
const agree = (page: Page) => page.getByRole('dialog').getByRole('button', { name: 'Learn', exact: true }).click();

test('what another app shares is learnt once it was agreed to', async ({ open }) => {
  const { page } = await open({ offline: true });
  await share(page, ['night-bus.ogg']);
  await agree(page);
  await told(page, '1 song learnt');
});

test('what another app shared is kept until it is learnt, whatever becomes of the page', async ({ open }) => {
  const { page } = await open({ offline: true });
  const names = ['harbour-lights.mp3', 'night-bus.ogg', 'copper-rain.opus', 'low-tide.flac', 'paper-kites.m4a'];
  await share(page, names);
  await agree(page);
  await page.getByRole('button', { name: 'Pause', exact: true }).click();
  await told(page, 'Paused');
  // Safe elsewhere by now, and so no longer where the other app's files come in.
  await expect.poll(() => page.evaluate(async () => (await (await caches.open('shared')).keys()).length)).toBe(0);
  await page.reload();
  await expect(page.getByText('5 songs', { exact: true })).toBeVisible({ timeout: 90_000 });
});
