/**
 * How the library's screen bears many songs: `npm run bench -- long-list [--tracks 10000,100000]`. The built app gets them as a
 * bundle; then its list is opened, scrolled, sorted and searched in Chromium, on a wide screen and on a phone.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type BrowserContext, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { writeBundle } from '../../src/library/bundle/write-bundle.ts';
import { openLibrary } from '../../src/library/library.ts';
import { packPrint } from '../../src/library/prints/pack-print.ts';
import { openMemory } from '../../src/library/shelf/memory.ts';
import type { Incoming } from '../../src/library/tracks/new-rows.ts';
import { matching } from '../support/matching.ts';
import { somePrint } from '../support/prints.ts';
import { serveFolder } from '../support/static-server.ts';
import { rowsOf } from '../support/titles.ts';
import { quantile } from './quantile.ts';
import { framesWhileScrolling } from './scroll-frames.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const WIDE = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };
const WORDS = 8;

type Add = (what: string, value: number, note?: string) => void;

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({ args, options: { tracks: { type: 'string', default: '10000,100000' } } });
  const root = new URL('../../', import.meta.url).pathname;
  const { NODE_ENV: _, ...env } = process.env;
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, env, stdio: 'pipe', shell: process.platform === 'win32' });
  const served = await serveFolder(`${root}dist/app`);
  const rows: Row[] = [];
  for (const count of values.tracks.split(',').map(Number)) {
    await measure(served.url, count, (what, value, note) =>
      rows.push({ what: `${count} songs: ${what}`, value: rounded(value), unit: 'ms', note }),
    );
  }
  served.close();
  return measured({ title: 'A long list of songs in the app', rows }, ['vite', 'preact']);
}

async function measure(url: string, count: number, add: Add): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const bundle = join(folder, 'songs.entendu');
  await makeBundle(bundle, count);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser(),
    args: ['--no-sandbox'],
    viewport: WIDE,
    serviceWorkers: 'block',
  });
  try {
    add('added from a bundle', await takeIn(context, url, bundle, count));
    await measureWide(context, url, count, add);
    await measurePhone(context, url, count, add);
  } finally {
    await context.close();
    rmSync(folder, { recursive: true });
  }
}

/** Songs of a second, so that only their number counts. */
async function makeBundle(path: string, count: number): Promise<void> {
  const library = await openLibrary(openMemory(), matching);
  const rows = rowsOf(count);
  async function* source(): AsyncGenerator<Incoming> {
    for (const [i, { title, artist, album, year, fileName }] of rows.entries()) {
      const contentId = (i + 1).toString(16).padStart(32, '0');
      const print = packPrint({ ...somePrint(i, { seconds: 1 }), format: KERNEL_FORMAT });
      yield { tags: { title, artist, album, year }, contentId, fileName, seconds: 1, learntSeconds: 1, print };
    }
  }
  await library.addAll(source());
  const file = openSync(path, 'w');
  await writeBundle(library, KERNEL_FORMAT, { name: 'Songs' }, async (bytes) => void writeSync(file, bytes));
  await library.close();
}

const status = (page: Page, count: number) =>
  page.getByRole('status').getByText(`${count.toLocaleString('en')} songs`, { exact: true });

async function takeIn(context: BrowserContext, url: string, bundle: string, count: number): Promise<number> {
  const page = await context.newPage();
  await page.goto(`${url}#library`);
  await page.locator('input[accept=".entendu"]').setInputFiles(bundle);
  const begun = performance.now();
  await page.getByRole('dialog').getByRole('button', { name: 'Add to my library' }).click();
  await status(page, count).waitFor({ timeout: 3_600_000 });
  await page.close();
  return performance.now() - begun;
}

async function opened(context: BrowserContext, url: string, count: number, viewport: typeof WIDE) {
  const page = await context.newPage();
  await page.setViewportSize(viewport);
  await page.addInitScript(() => {
    const seen = { longestTask: 0 };
    Object.assign(window, { seen });
    new PerformanceObserver((entries) => {
      for (const { duration } of entries.getEntries()) seen.longestTask = Math.max(seen.longestTask, duration);
    }).observe({ type: 'longtask', buffered: true });
  });
  const begun = performance.now();
  await page.goto(`${url}#library`);
  await status(page, count).waitFor();
  await page.locator('[data-row="0"], .long-list li').first().waitFor();
  return { page, openMs: performance.now() - begun };
}

const longestTask = (page: Page) =>
  page.evaluate(() => {
    const { seen } = window as never as { seen: { longestTask: number } };
    const { longestTask } = seen;
    seen.longestTask = 0;
    return longestTask;
  });

async function measureWide(context: BrowserContext, url: string, count: number, add: Add): Promise<void> {
  const { page, openMs } = await opened(context, url, count, WIDE);
  add('opened, with the app', openMs);
  add('longest task while opening', await longestTask(page), '0 is below 50');
  addFrames('wide screen', await scrolled(page, '.library-list'), add);
  await page.locator('.library-list').evaluate((list) => list.scrollTo(0, 0));
  const header = page.getByRole('columnheader', { name: 'Artist' }).getByRole('button');
  for (const what of ['sorted by artist', 'and the other way round']) {
    const first = await page.locator('[data-row="0"]').textContent();
    const begun = performance.now();
    await header.click();
    await page.waitForFunction((was) => {
      const row = document.querySelector('[data-row="0"]');
      return row && row.textContent !== was;
    }, first);
    add(what, performance.now() - begun);
  }
  await page.locator('[data-row="0"]').click();
  const begun = performance.now();
  await page.keyboard.press('End');
  await page.waitForFunction((row) => document.activeElement?.getAttribute('data-row') === row, String(count - 1));
  add('from the first row to the last by End', performance.now() - begun);
  await page.keyboard.press('Control+a');
  await page.getByRole('heading', { name: `${count.toLocaleString('en')} selected` }).waitFor();
  await page.keyboard.press('Escape');
  await longestTask(page);
  const times = await typed(page, count);
  add('a keystroke in the search until the list shows it, median', quantile(times, 0.5), `${times.length} keystrokes`);
  add('the same, p95', quantile(times, 0.95));
  add('longest task while typing', await longestTask(page), '0 is below 50');
  await page.close();
}

async function measurePhone(context: BrowserContext, url: string, count: number, add: Add): Promise<void> {
  const { page } = await opened(context, url, count, PHONE);
  addFrames('phone', await scrolled(page, '.app-content'), add);
  await page.close();
}

function addFrames(where: string, frames: number[], add: Add): void {
  add(`${where}, scrolled: frame, median`, quantile(frames, 0.5), '16.7 is 60 a second');
  add(`${where}, scrolled: frame, p95`, quantile(frames, 0.95));
  add(`${where}, scrolled: frame, longest`, Math.max(...frames));
}

/** Milliseconds between frames while the list is scrolled; sorted. */
async function scrolled(page: Page, scroller: string): Promise<number[]> {
  return (await framesWhileScrolling(page.locator(scroller))).sort((a, b) => a - b);
}

/** Types words letter by letter; the milliseconds from each letter until the number of songs found has changed. */
async function typed(page: Page, count: number): Promise<number[]> {
  const field = page.getByRole('searchbox');
  await field.focus();
  await page.waitForTimeout(500);
  const words = rowsOf(count)
    .slice(0, WORDS)
    .map(({ title }) => title.toLowerCase().slice(0, 8));
  return field.evaluate(async (field, words) => {
    const input = field as HTMLInputElement;
    const told = document.querySelector('.library-title [role="status"]')!;
    const times: number[] = [];
    const change = (value: string) =>
      new Promise<number | undefined>((resolve) => {
        const begun = performance.now();
        const end = (ms?: number) => {
          observer.disconnect();
          clearTimeout(timer);
          resolve(ms);
        };
        const observer = new MutationObserver(() => end(performance.now() - begun));
        observer.observe(told, { childList: true, characterData: true, subtree: true });
        // Not every letter changes the number.
        const timer = setTimeout(end, 1000);
        input.value = value;
        input.dispatchEvent(new InputEvent('input', { bubbles: true }));
      });
    for (const word of words) {
      for (let end = 1; end <= word.length; end++) {
        const ms = await change(word.slice(0, end));
        if (ms !== undefined) times.push(ms);
        await new Promise((resolve) => setTimeout(resolve, 100));
      }
      await change('');
    }
    return times.sort((a, b) => a - b);
  }, words);
}
