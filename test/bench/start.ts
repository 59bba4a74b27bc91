/**
 * How soon the app is there, and how smooth: opened for the first time and again, on a slow network and a slow processor,
 * and a library of ten thousand songs scrolled from end to end.
 */
import { execFileSync } from 'node:child_process';
import { type BrowserContext, type CDPSession, chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose } from '../stage/screens.ts';
import { serveStage } from '../stage/start.ts';
import { serveFolder } from '../support/static-server.ts';
import { framesWhileScrolling } from './scroll-frames.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

/** "Fast 3G" of Chromium's developer tools. */
const fast3G = { offline: false, latency: 562.5, downloadThroughput: 180_000, uploadThroughput: 84_375 };
const SLOWDOWN = 4;
const ROUNDS = 5;

const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];
const share = (values: number[], of: number) => values.toSorted((a, b) => a - b)[Math.floor((values.length - 1) * of)];

interface Opened {
  paintMs: number;
  usableMs: number;
  longestTaskMs: number;
}

async function opened(page: Page, url: string): Promise<Opened> {
  await page.addInitScript(() => {
    const seen = { longest: 0, usable: 0 };
    Object.assign(window, { seen });
    const watch = (entries: PerformanceObserverEntryList) => {
      for (const { duration } of entries.getEntries()) seen.longest = Math.max(seen.longest, duration);
    };
    new PerformanceObserver(watch).observe({ type: 'longtask', buffered: true });
    new MutationObserver(() => {
      if (!seen.usable && document.querySelector('.listen-button, .empty')) seen.usable = performance.now();
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(url);
  await page.waitForFunction(
    () => (window as never as { seen: { usable: number } }).seen.usable && performance.getEntriesByType('paint').length,
  );
  // What follows the first picture counts, too.
  await page.waitForTimeout(1500);
  return page.evaluate(() => {
    const { seen } = window as never as { seen: { usable: number; longest: number } };
    const paint = performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? 0;
    return { paintMs: paint, usableMs: seen.usable, longestTaskMs: seen.longest };
  });
}

async function slowed(context: BrowserContext, how: 'network' | 'processor'): Promise<Page> {
  const page = await context.newPage();
  const devtools: CDPSession = await context.newCDPSession(page);
  await devtools.send('Network.enable');
  if (how === 'network') await devtools.send('Network.emulateNetworkConditions', fast3G);
  else await devtools.send('Emulation.setCPUThrottlingRate', { rate: SLOWDOWN });
  return page;
}

export async function run(): Promise<Measured> {
  const root = new URL('../../', import.meta.url).pathname;
  const { NODE_ENV: _, ...env } = process.env;
  execFileSync('npm', ['run', '-s', 'build'], { cwd: root, env, stdio: 'pipe', shell: process.platform === 'win32' });
  const served = await serveFolder(`${root}dist/app`);
  const stage = await serveStage();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  const rows: Row[] = [];
  const add = (what: string, value: number, note?: string) =>
    rows.push({ what, value: rounded(value), unit: 'ms', note });

  const visits = { first: [] as Opened[], again: [] as Opened[], slow: [] as Opened[] };
  for (let round = 0; round < ROUNDS; round++) {
    const context = await browser.newContext();
    const first = await slowed(context, 'network');
    visits.first.push(await opened(first, served.url));
    await first.evaluate(() => navigator.serviceWorker.ready);
    await first.close();
    const again = await slowed(context, 'network');
    visits.again.push(await opened(again, served.url));
    await again.close();
    visits.slow.push(await opened(await slowed(context, 'processor'), served.url));
    await context.close();
  }
  const of = (visit: Opened[], what: keyof Opened) => median(visit.map((each) => each[what]));
  add('first visit, fast 3G: first paint', of(visits.first, 'paintMs'));
  add('first visit, fast 3G: can be used', of(visits.first, 'usableMs'));
  add('kept, fast 3G: first paint', of(visits.again, 'paintMs'), 'at most 1000');
  add('kept, fast 3G: can be used', of(visits.again, 'usableMs'));
  add(`kept, processor slowed ${SLOWDOWN} x: first paint`, of(visits.slow, 'paintMs'));
  add(`kept, processor slowed ${SLOWDOWN} x: longest task`, of(visits.slow, 'longestTaskMs'), 'at most 50; 0 is below');

  for (const rate of [1, SLOWDOWN]) {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 } });
    await pose(page, stage.url, 'library-full');
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Emulation.setCPUThrottlingRate', { rate });
    const frames = await framesWhileScrolling(page.locator('.app-content'));
    const slow = rate > 1 ? `, processor slowed ${rate} x` : '';
    add(`10,000 rows scrolled${slow}: frame, median`, median(frames), '16.7 is 60 a second');
    add(`10,000 rows scrolled${slow}: frame, 95 %`, share(frames, 0.95));
    add(`10,000 rows scrolled${slow}: frame, longest`, share(frames, 1));
    await page.close();
  }
  await browser.close();
  await stage.close();
  served.close();
  return measured({ title: 'Opening the app, and scrolling a long library', rows }, ['vite', 'preact']);
}
