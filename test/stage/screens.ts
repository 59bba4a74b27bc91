/** Every screen in every state: settings of the stage, route, and actions. */
import type { Locator, Page } from '@playwright/test';
import type { Key, Language } from '../../src/ui/messages/messages.ts';

declare global {
  interface Window {
    /** Changes the language. */
    speak(language: Language): Promise<void>;
    /** A text of the app as the page says it, in its language. */
    say(key: Key): Promise<string>;
  }
}

interface Screen {
  /** Needs a wide screen; on a narrow one it looks like another. */
  isWide?: boolean;
  pose?: string;
  at?: string;
  act?(page: Page): Promise<unknown>;
}

/** Acts find controls by their texts, which the page says in its own language. */
const said = (page: Page, key: Key): Promise<string> => page.evaluate((key) => window.say(key), key);

const button = async (page: Page, key: Key): Promise<Locator> =>
  page.getByRole('button', { name: await said(page, key), exact: true });

const press = (key: Key) => async (page: Page) => (await button(page, key)).click();

const listenUntil = (sign: (page: Page) => Promise<Locator>) => async (page: Page) => {
  await press('listen.start')(page);
  await (await sign(page)).waitFor();
};

const tells = (key: Key) => async (page: Page) => page.getByText(await said(page, key));

const keepListening = async (page: Page) => {
  await press('listen.keep')(page);
  const listen = page.getByRole('region', { name: await said(page, 'place.listen') });
  await listen.getByRole('link').first().waitFor();
};

const openMore = async (page: Page) => page.getByLabel(await said(page, 'do.more'), { exact: true }).click();

const rowOfRecording = (index: number) => async (page: Page) => {
  const parts = page.getByRole('list', { name: await said(page, 'recording.parts') });
  await parts.getByRole('button').nth(index).click();
};

/** Where there is room, columns take the place of the menu and of ticking. */
const isNarrow = (page: Page) => (page.viewportSize()?.width ?? 0) < 700;

const hasPane = (page: Page) => (page.viewportSize()?.width ?? 0) >= 1100;

async function select(page: Page) {
  if (!isNarrow(page)) return;
  await press('library.select')(page);
  for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check();
}

const more = (item: Key) => async (page: Page) => {
  await openMore(page);
  await press(item)(page);
};

export const screens: Record<string, Screen> = {
  'listen-idle': {},
  'listen-empty': { pose: 'songs=0' },
  'listen-listening': { act: listenUntil(async (page) => (await button(page, 'listen.stop')).getByText(/[4٤]/)) },
  'listen-silent': { pose: 'ends=silent', act: listenUntil(tells('listen.silent')) },
  'listen-refused': {
    pose: 'microphone=refused',
    act: listenUntil(tells('fault.MicrophoneRefused')),
  },
  'listen-found': { pose: 'ends=found', act: listenUntil(tells('listen.again')) },
  'listen-none': {
    pose: 'ends=none',
    act: listenUntil(async (page) => page.getByRole('heading', { name: await said(page, 'listen.none') })),
  },
  'listen-keep': { pose: 'ends=found', act: keepListening },
  'microphone-bar': {
    pose: 'ends=found',
    async act(page) {
      await keepListening(page);
      await page.getByRole('link', { name: await said(page, 'place.history') }).click();
      await page.getByRole('region', { name: await said(page, 'hearing.label') }).waitFor();
    },
  },
  'library-full': { pose: 'songs=10000', at: 'library' },
  'library-few': { pose: 'songs=3', at: 'library' },
  'library-empty': { pose: 'songs=0', at: 'library' },
  'library-search': { at: 'library', act: (page) => page.getByRole('searchbox').first().fill('rain') },
  'library-search-none': { at: 'library', act: (page) => page.getByRole('searchbox').first().fill('zzz') },
  'library-sort': {
    at: 'library',
    act: async (page) => isNarrow(page) && page.getByLabel(await said(page, 'library.sort')).click(),
  },
  'library-select': { at: 'library', act: select },
  'listen-answers': { pose: 'history' },
  'library-artists': { at: 'library/artists' },
  'library-album': { at: 'library/album:Evening%20Walks' },
  'library-row-menu': {
    isWide: true,
    at: 'library',
    act: (page) => page.getByRole('row', { name: /Blue Corridor 11/ }).click({ button: 'right' }),
  },
  'library-many': {
    isWide: true,
    at: 'library',
    async act(page) {
      await page.getByRole('row').nth(2).click();
      await page
        .getByRole('row')
        .nth(5)
        .click({ modifiers: ['Shift'] });
    },
  },
  'library-duplicates': { at: 'library/duplicates', act: press('duplicates.find') },
  'library-add': { at: 'library', act: press('library.add') },
  'library-learning': { pose: 'imports=busy', at: 'library' },
  'library-learning-files': { pose: 'imports=busy', at: 'library', act: press('import.details') },
  'library-learnt': { pose: 'imports=done', at: 'library', act: press('import.details') },
  'bundle-open': { pose: 'bundle', at: 'library' },
  track: { at: 'track/1' },
  'track-menu': { at: 'track/1', act: openMore },
  'track-edit': { at: 'track/1', act: more('track.edit') },
  'track-export': { at: 'track/1', act: more('library.export') },
  'track-gone': { at: 'track/99999' },
  lyrics: { at: 'track/1', act: press('lyrics.title') },
  'lyrics-plain': { at: 'track/2', act: press('lyrics.title') },
  history: { pose: 'history', at: 'history' },
  'history-entry': {
    pose: 'history',
    at: 'history',
    async act(page) {
      const history = page.getByRole('region', { name: await said(page, 'place.history') });
      await history.getByRole('listitem').first().click();
    },
  },
  'history-charts': {
    pose: 'history',
    at: 'history',
    async act(page) {
      if (hasPane(page)) return; // they are beside the list
      await openMore(page);
      await press('charts.title')(page);
    },
  },
  'history-empty': { at: 'history' },
  recording: { pose: 'history', at: 'recording/2' },
  'recording-song': { pose: 'history', at: 'recording/2', act: rowOfRecording(1) },
  'recording-gap': { pose: 'history', at: 'recording/2', act: rowOfRecording(2) },
  'recording-export': {
    pose: 'history',
    at: 'recording/2',
    act: async (page) => page.getByLabel(await said(page, 'library.export')).click(),
  },
  'recording-evening': { pose: 'history', at: 'recording/3' },
  'recording-queue': { pose: 'history', at: 'recording' },
  'lab-empty': { pose: 'songs=0', at: 'lab' },
  'lab-missing': { at: 'lab/1' },
  'lab-song': { pose: 'files=1', at: 'lab/1', act: (page) => page.locator('.lab-decision').waitFor() },
  settings: { at: 'settings' },
  'settings-watch': {
    at: 'track/1',
    async act(page) {
      await more('watch.begin')(page);
      await page.evaluate(() => {
        location.hash = 'settings';
      });
      const watched = page.getByRole('list', { name: await said(page, 'watch.title') });
      await watched.scrollIntoViewIfNeeded();
    },
  },
  'settings-end': {
    at: 'settings',
    act: (page) => page.getByRole('main').evaluate((scroller) => scroller.scrollTo(0, 9999)),
  },
  'catalogue-subscribe': { at: 'settings', act: press('catalogue.subscribe') },
  'catalogue-leave': {
    at: 'settings',
    async act(page) {
      const leave = `${await said(page, 'catalogue.leave')}: Songs of the valley`;
      await page.getByRole('button', { name: leave }).click();
    },
  },
};

/** Shows a screen and waits until nothing moves. */
export async function pose(page: Page, url: string, name: string, how: Record<string, string> = {}): Promise<void> {
  const { pose = '', at = '', act } = screens[name];
  const asked = new URLSearchParams({ ...Object.fromEntries(new URLSearchParams(pose)), ...how });
  // The name makes each address different, so that the page is reloaded and not only scrolled.
  await page.goto(`${url}?screen=${name}&${asked}#${at}`);
  await page.locator('[data-ready]').waitFor({ state: 'attached' });
  await page.getByRole('main').getByRole('heading', { level: 1 }).first().waitFor();
  await act?.(page);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}
