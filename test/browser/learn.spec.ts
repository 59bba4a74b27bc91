/** Learning files in a real browser, without the app around it. */
import { copyFileSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { isSound } from '../../src/learn/sound-names.ts';
import { wavOf } from '../support/wav.ts';
import type { Outcome } from '../workbench/workbench.ts';
import { BUSY_SHARE, expect, test } from './app.ts';

const fixtures = join(import.meta.dirname, '../fixtures');
const at = (name: string) => join(fixtures, name);

async function open(page: Page, workbench: string): Promise<void> {
  await page.goto(workbench);
  await page.waitForFunction(() => 'workbench' in window);
}

/** Each time in a page that was loaded anew. */
async function learn(page: Page, workbench: string, files: string[]): Promise<Outcome> {
  await open(page, workbench);
  await page.setInputFiles('input', files);
  return page.evaluate(() => window.workbench.learn());
}

const songs = {
  'harbour-lights.mp3': { title: 'Harbour Lights', seconds: 31.5, hasCover: true, year: 2026, trackNumber: 1 },
  'paper-kites.m4a': { title: 'Paper Kites', seconds: 28.2, hasCover: true, year: 2026, trackNumber: 2 },
  'night-bus.ogg': { title: 'Night Bus', seconds: 28.2, hasCover: false, year: 2026, trackNumber: 3 },
  'copper-rain.opus': { title: 'Copper Rain', seconds: 26.1, hasCover: false, year: 2026, trackNumber: 4 },
  'low-tide.flac': { title: 'Low Tide', seconds: 16.9, hasCover: false, year: 2026, trackNumber: 5 },
  '06 - The Fixtures - Green Clock.wav': { title: 'Green Clock', seconds: 10.1, hasCover: false, trackNumber: 6 },
  'green-clock-microsoft.wav': { title: 'green clock microsoft', seconds: 1.5, hasCover: false },
  'green-clock-ima.wav': { title: 'green clock ima', seconds: 1.5, hasCover: false },
  'first_snow.aiff': { title: 'first snow', seconds: 8.2, hasCover: false },
  'long-way-round.webm': { title: 'long way round', seconds: 17.8, hasCover: false },
  'tin-parade.mp4': { title: 'tin parade', seconds: 16, hasCover: false },
  'old-letters.aac': { title: 'old letters', seconds: 12.9, hasCover: false },
  'old-letters.mkv': { title: 'old letters', seconds: 6, hasCover: false },
  'old-letters.mov': { title: 'old letters', seconds: 6, hasCover: false },
  'old-letters.mpegts': { title: 'old letters', seconds: 6, hasCover: false },
};

test('every format is learnt, with its tags, off the page’s thread', async ({ page, workbench }) => {
  const { rows, longTasks, ms, printBytes } = await learn(page, workbench, Object.keys(songs).map(at));
  for (const { name, state, track, fault } of rows) {
    const { seconds, ...tags } = songs[name as keyof typeof songs];
    expect({ name, state, fault }).toEqual({ name, state: 'added', fault: undefined });
    expect(track, name).toMatchObject(tags);
    expect(Math.abs((track?.seconds ?? 0) - seconds), name).toBeLessThan(0.2);
    expect(track?.learntSeconds, name).toBe(track?.seconds);
  }
  expect(rows.length).toBe(Object.keys(songs).length);
  expect(Math.min(...printBytes)).toBeGreaterThan(100);
  expect(longTasks.reduce((sum, task) => sum + task, 0) / ms).toBeLessThan(BUSY_SHARE);
});

test('each bad file tells why, and the good one between them is learnt', async ({ page, workbench }) => {
  const faults = {
    'shopping-list.mp3': 'NotAudio',
    'empty.mp3': 'FileEmpty',
    'silent-film.mp4': 'NoAudioTrack',
    'mislabelled.mp3': undefined,
    'encrypted.mp4': 'FileEncrypted',
    'truncated.mp3': 'FileDamaged',
  };
  const mislabelled = test.info().outputPath('mislabelled.mp3');
  copyFileSync(at('night-bus.ogg'), mislabelled);
  const paths = Object.keys(faults).map((name) => (name === 'mislabelled.mp3' ? mislabelled : at(name)));
  const { rows } = await learn(page, workbench, paths);
  expect(Object.fromEntries(rows.map(({ name, fault }) => [name, fault]))).toEqual(faults);
  expect(rows.map(({ state }) => state)).toEqual(['failed', 'failed', 'failed', 'added', 'failed', 'added']);
  const truncated = rows.at(-1)?.track;
  expect(truncated?.learntSeconds).toBeCloseTo(5.8, 0);
  expect(truncated?.seconds).toBeCloseTo(31.5, 0);
});

test('where workers cannot decode, the page does, up to a size', async ({ page, context, workbench }) => {
  await context.route(/learn\.worker.*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `delete self.AudioDecoder; ${await response.text()}` });
  });
  const names = Object.keys(songs).filter((name) => !/\.(mkv|mpegts|mov|webm|mp4)$/.test(name));
  const { rows } = await learn(page, workbench, names.map(at));
  expect(rows.map(({ name, state }) => ({ name, state }))).toEqual(names.map((name) => ({ name, state: 'added' })));
  for (const { name, track } of rows) {
    const { seconds, ...tags } = songs[name as keyof typeof songs];
    expect(track, name).toMatchObject(tags);
    expect(Math.abs((track?.seconds ?? 0) - seconds), name).toBeLessThan(0.2);
  }
  const [cut] = (await learn(page, workbench, [at('truncated.mp3')])).rows;
  expect(cut).toMatchObject({ state: 'added', fault: 'FileDamaged', track: { title: 'Harbour Lights' } });
  const mp3 = readFileSync(at('harbour-lights.mp3'));
  const times = Math.ceil((21 * 2 ** 20) / mp3.length);
  const large = { 'large.mp3': Buffer.concat(Array(times).fill(mp3)), 'large.wav': largeWav() };
  const paths = Object.entries(large).map(([name, bytes]) => {
    const path = test.info().outputPath(name);
    writeFileSync(path, bytes);
    return path;
  });
  const outcome = await learn(page, workbench, paths);
  expect(outcome.rows.map(({ state, fault }) => [state, fault])).toEqual([
    ['failed', 'FileTooLarge'],
    ['added', undefined],
  ]);
});

/** Longer than the page would decode. */
function largeWav(): Buffer {
  const channel = Float32Array.from({ length: 1.5e6 }, (_, i) => Math.sin(i * i * 1e-7));
  return Buffer.from(wavOf('f64', [channel, channel], 48_000));
}

test('on the next visit, files with a handle are opened again and the others are named', async ({
  page,
  workbench,
}) => {
  await open(page, workbench);
  const names = await page.evaluate(() => window.workbench.leaveWaiting(['a.mp3', 'b.mp3', 'c.mp3'], ['loose.mp3']));
  const [finished, ...waiting] = names;
  expect([...names].sort()).toEqual(['a.mp3', 'b.mp3', 'c.mp3', 'loose.mp3']);
  await page.reload();
  await page.waitForFunction(() => 'workbench' in window);
  const left = await page.evaluate(() => window.workbench.recall());
  expect(left).toEqual({ found: waiting.slice(0, -1), locked: [], missing: ['loose.mp3'] });
  expect(left.found).not.toContain(finished);
  expect(await page.evaluate(() => window.workbench.recall())).toEqual({ found: [], locked: [], missing: [] });
});

test('damaged files are learnt or refused, each in its row, and nothing hangs', async ({ page, workbench }) => {
  await open(page, workbench);
  await page.setInputFiles('input', Object.keys(songs).map(at));
  const { rows } = await page.evaluate(() => window.workbench.learnDamaged(26, 3));
  expect(rows.length).toBe(26);
  for (const { name, state, fault } of rows) {
    expect(['added', 'known', 'failed'], name).toContain(state);
    expect(fault, name).not.toBe('Unexpected');
  }
});

test('the fixtures hold no file that is forgotten here', () => {
  const bad = ['shopping-list.mp3', 'empty.mp3', 'silent-film.mp4', 'encrypted.mp4', 'truncated.mp3'];
  const sounds = readdirSync(fixtures).filter((name) => isSound({ name, type: '' }) && !name.endsWith('.ts'));
  expect(sounds.sort()).toEqual([...Object.keys(songs), ...bad].sort());
});
