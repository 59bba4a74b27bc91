/** Whatever call a screen makes, when it is refused the person reads what happened and what to do. */
import type { Page } from '@playwright/test';
import { posedEngine } from '../stage/engine.ts';
import { pose } from '../stage/screens.ts';
import { expect, fixture } from './app.ts';
import { test } from './stage-page.ts';

const SENTENCE = 'The storage is full. Free some space on this device, then try again.';

test.describe.configure({ mode: 'parallel' });

interface Refused {
  /** Of the engine, of a session that listens, or of what is kept. */
  call: string;
  screen: string;
  /** What the person does there. */
  act?(page: Page): Promise<unknown>;
}

const press = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

async function choose(page: Page, item: string) {
  await page.getByLabel('More', { exact: true }).click();
  await press(page, item);
}

const refused: Refused[] = [
  { call: 'status', screen: 'listen-idle' },
  { call: 'watch', screen: 'listen-idle' },
  { call: 'listen', screen: 'listen-idle', act: (page) => press(page, 'Listen') },
  { call: 'connect', screen: 'listen-idle', act: (page) => press(page, 'Listen') },
  { call: 'conclude', screen: 'listen-listening', act: (page) => press(page, 'Stop') },
  {
    call: 'recognize',
    screen: 'settings',
    async act(page) {
      await page.getByLabel('Keep the last 10 seconds').click();
      await page.getByRole('link', { name: 'Listen' }).click();
      // The microphone may need a moment until there is something to judge.
      await expect(async () => {
        await press(page, 'The last 10 seconds');
        await expect(page.getByText(SENTENCE)).toBeVisible({ timeout: 500 });
      }).toPass();
    },
  },
  { call: 'tracks', screen: 'library-few' },
  { call: 'editMany', screen: 'library-select', act: (page) => choose(page, 'Do not recognise') },
  { call: 'trackIds', screen: 'library-select', act: (page) => choose(page, 'Select all') },
  { call: 'groups', screen: 'library-artists' },
  { call: 'findDuplicates', screen: 'library-duplicates' },
  { call: 'remove', screen: 'library-select', act: (page) => press(page, 'Delete') },
  {
    call: 'restore',
    screen: 'library-select',
    async act(page) {
      await press(page, 'Delete');
      await press(page, 'Undo');
    },
  },
  { call: 'track', screen: 'track' },
  { call: 'constellation', screen: 'track' },
  { call: 'edit', screen: 'track-edit', act: (page) => press(page, 'Save') },
  { call: 'edit', screen: 'track', act: (page) => choose(page, 'Do not recognise') },
  { call: 'remove', screen: 'track', act: (page) => choose(page, 'Delete') },
  { call: 'exportBundle', screen: 'track-export', act: (page) => press(page, 'Save bundle') },
  { call: 'previewBundle', screen: 'bundle-open' },
  { call: 'importBundle', screen: 'bundle-open', act: (page) => press(page, 'Add to my library') },
  { call: 'verify', screen: 'settings', act: (page) => press(page, 'Check the library') },
  {
    call: 'sessions.list',
    screen: 'listen-idle',
    act: (page) => page.getByRole('link', { name: 'History' }).click(),
  },
  { call: 'sessions.remove', screen: 'history', act: (page) => choose(page, 'Clear history') },
  { call: 'sessions.remove', screen: 'history-entry', act: (page) => press(page, 'Delete') },
  {
    call: 'sessions.restore',
    screen: 'history',
    async act(page) {
      await choose(page, 'Clear history');
      await press(page, 'Undo');
    },
  },
  { call: 'sessions.save', screen: 'history-entry', act: (page) => press(page, 'Save') },
  { call: 'sessions.save', screen: 'recording-song', act: (page) => press(page, 'wrong') },
  { call: 'setLyrics', screen: 'track', act: (page) => choose(page, 'Remove lyrics') },
  {
    call: 'setCover',
    screen: 'track-edit',
    act: (page) => page.getByRole('dialog').locator('input[type="file"]').setInputFiles(fixture('cover.jpg')),
  },
  {
    call: 'keepPair',
    screen: 'library-duplicates',
    act: (page) => page.getByRole('button', { name: 'Keep both and never ask again' }).first().click(),
  },
  { call: 'catalogues.list', screen: 'settings' },
  { call: 'sessions.get', screen: 'listen-idle', act: (page) => page.evaluate(() => (location.hash = '#recording/2')) },
];

for (const { call, screen, act } of refused) {
  test(`when ${call} is refused, ${screen} says so`, async ({ page, stage }) => {
    await pose(page, stage, screen, { refuses: call });
    await page.evaluate(() => Object.assign(window, { showSaveFilePicker: undefined }));
    await act?.(page);
    const told = page.getByRole('alert').or(page.getByRole('status')).getByText(SENTENCE);
    await expect(told).toBeVisible();
    await told.click({ trial: true }); // nothing lies over it
  });
}

test('no call of the engine is left out', () => {
  const calls = new Set(refused.map(({ call }) => call.split('.')[0]));
  // A cover that cannot be read is drawn as one that is not there, lyrics are not offered, a song that is not known has no name, and an unprepared search is only slower. The worker
  // of the lab examines, which is tested there; nothing on a screen closes the engine.
  const others = Object.keys(posedEngine({ songs: 0 })).filter(
    (call) => !['cover', 'known', 'lyrics', 'examine', 'prepareSearch', 'close'].includes(call),
  );
  expect(others.filter((call) => !calls.has(call))).toEqual([]);
});
