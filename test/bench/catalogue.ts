/**
 * `npm run bench -- catalogue [--music FOLDER] [--tracks 1000]`: how soon a page that subscribes to a published catalogue knows a song that
 * plays, on "fast 4G" of Chromium's developer tools, and how much it downloads for that.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import { unpackPrint } from '../../src/library/print.ts';
import type { Learnt } from '../../src/types.ts';
import { type CatalogueHost, hostOf } from '../support/catalogue-host.ts';
import { libraryOf, publishSongs } from '../support/published.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import type { Material } from './library-trial.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const fast4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
const TRACK_SECONDS = 240;
const ROUNDS = 5;

const contentIdOf = (seed: number) => createHash('sha256').update(String(seed)).digest('hex');
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: { music: { type: 'string' }, tracks: { type: 'string', default: '1000' } },
  });
  const given = await material(values.music);
  const count = Number(values.tracks);
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const library = await libraryOf(songsOf(given, count));
    const begun = performance.now();
    const { manifest } = await publishSongs(library, join(folder, 'songs'));
    const publishMs = performance.now() - begun;
    await library.add(songOf(given, count + 1));
    cpSync(join(folder, 'songs'), join(folder, 'more'), { recursive: true });
    const { newBytes } = await publishSongs(library, join(folder, 'more'));
    await build({ mode: 'web', logLevel: 'error', build: { outDir: join(folder, 'entendu'), emptyOutDir: true } });
    cpSync(new URL('catalogue-page.mjs', import.meta.url), join(folder, 'page.js'));
    writeFileSync(
      join(folder, 'blank.html'),
      '<!doctype html><title>blank</title><script type="module" src="page.js"></script>',
    );
    const rows: Row[] = [
      { what: 'publishing', value: rounded(publishMs), unit: 'ms' },
      { what: 'pieces', value: manifest.pieces.length, unit: '' },
      { what: 'all pieces', value: rounded(sum(manifest.pieces.map(({ bytes }) => bytes)) / 1e6), unit: 'MB' },
      { what: 'published again with one more: new', value: rounded(newBytes / 1e3), unit: 'kB' },
    ];
    rows.push(...(await visits(folder, given)));
    return measured({ title: `A catalogue of ${count} tracks, fast 4G`, rows }, ['vite']);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const sum = (values: number[]) => values.reduce((all, value) => all + value, 0);

/** The tracks that are heard, among others like them. */
function* songsOf(given: Material, count: number): Generator<Learnt> {
  for (const [i, print] of given.prints.entries()) {
    const seconds = (unpackPrint(print).frameCount * 256) / 11025;
    yield { ...songOf(given, i), tags: { title: `Real ${i}` }, print, seconds, learntSeconds: seconds };
  }
  for (let i = given.prints.length; i < count; i++) yield songOf(given, i);
}

const songOf = ({ prints }: Material, seed: number): Learnt => ({
  ...learntLike(
    prints.map((print) => unpackPrint(print)),
    seed,
    TRACK_SECONDS,
  ),
  contentId: contentIdOf(seed),
});

/** In the page: see `catalogue-page.mjs`. */
const heard = (asked: { sound: { samples: number[]; sampleRate: number }; address: string }) =>
  (window as never as { hear(asked: object): Promise<number> }).hear(asked);

interface Visit {
  foundMs: number;
  foundBytes: number;
  readyMs: number;
  bytes: number;
  /** Of the second visit, when the host is gone. */
  againMs: number;
}

async function visits(folder: string, { clips }: Material): Promise<Row[]> {
  const seen: Visit[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    const clip = clips[(round * 5) % clips.length];
    const profile = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
    const host = await hostOf(folder);
    const options = {
      executablePath: findBrowser(),
      args: ['--no-sandbox', '--autoplay-policy=no-user-gesture-required'],
    };
    const context = await chromium.launchPersistentContext(profile, options);
    const page = await context.newPage();
    const devtools = await context.newCDPSession(page);
    await devtools.send('Network.enable');
    await devtools.send('Network.emulateNetworkConditions', fast4G);
    seen.push(await visit(page, host, clip));
    await context.close();
    host.close();
    rmSync(profile, { recursive: true });
  }
  const of = (what: keyof Visit) => median(seen.map((each) => each[what]));
  return [
    { what: 'to the first answer', value: rounded(of('foundMs')), unit: 'ms', note: 'median of 5 songs' },
    { what: 'downloaded by then', value: rounded(of('foundBytes') / 1e6), unit: 'MB' },
    { what: 'until all of it is here', value: rounded(of('readyMs')), unit: 'ms' },
    { what: 'downloaded in all', value: rounded(of('bytes') / 1e6), unit: 'MB' },
    { what: 'second visit, host gone: to the answer', value: rounded(of('againMs')), unit: 'ms' },
  ];
}

async function visit(page: Page, host: CatalogueHost, clip: Material['clips'][number]): Promise<Visit> {
  const sound = { samples: [...clip.samples], sampleRate: clip.sampleRate };
  page.on('console', (message) => console.error(`  chromium: ${message.text()}`));
  page.on('pageerror', (error) => console.error(error));
  await page.goto(`${host.url}blank.html`);
  host.bytes = 0;
  const found = await page.evaluate(heard, { sound, address: `${host.url}songs/` });
  const foundBytes = host.bytes;
  const readyMs = await page.evaluate(() => (window as never as { ready: Promise<number> }).ready);
  const { bytes } = host;
  host.instead.set('songs', (answer) => {
    answer.destroy();
    return true;
  });
  await page.reload();
  const again = await page.evaluate(heard, { sound, address: `${host.url}songs/` });
  return { foundMs: found, foundBytes, readyMs, bytes, againMs: again };
}
