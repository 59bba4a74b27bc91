/**
 * `npm run bench -- catalogue [--music FOLDER] [--tracks 1000] [--rounds 5]`: how soon a page that subscribes to a published catalogue knows a song that
 * plays, on "fast 4G" of Chromium's developer tools, and how much it downloads for that.
 */
import { createHash } from 'node:crypto';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { chromium, type Page } from '@playwright/test';
import { build } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import type { Library } from '../../src/library/library.ts';
import { unpackPrint } from '../../src/library/prints/print.ts';
import type { Learnt } from '../../src/types.ts';
import { type CatalogueHost, hostOf } from '../support/catalogue-host.ts';
import { libraryOf, publishSongs } from '../support/published.ts';
import { learntLike } from '../support/tracks-like.ts';
import { material } from './library-material.ts';
import type { Material } from './library-trial.ts';
import { type Measured, measured, type Row, rounded } from './table.ts';

const fast4G = { offline: false, latency: 165, downloadThroughput: 1_012_500, uploadThroughput: 168_750 };
const TRACK_SECONDS = 240;

const contentIdOf = (seed: number) => createHash('sha256').update(String(seed)).digest('hex');
const median = (values: number[]) => values.toSorted((a, b) => a - b)[values.length >> 1];

export async function run(args: string[]): Promise<Measured> {
  const { values } = parseArgs({
    args,
    options: {
      music: { type: 'string' },
      tracks: { type: 'string', default: '1000' },
      rounds: { type: 'string', default: '5' },
    },
  });
  const given = await material(values.music);
  const count = Number(values.tracks);
  const folder = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  try {
    const library = await libraryOf(songsOf(given, count));
    const begun = performance.now();
    const { manifest } = await publishSongs(library, join(folder, 'songs'));
    const publishMs = performance.now() - begun;
    cpSync(join(folder, 'songs'), join(folder, 'later'), { recursive: true });
    await changeTen(library, given, count);
    await publishSongs(library, join(folder, 'later'));
    await build({ mode: 'web', logLevel: 'error', build: { outDir: join(folder, 'entendu'), emptyOutDir: true } });
    cpSync(new URL('catalogue-page.mjs', import.meta.url), join(folder, 'page.js'));
    writeFileSync(
      join(folder, 'blank.html'),
      '<!doctype html><title>blank</title><link rel="icon" href="data:,"><script type="module" src="page.js"></script>',
    );
    const rows: Row[] = [
      { what: 'publishing', value: rounded(publishMs), unit: 'ms' },
      { what: 'pieces', value: manifest.pieces.length, unit: '' },
      { what: 'all pieces', value: rounded(sum(manifest.pieces.map(({ bytes }) => bytes)) / 1e6), unit: 'MB' },
    ];
    rows.push(...(await visits(folder, given, Number(values.rounds))));
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

const CHANGED = 'Changed';

/** Three are removed, three get other tags, and four are new: what is changed or new is titled so. */
async function changeTen(library: Library, given: Material, count: number): Promise<void> {
  const { rows } = await library.tracks({ sort: 'added', limit: 6 });
  await library.remove(rows.slice(0, 3).map(({ id }) => id));
  for (const { id } of rows.slice(3)) await library.edit(id, { title: CHANGED });
  for (let i = 1; i <= 4; i++) await library.add({ ...songOf(given, count + i), tags: { title: CHANGED } });
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
const updated = (asked: { address: string; title: string; count: number }) =>
  (window as never as { update(asked: object): Promise<number> }).update(asked);

interface Visit {
  foundMs: number;
  foundBytes: number;
  readyMs: number;
  bytes: number;
  /** Of an update that changes ten. */
  updateMs: number;
  updateBytes: number;
  /** Of the last visit, when the host is gone. */
  againMs: number;
}

async function visits(folder: string, { clips }: Material, rounds: number): Promise<Row[]> {
  const seen: Visit[] = [];
  for (let round = 0; round < rounds; round++) {
    // Not of the first tracks, which the update removes.
    const clip = clips[(10 + round * 5) % clips.length];
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
    seen.push(await visit(page, host, folder, clip));
    await context.close();
    host.close();
    rmSync(profile, { recursive: true });
  }
  const of = (what: keyof Visit) => median(seen.map((each) => each[what]));
  return [
    { what: 'to the first answer', value: rounded(of('foundMs')), unit: 'ms', note: `median of ${rounds} songs` },
    { what: 'downloaded by then', value: rounded(of('foundBytes') / 1e6), unit: 'MB' },
    { what: 'until all of it is here', value: rounded(of('readyMs')), unit: 'ms' },
    { what: 'downloaded in all', value: rounded(of('bytes') / 1e6), unit: 'MB' },
    { what: 'update that changes 10', value: rounded(of('updateMs')), unit: 'ms' },
    { what: 'downloaded for it', value: rounded(of('updateBytes') / 1e3), unit: 'kB' },
    { what: 'later visit, host gone: to the answer', value: rounded(of('againMs')), unit: 'ms' },
  ];
}

async function visit(page: Page, host: CatalogueHost, folder: string, clip: Material['clips'][number]): Promise<Visit> {
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
    const body = readFileSync(join(folder, String(host.asked.at(-1)).replace('songs', 'later')));
    host.bytes += body.length;
    answer.end(body);
    return true;
  });
  await page.reload();
  host.bytes = 0;
  const updateMs = await page.evaluate(updated, { address: `${host.url}songs/`, title: CHANGED, count: 7 });
  const updateBytes = host.bytes;
  host.instead.set('songs', (answer) => {
    answer.destroy();
    return true;
  });
  await page.reload();
  const again = await page.evaluate(heard, { sound, address: `${host.url}songs/` });
  return { foundMs: found, foundBytes, readyMs, bytes, updateMs, updateBytes, againMs: again };
}
