/** What people do most, in the production build and one browser after another. Each journey goes on where the last one ended. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findPulse } from '../../.setup/browser.mjs';
import { isWebKitGtk } from '../../src/audio/webkit-gtk.ts';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import { songs } from '../support/music/songs.ts';
import { heard, wav } from '../support/recording.ts';
import { type Served, serveFolder } from '../support/static-server.ts';
import { openPulseMicrophone, type PulseMicrophone } from './pulse-microphone.ts';
import type { Opening, Page } from './webdriver.ts';

declare module 'vitest' {
  interface TaskMeta {
    /** For the table of README.md, in place of "yes". */
    works?: string;
  }
}

const built = new URL('../../dist/app/', import.meta.url).pathname;
const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);

const formats = {
  MP3: 'harbour-lights.mp3',
  'M4A (AAC)': 'paper-kites.m4a',
  'Ogg Vorbis': 'night-bus.ogg',
  Opus: 'copper-rain.opus',
  FLAC: 'low-tide.flac',
  WAV: '06 - The Fixtures - Green Clock.wav',
  AIFF: 'first_snow.aiff',
  'WebM video': 'long-way-round.webm',
  'MP4 video': 'tin-parade.mp4',
};

export function journeys(open: (how: Opening) => Promise<Page>): void {
  let page: Page;
  let served: Served;
  let elsewhere: Served;
  let microphone: PulseMicrophone | undefined;
  const folder = mkdtempSync(join(tmpdir(), 'entendu-journeys-'));

  beforeAll(async () => {
    served = await serveFolder(built);
    elsewhere = await serveFolder(built);
    if (findPulse()) microphone = await openPulseMicrophone();
    page = await open({ env: microphone?.env });
  });
  afterAll(async () => {
    await page?.close();
    await microphone?.close();
    for (const one of [served, elsewhere]) one.close();
    rmSync(folder, { recursive: true });
  });

  test('opens', async () => {
    await page.goTo(served.url);
    await page.find('heading', 'Teach it a song');
  });

  test('learns files of every format, and says why it does not learn a text', async () => {
    await learn(page, served.url, [...Object.values(formats), 'shopping-list.mp3']);
    await page.find('text', /learnt$/, { seconds: 60 });
    await page.click('button', 'Show files');
    await page.find('text', 'This file has no sound that Entendu can read.');
    await page.find('text', `${Object.keys(formats).length} songs learnt`);
  });

  test.each(Object.entries(formats))('learns %s', async (_, name) => {
    const plain = name
      .replace(/\.\w+$/, '')
      .replace(/^\d+ - The Fixtures - /, '')
      .replaceAll(/[-_]/g, ' ');
    await page.find('row', new RegExp(plain, 'i'));
  });

  test('reads compressed files of any length', async ({ task }) => {
    const { hasDecoder, agent } = await page.run(() => ({
      hasDecoder: 'AudioDecoder' in window,
      agent: navigator.userAgent,
    }));
    if (!hasDecoder || isWebKitGtk(agent)) task.meta.works = 'up to 20 MB';
  });

  test('offers to hear another tab', async ({ task }) => {
    const canShare = await page.run(() => 'getDisplayMedia' in (navigator.mediaDevices ?? {}));
    if (!canShare) task.meta.works = 'no';
    await page.goTo(`${served.url}#`);
    await page.find('button', 'A file or video');
    const offered = await page.run(() => document.querySelector('.sources')!.textContent!.includes('Tab or computer'));
    expect(offered).toBe(canShare);
  });

  test('has the library after a reload', async () => {
    await page.goTo(`${served.url}#library`);
    await page.reload();
    await page.find('text', `${Object.keys(formats).length} songs`);
    await page.find('row', 'Harbour Lights');
  });

  test('is drawn as designed', async () => {
    const small: string[] = [];
    for (const place of ['#', '#library', '#history', '#settings']) {
      await page.goTo(`${served.url}${place}`);
      await page.find('link', 'Settings');
      if (place === '#') expect(await page.run(dial)).toEqual({ isCentred: true, times: 1.32 });
      if (place === '#settings') expect(await page.run(wrappedChoices)).toEqual([]);
      small.push(...(await page.run(smallTargets)));
    }
    expect(small).toEqual([]);
  });

  test('recognises a compressed file', async () => {
    await page.goTo(`${served.url}#`);
    await page.choose('.sources input[type=file]', [fixture('night-bus.ogg')]);
    await page.find('button', /Night Bus/, { seconds: 40 });
  });

  test('lists the songs of a long recording', async () => {
    const [first, second] = [songs.lowTide, songs.paperKites].map((plan) => heard(plan, { seconds: 15 }));
    const file = join(folder, 'evening.wav');
    writeFileSync(file, wav(Float32Array.from([...first, ...second]), 48_000));
    await page.goTo(`${served.url}#`);
    await page.choose('.sources input[type=file]', [file]);
    await page.find('status', /^2 songs/, { seconds: 40 });
    await page.find('button', /Low Tide/);
  });

  test.skipIf(!findPulse())('names what the microphone hears', async () => {
    await microphone?.play(wav(heard(songs.paperKites, { fromSeconds: 4, seconds: 20 }), 48_000));
    await page.goTo(`${served.url}#`);
    await page.click('button', /^Listen$/);
    await page.find('text', /^Paper Kites$/, { seconds: 20 });
    await page.find('text', /%/);
    microphone?.hush();
  });

  test('keeps a history', async () => {
    await page.goTo(`${served.url}#history`);
    await page.find('row', /evening\.wav/);
  });

  test('gives the library out as a bundle and takes it in elsewhere', async () => {
    await page.goTo(`${served.url}#settings`);
    await page.run(keepDownloads);
    await page.open('button', 'Export', 'dialog[open]');
    await page.click('button', 'Save bundle');
    await page.find('text', /Bundle saved/);
    const bytes = await page.run(downloadedBytes);
    const titles: string[] = [];
    for await (const { tags } of readBundle(new Blob([Uint8Array.from(bytes)]), KERNEL_FORMAT)) titles.push(tags.title);
    expect(titles).toHaveLength(Object.keys(formats).length);
    const file = join(folder, 'songs.entendu');
    writeFileSync(file, Uint8Array.from(bytes));
    await page.goTo(`${elsewhere.url}#library`);
    await page.open('button', 'Add songs', '.add-ways');
    await page.choose('input[accept=".entendu"]', [file]);
    await page.click('button', 'Add to my library');
    await page.find('text', `${titles.length} songs added`);
  });

  test('speaks two languages', async () => {
    await page.goTo(`${elsewhere.url}#settings`);
    await page.find('heading', 'Settings');
    await page.run(chooseLanguage, 'de');
    await page.find('heading', 'Einstellungen');
    await page.run(chooseLanguage, 'ar');
    await page.find('heading', 'الإعدادات');
    expect(await page.run(() => getComputedStyle(document.body).direction)).toBe('rtl');
  });

  test('works without a network', async () => {
    await page.goTo(served.url);
    await page.run(async () => void (await navigator.serviceWorker.ready));
    served.close();
    await page.goTo(`${served.url}#library`);
    await page.reload();
    await page.find('row', 'Harbour Lights');
    await page.goTo(`${served.url}#`);
    await page.choose('.sources input[type=file]', [fixture('low-tide.flac')]);
    await page.find('button', /Low Tide/, { seconds: 40 });
  });

  test('is not held up by pages that the browser keeps for Back', async () => {
    const titles = { 'low-tide.flac': /Low Tide/, 'night-bus.ogg': /Night Bus/ };
    for (const [name, title] of Object.entries(titles)) {
      await page.goTo(`${elsewhere.url}#library`); // its engine soon tidies the library
      await page.goTo('about:blank');
      await page.goTo(`${elsewhere.url}#`);
      await page.choose('.sources input[type=file]', [fixture(name)]);
      await page.find('button', title, { seconds: 40 });
    }
    await page.goTo(`${elsewhere.url}#library`);
    await page.run(() => void Object.assign(window, { isLeft: true }));
    await page.goTo('about:blank');
    await page.run(() => void setTimeout(() => history.back())).catch(() => {}); // the page may be gone before it answers
    const isNew = () => page.run(() => location.hash === '#library' && !('isLeft' in window)).catch(() => false);
    await expect.poll(isNew, { timeout: 10_000 }).toBe(true);
    await page.find('row', 'Harbour Lights');
  });
}

async function learn(page: Page, url: string, names: string[]): Promise<void> {
  await page.goTo(`${url}#library`);
  await page.open('button', 'Add songs', '.add-ways');
  await page.choose('.add-ways ~ input[multiple]', names.map(fixture));
}

/** Runs in the page. */
function dial(): { isCentred: boolean; times: number } {
  const button = document.querySelector('.listen-button')!.getBoundingClientRect();
  const { left, top, width, height } = document.querySelector('.listen-dial')!.getBoundingClientRect();
  const off = [left + width / 2 - button.left - button.width / 2, top + height / 2 - button.top - button.height / 2];
  return { isCentred: off.every((by) => Math.abs(by) < 1), times: Math.round((100 * width) / button.width) / 100 };
}

/** Runs in the page: settings whose choice is not beside its label. */
function wrappedChoices(): string[] {
  const middle = (element: Element) => {
    const { top, height } = element.getBoundingClientRect();
    return top + height / 2;
  };
  return [...document.querySelectorAll('.setting:has(select)')]
    .filter((setting) => Math.abs(middle(setting.children[0]) - middle(setting.children[1])) > 4)
    .map(({ textContent }) => textContent);
}

/** Runs in the page: what can be tapped and is less than 24 px tall, except links within a sentence. */
function smallTargets(): string[] {
  const isInSentence = (element: Element) =>
    element.matches('a') && getComputedStyle(element).display === 'inline' && element.parentElement!.matches('p');
  return [...document.querySelectorAll('a[href], button, select, input, summary')]
    .filter((element) => element.checkVisibility() && !element.closest('.unseen, [inert]') && !isInSentence(element))
    .map((element) => [element.getBoundingClientRect().height, element.outerHTML.slice(0, 120)] as const)
    .filter(([height]) => height > 1 && height < 24)
    .map(([height, html]) => `${Math.round(height)} px: ${html}`);
}

/** Runs in the page. Chromium would ask where to save. */
function keepDownloads(): void {
  Reflect.deleteProperty(window, 'showSaveFilePicker');
  const make = URL.createObjectURL.bind(URL);
  URL.createObjectURL = (blob) => {
    Object.assign(window, { downloaded: blob });
    return make(blob);
  };
}

/** Runs in the page. */
async function downloadedBytes(): Promise<number[]> {
  const { downloaded } = window as unknown as { downloaded: Blob };
  return [...new Uint8Array(await downloaded.arrayBuffer())];
}

/** Runs in the page. */
function chooseLanguage(code: string): void {
  const select = [...document.querySelectorAll('select')].find((one) => one.querySelector(`[value=${code}]`))!;
  select.value = code;
  select.dispatchEvent(new Event('change', { bubbles: true }));
}
