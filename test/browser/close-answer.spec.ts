/** An answer, posed: see `test/stage`. */
import { pose } from '../stage/screens.ts';
import { expect } from './app.ts';
import { test } from './stage-page.ts';

test('an answer is closed by its button, by Back and by the tab, and other sources stay in reach', async ({
  page,
  stage,
}) => {
  await pose(page, stage, 'listen-found');
  const listen = page.getByRole('button', { name: 'Listen', exact: true });
  const again = page.getByRole('button', { name: 'Listen again' });
  await expect(page.getByRole('button', { name: 'A file or video' })).toBeVisible();
  await page.getByRole('region', { name: 'Listen' }).getByRole('button', { name: 'Close' }).click();
  const box = await listen.boundingBox();
  await listen.click();
  // It does not jump: Stop is where Listen was.
  expect(await page.getByRole('button', { name: 'Stop' }).boundingBox()).toEqual(box);
  await expect(again).toBeVisible();
  await page.goBack();
  await expect(listen).toBeVisible();
  await listen.click();
  await expect(again).toBeVisible();
  await page.getByRole('link', { name: 'Listen', exact: true }).click();
  await expect(listen).toBeVisible();
});
