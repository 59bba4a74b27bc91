/** Every screen in every state: settings of the stage, route, and actions. */
import type { Locator, Page } from '@playwright/test';
import type { Language } from '../../src/ui/messages/messages.ts';

declare global {
  interface Window {
    /** Changes the language. */
    speak(language: Language): Promise<void>;
  }
}

interface Screen {
  /** Needs a wide screen; on a narrow one it looks like another. */
  isWide?: boolean;
  pose?: string;
  at?: string;
  act?(page: Page): Promise<unknown>;
}

const press = (name: string) => (page: Page) => page.getByRole('button', { name, exact: true }).click();

const listenUntil = (sign: (page: Page) => Locator) => async (page: Page) => {
  await press('Listen')(page);
  await sign(page).waitFor();
};

const keepListening = async (page: Page) => {
  await press('Keep listening')(page);
  await page.getByRole('region', { name: 'Listen' }).getByRole('link').first().waitFor();
};

const openMore = (page: Page) => page.getByLabel('More', { exact: true }).click();

const rowOfRecording = (index: number) => (page: Page) =>
  page.getByRole('list', { name: 'What was heard, in order' }).getByRole('button').nth(index).click();

/** Where there is room, columns take the place of the menu and of ticking. */
const isNarrow = (page: Page) => (page.viewportSize()?.width ?? 0) < 700;

const hasPane = (page: Page) => (page.viewportSize()?.width ?? 0) >= 1100;

async function select(page: Page) {
  if (!isNarrow(page)) return;
  await press('Select')(page);
  for (const row of [1, 2, 4]) await page.getByRole('checkbox').nth(row).check();
}

const more = (item: string) => async (page: Page) => {
  await openMore(page);
  await press(item)(page);
};

export const screens: Record<string, Screen> = {
  'listen-idle': {},
  'listen-empty': { pose: 'songs=0' },
  'listen-listening': { act: listenUntil((page) => page.getByRole('button', { name: 'Stop' }).getByText('4')) },
  'listen-silent': { pose: 'ends=silent', act: listenUntil((page) => page.getByText('The microphone is silent.')) },
  'listen-refused': {
    pose: 'microphone=refused',
    act: listenUntil((page) => page.getByText('The microphone is not allowed.')),
  },
  'listen-found': { pose: 'ends=found', act: listenUntil((page) => page.getByText('Listen again')) },
  'listen-none': {
    pose: 'ends=none',
    act: listenUntil((page) => page.getByRole('heading', { name: 'Not in your library' })),
  },
  'listen-keep': { pose: 'ends=found', act: keepListening },
  'microphone-bar': {
    pose: 'ends=found',
    async act(page) {
      await keepListening(page);
      await page.getByRole('link', { name: 'History' }).click();
      await page.getByRole('region', { name: 'The microphone is on' }).waitFor();
    },
  },
  'library-full': { pose: 'songs=10000', at: 'library' },
  'library-few': { pose: 'songs=3', at: 'library' },
  'library-empty': { pose: 'songs=0', at: 'library' },
  'library-search': { at: 'library', act: (page) => page.getByRole('searchbox').first().fill('rain') },
  'library-search-none': { at: 'library', act: (page) => page.getByRole('searchbox').first().fill('zzz') },
  'library-sort': {
    at: 'library',
    act: async (page) => isNarrow(page) && page.getByLabel(/^Sort/).click(),
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
  'library-duplicates': { at: 'library/duplicates', act: press('Find duplicates') },
  'library-add': { at: 'library', act: press('Add songs') },
  'library-learning': { pose: 'imports=busy', at: 'library' },
  'library-learning-files': { pose: 'imports=busy', at: 'library', act: press('Show files') },
  'library-learnt': { pose: 'imports=done', at: 'library', act: press('Show files') },
  'bundle-open': { pose: 'bundle', at: 'library' },
  track: { at: 'track/1' },
  'track-menu': { at: 'track/1', act: openMore },
  'track-edit': { at: 'track/1', act: more('Edit') },
  'track-export': { at: 'track/1', act: more('Export') },
  'track-gone': { at: 'track/99999' },
  lyrics: { at: 'track/1', act: press('Lyrics') },
  'lyrics-plain': { at: 'track/2', act: press('Lyrics') },
  history: { pose: 'history', at: 'history' },
  'history-entry': {
    pose: 'history',
    at: 'history',
    act: (page) => page.getByRole('region', { name: 'History' }).getByRole('listitem').first().click(),
  },
  'history-charts': {
    pose: 'history',
    at: 'history',
    async act(page) {
      if (hasPane(page)) return; // they are beside the list
      await openMore(page);
      await press('Charts')(page);
    },
  },
  'history-empty': { at: 'history' },
  recording: { pose: 'history', at: 'recording/2' },
  'recording-song': { pose: 'history', at: 'recording/2', act: rowOfRecording(1) },
  'recording-gap': { pose: 'history', at: 'recording/2', act: rowOfRecording(2) },
  'recording-export': {
    pose: 'history',
    at: 'recording/2',
    act: (page) => page.getByLabel('Export').click(),
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
      await more('Tell me when this plays')(page);
      await page.evaluate(() => {
        location.hash = 'settings';
      });
      await page.getByRole('list', { name: 'Songs to be told of' }).scrollIntoViewIfNeeded();
    },
  },
  'settings-end': {
    at: 'settings',
    act: (page) => page.getByRole('main').evaluate((scroller) => scroller.scrollTo(0, 9999)),
  },
  'catalogue-subscribe': { at: 'settings', act: press('Subscribe to a catalogue') },
  'catalogue-leave': { at: 'settings', act: press('Unsubscribe: Songs of the valley') },
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
  if (how.speak) await page.evaluate((language) => window.speak(language as Language), how.speak);
  await page.waitForFunction(() => document.getAnimations().every(({ playState }) => playState !== 'running'));
}
