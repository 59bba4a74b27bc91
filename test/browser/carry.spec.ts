/** Bundles go from the command line to the browser and back. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from '@playwright/test';
import { build } from 'vite';
import { expect, test } from './app.ts';

const root = resolve(import.meta.dirname, '../..');
const fixture = (name: string) => join(root, 'test/fixtures', name);
/** Inside the project, so that it finds the packages. */
const programs = join(root, `dist/carry-${process.pid}`);
const program = join(programs, 'cli.js');
/** Of any kernel, to be decoded by nobody: both sides read the same samples. */
const songs = ['06 - The Fixtures - Green Clock.wav', 'first_snow.aiff'].map(fixture);

const folder = mkdtempSync(join(tmpdir(), 'entendu-carry-'));
const at = (name: string) => join(folder, name);

/** The date is in the bundle, so both clocks stand still. */
const NOW = new Date('2026-01-01T12:00:00Z');

test.beforeAll(async () => {
  await build({ mode: 'node', logLevel: 'error', build: { outDir: programs, emptyOutDir: true } });
  writeFileSync(at('clock.mjs'), `Date.now = () => ${NOW.getTime()};`);
});
test.afterAll(() => {
  for (const made of [folder, programs]) rmSync(made, { recursive: true });
});

const entendu = (...args: string[]) =>
  execFileSync(process.execPath, ['--import', `file://${at('clock.mjs')}`, program, ...args], { encoding: 'utf8' });

async function open(page: Page, workbench: string): Promise<void> {
  await page.clock.setFixedTime(NOW);
  await page.goto(workbench);
  await page.waitForFunction(() => 'workbench' in window);
}

test('what the command line exports, the browser imports, and exports to the same bytes', async ({
  page,
  workbench,
}) => {
  entendu('add', ...songs, '--library', at('one'));
  entendu('export', at('one.entendu'), '--name', 'Both', '--library', at('one'));
  const bundle = readFileSync(at('one.entendu'));
  await open(page, workbench);
  const carried = await page.evaluate((bytes) => window.workbench.carry(bytes, 'Both'), [...bundle]);
  expect(carried.titles.sort()).toEqual(['Green Clock', 'first snow']);
  expect(Buffer.from(carried.bundle).equals(bundle)).toBe(true);
});

test('what the browser learnt, the command line knows, and both made the same bundle of the same files', async ({
  page,
  workbench,
}) => {
  entendu('add', ...songs, '--library', at('two'));
  entendu('export', at('two.entendu'), '--name', 'Both', '--library', at('two'));
  await open(page, workbench);
  await page.setInputFiles('input', songs);
  const { bundle } = await page.evaluate(() => window.workbench.carry(undefined, 'Both'));
  expect(Buffer.from(bundle).equals(readFileSync(at('two.entendu')))).toBe(true);

  writeFileSync(at('browser.entendu'), Buffer.from(bundle));
  entendu('import', at('browser.entendu'), '--library', at('three'));
  const answer = JSON.parse(entendu('recognize', songs[0], '--json', '--library', at('three')));
  expect(answer).toMatchObject({ status: 'match', track: { title: 'Green Clock' } });
});
