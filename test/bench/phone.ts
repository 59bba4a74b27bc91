/**
 * `npm run bench -- phone [--share 0.3]`: the built app (`npm run build`) in Chromium, whose processes together get this share of one
 * core, as on a cheap phone: the developer protocol slows only the page, a control group of Linux its workers, too (needs root). The
 * graphics process is not slowed: without a graphics card it puts the picture together itself, which no phone's processor does. Six
 * listens one after the other in one page: how long from the tap until the title stands there, and how long the slowest frame was.
 */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Page } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { songs } from '../support/music/songs.ts';
import { record } from '../support/recording.ts';
import { serveFolder } from '../support/static-server.ts';
import { part } from './live.ts';
import { type Measured, measured, rounded } from './table.ts';

const GROUP = '/sys/fs/cgroup/cpu/entendu-phone';
const PERIOD_US = 10_000;
const SETTLED_MS = 6000;
const fixture = (name: string) => join(import.meta.dirname, '../fixtures', name);
const files = ['harbour-lights.mp3', 'paper-kites.m4a', 'low-tide.flac', 'night-bus.ogg', 'copper-rain.opus'];
const played = [
  songs.harbourLights,
  songs.paperKites,
  songs.lowTide,
  songs.harbourLights,
  songs.nightBus,
  songs.lowTide,
];

export async function run(args: string[]): Promise<Measured> {
  const share = args.includes('--share') ? Number(args[args.indexOf('--share') + 1]) : 0.3;
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const microphone = join(folder, 'microphone.wav');
  const served = await serveFolder(join(import.meta.dirname, '../../dist/app/'));
  record(microphone, songs.lowTide);
  const context = await chromium.launchPersistentContext(join(folder, 'profile'), {
    executablePath: findBrowser(),
    locale: 'en-GB',
    ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    args: [
      '--no-sandbox',
      '--use-fake-ui-for-media-stream',
      '--use-fake-device-for-media-stream',
      `--use-file-for-fake-audio-capture=${microphone}%noloop`,
    ],
  });
  const heard = [];
  try {
    const [page] = context.pages();
    await learn(page, served.url);
    // What a first visit does besides, keeping the app for use offline and sorting the songs in, would take part of the little there is.
    await page.evaluate(async () => void (await navigator.serviceWorker.ready));
    await page.waitForTimeout(SETTLED_MS);
    slowDown(folder, share);
    for (const plan of played) {
      record(microphone, plan, { fromSeconds: 4, seconds: 24 });
      heard.push({ plan, ...(await listen(page, served.url)) });
    }
  } finally {
    await context.close();
    if (existsSync(GROUP)) rmdirSync(GROUP);
    served.close();
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
  const right = heard.filter(({ plan, named }) => named === plan.title);
  return measured({ title: `The app on ${100 * share} % of a core`, rows: rowsOf(heard, right.length) }, []);
}

async function learn(page: Page, url: string): Promise<void> {
  await page.goto(`${url}#library`);
  await page.getByRole('button', { name: 'Add songs' }).click();
  await page.locator('.add-ways ~ input[multiple]').setInputFiles(files.map(fixture));
  await page.getByText(`${files.length} songs learnt`).first().waitFor({ timeout: 120_000 });
  await page.goto(`${url}#`);
}

/** Puts the browser and all processes that it started, but for the graphics, into a group with this share of a core. */
function slowDown(profile: string, share: number): void {
  mkdirSync(GROUP);
  writeFileSync(join(GROUP, 'cpu.cfs_period_us'), String(PERIOD_US));
  writeFileSync(join(GROUP, 'cpu.cfs_quota_us'), String(Math.round(PERIOD_US * share)));
  const parents = new Map<string, string>();
  const slowed = new Set<string>();
  for (const id of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      parents.set(id, /^PPid:\t(\d+)/m.exec(readFileSync(`/proc/${id}/status`, 'utf8'))![1]);
      if (readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(profile)) slowed.add(id);
    } catch {} // it has ended
  }
  for (let before = 0; before < slowed.size; ) {
    before = slowed.size;
    for (const [id, parent] of parents) if (slowed.has(parent)) slowed.add(id);
  }
  for (const id of slowed) {
    if (!readFileSync(`/proc/${id}/cmdline`, 'utf8').includes('--type=gpu-process'))
      writeFileSync(join(GROUP, 'cgroup.procs'), id);
  }
}

interface Heard {
  named: string;
  seconds: number;
  slowestFrameMs: number;
  /** The longest frames, and what ran in them. */
  frames: string[];
}

async function listen(page: Page, url: string): Promise<Heard> {
  await page.goto(`${url}#`);
  await page.evaluate(watchFrames);
  const began = Date.now();
  await page.getByRole('button', { name: 'Listen', exact: true }).tap();
  await page.getByRole('button', { name: 'Listen again' }).waitFor({ timeout: 60_000 });
  const seconds = (Date.now() - began) / 1000;
  const named = (await page.locator('.found-title').allTextContents()).join();
  const frames = await page.evaluate(() => (window as never as { frames: [number, string][] }).frames);
  const slowest = frames.toSorted((a, b) => b[0] - a[0]).slice(0, 3);
  await page.getByRole('region', { name: 'Listen' }).getByRole('button', { name: 'Close' }).tap();
  return {
    named,
    seconds,
    slowestFrameMs: slowest[0]?.[0] ?? 0,
    frames: slowest.map(([ms, what]) => `${ms} ms: ${what}`),
  };
}

/** Runs in the page. */
function watchFrames(): void {
  const frames: [number, string][] = [];
  if ('frames' in window) (window as never as { frames: unknown[] }).frames.length = 0;
  Object.assign(window, { frames });
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) {
      const { duration, scripts } = entry as PerformanceEntry & {
        scripts: { invoker: string; duration: number; forcedStyleAndLayoutDuration: number }[];
      };
      const ran = scripts.map(({ invoker, duration }) => `${invoker.slice(-60)} ${Math.round(duration)}`);
      frames.push([Math.round(duration), ran.join(', ')]);
    }
  }).observe({ type: 'long-animation-frame' });
}

function rowsOf(heard: Heard[], right: number) {
  const waits = heard.map(({ seconds }) => seconds);
  return [
    { what: 'right', value: right, unit: '', note: `of ${heard.length}` },
    { what: 'tap to the title, median', value: rounded(part(waits, 0.5)), unit: 's' },
    { what: 'the same, slowest', value: rounded(Math.max(...waits)), unit: 's' },
    ...heard.map(({ slowestFrameMs, frames, seconds }, i) => ({
      what: `listen ${i + 1}: ${rounded(seconds)} s; slowest frame`,
      value: slowestFrameMs,
      unit: 'ms',
      note: frames.join(' | '),
    })),
  ];
}
