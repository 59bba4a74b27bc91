/** The packed package in pages that know nothing of the app: `docs/examples`, and plain calls. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import webpack from 'webpack';
import { KERNEL_FORMAT } from '../../src/kernel/format.ts';
import { readBundle } from '../../src/library/bundle/read-bundle.ts';
import type { Recognizer } from '../../src/web/recognizer.ts';
import { hostOf } from '../support/catalogue-host.ts';
import { songs } from '../support/music/songs.ts';
import { install, packed } from '../support/packed.ts';
import { libraryOf, publishSongs } from '../support/published.ts';
import { type Served, serveFolder } from '../support/static-server.ts';
import { expect, fixture, test } from './app.ts';

const folder = mkdtempSync(join(tmpdir(), 'entendu-web-'));
/** A site of somebody else, and a project made with Vite; both have the packed package. */
const site = join(folder, 'site');
const built = join(site, 'entendu');
const project = join(folder, 'project');
const root = new URL('../../', import.meta.url).pathname;
const examples = join(root, 'docs/examples');
let served: Served;

test.describe.configure({ mode: 'serial' });

test.beforeAll(async () => {
  cpSync(join(examples, 'vite'), project, { recursive: true });
  const installed = install(await packed(), project);
  const strict = '--strict --target es2022 --module esnext --moduleResolution bundler --lib es2022,dom'.split(' ');
  typescript(project, ...strict, '--types', '', '--outDir', 'compiled', 'src/main.ts');
  cpSync(join(installed, 'dist/web'), built, { recursive: true });
  for (const name of ['plain', 'video']) cpSync(join(examples, name, 'index.html'), join(site, `${name}.html`));
  cpSync(fixture('paper-kites.m4a'), join(site, 'film.mp4'));
  for (const name of ['paper-kites.m4a', 'low-tide.flac', 'harbour-lights.mp3'])
    cpSync(fixture(name), join(site, name));
  writeFileSync(join(site, 'blank.html'), '<!doctype html><title>blank</title>');
  writeFileSync(join(site, 'songs.entendu'), '');
  served = await serveFolder(site);
});
test.afterAll(() => {
  served.close();
  rmSync(folder, { recursive: true });
});

function typescript(cwd: string, ...args: string[]): void {
  const compiler = join(root, 'node_modules/typescript/bin/tsc');
  const { status, stdout } = spawnSync(process.execPath, [compiler, ...args], { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stdout);
}

/** A built file and all that it imports before it runs. */
function withImports(name: string, seen = new Set<string>()): Set<string> {
  if (seen.has(name)) return seen;
  seen.add(name);
  const text = name.endsWith('.js') ? readFileSync(join(built, name), 'utf8') : '';
  for (const [, inner] of text.matchAll(/(?:from|import)\s*["'`]\.\/([\w.-]+\.js)["'`]/g)) withImports(inner, seen);
  return seen;
}

test('what loads before a page can listen weighs less than 40 kB', () => {
  const entries = ['entendu-web.js', 'web-engine.worker.js', 'recorder.worklet.js', 'kernel.wasm'];
  const parts = new Set(entries.flatMap((name) => [...withImports(name)]));
  const bytes = [...parts].reduce((sum, name) => sum + gzipSync(readFileSync(join(built, name))).length, 0);
  expect(bytes).toBeLessThan(40_000);
});

/** Runs in the page. */
async function useIt() {
  const name = '/entendu/entendu-web.js';
  const { createRecognizer } = await import(name);
  const recognizer: Recognizer = createRecognizer({ library: 'memory' });
  const blob = async (name: string) => (await fetch(name)).blob();
  const songs = await Promise.all(['paper-kites.m4a', 'low-tide.flac'].map(blob));
  const added = await Promise.all(songs.map((song, i) => recognizer.add(song, { name: `Song ${i}.m4a` })));
  const again = await recognizer.add(songs[0]);
  const known = await recognizer.recognize(songs[1]);
  const unknown = await recognizer.recognize(await blob('harbour-lights.mp3'));
  const context = new OfflineAudioContext(1, 1, 44100);
  const decoded = await recognizer.recognize(await context.decodeAudioData(await songs[0].arrayBuffer()));
  const session = await recognizer.tracklist(songs[0]);
  const refused = await recognizer.add(new Blob(['Milk, eggs, bread. '.repeat(500)])).catch(({ name }) => name);
  const stopped = await recognizer.add(songs[0], { signal: AbortSignal.abort() }).catch(({ name }) => name);
  const bundle = await recognizer.exportBundle();
  const bytes = [...new Uint8Array(await bundle.arrayBuffer())];
  await recognizer.remove([added[0].track.id]);
  const { total } = await recognizer.tracks();
  await recognizer.close();
  const titleOf = ({ matches }: typeof known) => matches[0]?.track.title;
  return {
    states: [...added, again].map(({ state }) => state),
    titles: [known, unknown, decoded].map(titleOf),
    played: session?.stretches.map(({ track }) => track.title),
    ...{ refused, stopped, bytes, total },
  };
}

test('a page learns, recognises, exports and closes', async ({ page }) => {
  await page.goto(`${served.url}blank.html`);
  const { bytes, ...seen } = await page.evaluate(useIt);
  expect(seen).toEqual({
    states: ['added', 'added', 'known'],
    titles: ['Low Tide', undefined, 'Paper Kites'],
    played: ['Paper Kites'],
    refused: 'NotAudio',
    stopped: 'AbortError',
    total: 1,
  });
  writeFileSync(join(site, 'songs.entendu'), Uint8Array.from(bytes));
});

test('the element names what the microphone hears, from a bundle beside the page', async ({ open }) => {
  const { page } = await open({ hears: songs.paperKites, how: { fromSeconds: 8, seconds: 20 } });
  await page.goto(`${served.url}plain.html`);
  await page.getByRole('button', { name: 'What is playing?' }).click();
  await expect(page.getByRole('button', { name: 'Stop' })).toBeVisible();
  await expect(page.getByRole('status')).toContainText('Paper Kites');
  await expect(page.getByRole('button', { name: 'What is playing?' })).toBeVisible();
});

test('a page hears what its own video plays', async ({ page }) => {
  await page.goto(`${served.url}video.html`);
  await page.locator('video').evaluate((video: HTMLVideoElement) => video.play());
  await expect(page.getByRole('status')).toHaveText('Paper Kites');
});

/** Runs in the page. */
async function useCatalogue(address: string) {
  const name = '/entendu/entendu-web.js';
  const { createRecognizer } = await import(name);
  const recognizer: Recognizer = createRecognizer({ catalogue: address });
  const { matches } = await recognizer.recognize(await (await fetch('low-tide.flac')).blob());
  const { total } = await recognizer.tracks();
  await recognizer.close();
  return { title: matches[0]?.track.title, total };
}

test('a catalogue of another host is fetched once, and known without it from then on', async ({ page }) => {
  const bundle = new Blob([new Uint8Array(readFileSync(join(site, 'songs.entendu')))]);
  const published = mkdtempSync(join(tmpdir(), 'entendu-songs-'));
  await publishSongs(await libraryOf(readBundle(bundle, KERNEL_FORMAT)), published);
  const host = await hostOf(published);
  await page.goto(`${served.url}blank.html`);
  const known = { title: 'Low Tide', total: 2 };
  expect(await page.evaluate(useCatalogue, host.url)).toEqual(known);
  const asked = host.asked.length;
  await page.reload();
  expect(await page.evaluate(useCatalogue, host.url)).toEqual(known);
  expect(host.asked).toHaveLength(asked);
  host.close();
  await page.reload();
  expect(await page.evaluate(useCatalogue, host.url)).toEqual(known);
  rmSync(published, { recursive: true });
});

async function choose(page: Page, label: string, files: string[]): Promise<void> {
  await page.getByLabel(label).setInputFiles(files.map(fixture));
}

/** The page learns two songs and names one of them. */
async function nameFile(page: Page, built: string): Promise<void> {
  const bundled = await serveFolder(built);
  await page.goto(bundled.url);
  await choose(page, 'Learn songs', ['paper-kites.m4a', 'low-tide.flac']);
  await expect(page.getByRole('status')).toHaveText('2 learnt', { timeout: 90_000 });
  await choose(page, 'Name this file', ['low-tide.flac']);
  await expect(page.getByRole('status')).toHaveText('Low Tide', { timeout: 90_000 });
  bundled.close();
}

test('a project made with Vite and TypeScript bundles it, workers and all', async ({ page }) => {
  await build({ root: project, logLevel: 'error' });
  await nameFile(page, join(project, 'dist'));
});

test('webpack bundles it without a setting', async ({ page }) => {
  const path = join(project, 'webpacked');
  const optimization = { minimize: false }; // it would take most of the time
  const entry = './compiled/main.js';
  const compiler = webpack({ mode: 'production', context: project, entry, output: { path }, optimization });
  const stats = await new Promise<webpack.Stats>((resolve, reject) =>
    compiler!.run((error, result) => (result ? resolve(result) : reject(error))),
  );
  expect(stats.toJson({ all: false, errors: true }).errors).toEqual([]);
  const html = readFileSync(join(project, 'index.html'), 'utf8');
  writeFileSync(join(path, 'index.html'), html.replace('/src/main.ts', 'main.js'));
  await nameFile(page, path);
});
