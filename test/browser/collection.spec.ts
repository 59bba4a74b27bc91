/** Looking after a collection on a wide screen, posed: see `test/stage`. */
import type { Page } from '@playwright/test';
import { pose } from '../stage/screens.ts';
import { expect } from './app.ts';
import { axeFaults } from './axe.ts';
import { test } from './stage-page.ts';

test.use({ viewport: { width: 1440, height: 900 } });

const rows = (page: Page) => page.getByRole('row', { selected: true });
const row = (page: Page, name: RegExp) => page.getByRole('row', { name });
const pane = (page: Page) => page.getByRole('complementary', { name: 'Details' });

/** The second key comes when the list has changed after the first one, and before its effects have run. */
const keyWhileRendering = (page: Page, first: string, second: string) =>
  page.evaluate(
    ([first, second]) => {
      const press = (key: string) =>
        document.activeElement?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
      const observer = new MutationObserver(() => {
        observer.disconnect();
        press(second);
      });
      observer.observe(document.querySelector('[role="grid"]')!, { subtree: true, attributeFilter: ['aria-selected'] });
      press(first);
    },
    [first, second],
  );

test('a song that is clicked is shown beside the list, and arrows go on to the next', async ({ page, stage }) => {
  await pose(page, stage, 'library-full');
  await row(page, /^Blue Corridor 2 /).click();
  await expect(pane(page).getByRole('heading', { name: 'Blue Corridor 2' })).toBeVisible();
  await page.keyboard.press('ArrowDown');
  await expect(pane(page).getByRole('heading', { name: 'Blue Corridor 3' })).toBeVisible();
  await expect(page).toHaveURL(/#track\/\d+$/);
  await pane(page).getByRole('button', { name: 'Close details' }).click();
  await expect(pane(page)).toBeHidden();
});

test('the menu of the song beside the list is not cut off by its pane', async ({ page, stage }) => {
  await pose(page, stage, 'library-full');
  await row(page, /^Blue Corridor 2 /).click();
  await pane(page).getByLabel('More', { exact: true }).click();
  await pane(page).getByRole('button', { name: 'Edit' }).click();
  await expect(page.getByRole('dialog').getByLabel('Title')).toBeVisible();
});

test('the history has its charts beside it, or the answer that was chosen', async ({ page, stage }) => {
  await pose(page, stage, 'history');
  const charts = page.getByRole('complementary', { name: 'Charts' });
  await expect(charts.getByRole('row', { name: 'Nocturne in E-flat 3' })).toBeVisible();
  const answer = page.getByRole('region', { name: 'History' }).getByRole('button', { name: /^Nocturne in E-flat/ });
  await answer.click();
  await expect(pane(page).getByRole('heading', { name: 'Nocturne in E-flat' })).toBeVisible();
  await expect(answer).toHaveAttribute('aria-current', 'true');
  expect(await axeFaults(page)).toEqual([]);
  await pane(page).getByLabel('Note').press('Escape');
  await expect(charts).toBeVisible();
  await expect(answer).toBeFocused();
});

test('many are selected by Shift, Ctrl and Ctrl+A, and what can be done with them is beside the list', async ({
  page,
  stage,
}) => {
  await pose(page, stage, 'library-full');
  await row(page, /^Blue Corridor 2 /).click();
  await row(page, /^Blue Corridor 5 /).click({ modifiers: ['Shift'] });
  await expect(rows(page)).toHaveCount(4);
  await row(page, /^Blue Corridor 3 /).click({ modifiers: ['Control'] });
  await expect(pane(page).getByRole('heading', { name: '3 selected' })).toBeVisible();
  await page.keyboard.press('Control+a');
  await expect(pane(page).getByRole('heading', { name: '10,000 selected' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(0);
  await page.keyboard.press('End');
  await expect(page.locator('[aria-rowindex="10001"]')).toBeFocused();
  await keyWhileRendering(page, 'Escape', 'Home');
  await expect(page.locator('[aria-rowindex="2"]')).toBeFocused();
  expect(await page.getByRole('row').count()).toBeLessThan(60);
});

test.describe('in a narrow window', () => {
  test.use({ viewport: { width: 820, height: 900 } });

  test('what can be done with the selected songs is below the list', async ({ page, stage }) => {
    await pose(page, stage, 'library-few');
    await page.getByRole('row').nth(1).click();
    const strip = page.getByRole('region', { name: 'Details' });
    await expect(strip.getByRole('link', { name: 'Details' })).toBeVisible();
    await page.keyboard.press('Control+a');
    await expect(strip.getByText('3 selected')).toBeVisible();
    await strip.getByRole('button', { name: 'Delete' }).click();
    await expect(page.getByText('3 songs deleted')).toBeVisible();
    await expect(strip).toBeHidden();
  });
});

test('with a finger, a tap on a tablet opens a song, and on a wide screen taps select several', async ({
  browser,
  stage,
}) => {
  // The page that the other tests share knows only a mouse.
  const page = await browser.newPage({ viewport: { width: 820, height: 1180 }, hasTouch: true, isMobile: true });
  await pose(page, stage, 'library-few');
  await page.getByRole('link', { name: /^Rain on the Harbour/ }).tap();
  await expect(page.getByRole('heading', { name: 'Rain on the Harbour' })).toBeVisible();
  await page.setViewportSize({ width: 1180, height: 820 });
  await pose(page, stage, 'library-full');
  await page.getByRole('button', { name: 'Select', exact: true }).tap();
  for (const song of [1, 3]) await page.getByRole('row').nth(song).tap();
  await expect(pane(page).getByRole('heading', { name: '2 selected' })).toBeVisible();
  await page.context().close();
});

test('columns sort both ways, dates from the newest on, and can be chosen', async ({ page, stage }) => {
  await pose(page, stage, 'library-few');
  const first = page.getByRole('row').nth(1);
  const header = (name: string) => page.getByRole('columnheader', { name });
  await header('Length').getByRole('button').click();
  await expect(header('Length')).toHaveAttribute('aria-sort', 'ascending');
  await header('Length').getByRole('button').click();
  await expect(header('Length')).toHaveAttribute('aria-sort', 'descending');
  await page.getByLabel('Columns', { exact: true }).click();
  await page.getByRole('button', { name: 'Date added' }).click();
  await header('Date added').getByRole('button').click();
  await expect(header('Date added')).toHaveAttribute('aria-sort', 'descending');
  await expect(first).toContainText('Blue Corridor');
  await page.reload();
  await expect(header('Date added')).toBeVisible();
});

test('the context menu does with the selected songs what it says', async ({ page, stage }) => {
  await pose(page, stage, 'library-few');
  await page.getByRole('row').nth(1).click();
  await page.keyboard.press('Control+a');
  await page.getByRole('row').nth(2).click({ button: 'right' });
  await page.keyboard.press('Escape');
  await expect(page.getByRole('row').nth(2)).toBeFocused();
  await page.getByRole('row').nth(2).click({ button: 'right' });
  await page.getByRole('list').getByRole('button', { name: 'Delete' }).click();
  await expect(page.getByText('3 songs deleted')).toBeVisible();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect(page.getByRole('row')).toHaveCount(4);
});

test('songs are dragged out as a bundle', async ({ page, stage }) => {
  await pose(page, stage, 'library-few');
  const song = page.getByRole('row').nth(1);
  await song.dispatchEvent('pointerdown');
  // The bundle is made between pressing and dragging.
  const carried = () =>
    song.evaluate((element) => {
      const dataTransfer = new DataTransfer();
      element.dispatchEvent(new DragEvent('dragstart', { dataTransfer, bubbles: true }));
      return [dataTransfer.getData('DownloadURL'), dataTransfer.getData('text/plain')];
    });
  await expect
    .poll(carried)
    .toEqual([expect.stringMatching(/^application\/x-entendu:Blue Corridor\.entendu:blob:/), 'Blue Corridor']);
});

test('tags of many are set at once, and come from file names by a pattern that shows its effect', async ({
  page,
  stage,
}) => {
  await pose(page, stage, 'library-few');
  await page.getByRole('row').nth(1).click();
  await page.keyboard.press('Control+a');
  await pane(page).getByRole('button', { name: 'Edit' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Album').fill('Evenings');
  await dialog.getByLabel('From file names, by a pattern').fill('{track} - {title}');
  await expect(dialog.getByRole('status')).toHaveText('3 of 3 file names fit.');
  await expect(dialog.getByText('Track: 2, Title: Rain on the Harbour')).toBeVisible();
  await dialog.getByRole('button', { name: 'Save' }).click();
  await expect(page.getByRole('gridcell', { name: 'Evenings' })).toHaveCount(3);
});

test('artists and albums are places of their own', async ({ page, stage }) => {
  await pose(page, stage, 'library-full');
  await page.getByRole('link', { name: 'Artists', exact: true }).click();
  await page.getByRole('link', { name: /^Ada Lindqvist/ }).click();
  await expect(page.getByRole('heading', { name: 'Ada Lindqvist' })).toBeVisible();
  await expect(page.getByText('1,667 songs')).toBeVisible();
  await page.getByRole('link', { name: 'Artists' }).click();
  await expect(page.getByRole('link', { name: /^Field/ })).toBeVisible();
});

test('beside Listen lie the latest answers', async ({ page, stage }) => {
  await pose(page, stage, 'listen-answers');
  const latest = page.getByRole('region', { name: 'Latest answers' });
  await expect(latest.getByRole('button').first()).toContainText('Nocturne in E-flat');
});

test('duplicates are shown in pairs, and what is decided about them holds', async ({ page, stage }) => {
  await pose(page, stage, 'library-duplicates');
  const pair = (name: string) => page.getByRole('article', { name });
  await expect(page.getByText('3 pairs found')).toBeVisible();
  await expect(pair('Nocturne in E-flat').getByRole('img', { name: '0:12 to 1:42' })).toBeVisible();
  await expect(pair('Nocturne in E-flat')).toContainText('The second plays at 102% of the speed of the first.');
  await pair('Nocturne in E-flat').getByRole('button', { name: 'Keep only "Nocturne in E-flat"' }).click();
  await expect(page.getByText('1 song deleted')).toBeVisible();
  await pair('Blue Corridor').getByRole('button', { name: 'Keep both and never ask again' }).click();
  await expect(page.getByText('1 pair found')).toBeVisible();
  await page.getByRole('button', { name: 'Find duplicates' }).click();
  await expect(pair('Blue Corridor')).toBeHidden();
});

test('in Arabic a title in Latin letters begins where the line below it does', async ({ page, stage }) => {
  await pose(page, stage, 'library-duplicates', { language: 'ar' });
  const edgeOf = (line: string) =>
    page
      .getByRole('article')
      .first()
      .locator(line)
      .first()
      .evaluate((element) => {
        const range = document.createRange();
        range.selectNodeContents(element);
        return range.getBoundingClientRect().right;
      });
  expect(await edgeOf('.track-row-title')).toBeCloseTo(await edgeOf('.track-row-by'), -0.5);
});

test('axe finds nothing on the wide screens', async ({ page, stage }) => {
  const found: Record<string, string[]> = {};
  for (const screen of [
    'library-many',
    'library-row-menu',
    'library-artists',
    'library-duplicates',
    'listen-answers',
  ]) {
    await pose(page, stage, screen);
    const faults = await axeFaults(page);
    if (faults.length > 0) found[screen] = faults;
  }
  expect(found).toEqual({});
});
