/** Covers that a person chooses or pastes. */
import { expect, test } from '@playwright/test';
import { fixture, learn, songsIn } from './app.ts';

test('a cover is chosen, pasted over and removed', async ({ page }) => {
  await learn(page, ['low-tide.flac']);
  await songsIn(page).first().click();
  await page.getByLabel('More', { exact: true }).click();
  await page.getByRole('button', { name: 'Edit' }).click();
  const chosen = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a picture' }).click();
  await (await chosen).setFiles(fixture('cover.jpg'));
  const picture = page.getByRole('group', { name: 'Cover' }).locator('img');
  const first = await picture.getAttribute('src');
  await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(8, 8);
    canvas.getContext('2d')!.fillRect(0, 0, 8, 8);
    const transfer = new DataTransfer();
    transfer.items.add(new File([await canvas.convertToBlob()], 'black.png', { type: 'image/png' }));
    document.activeElement!.dispatchEvent(new ClipboardEvent('paste', { clipboardData: transfer, bubbles: true }));
  });
  await expect(picture).not.toHaveAttribute('src', first!);
  await page.getByRole('button', { name: 'Remove the cover' }).click();
  await expect(picture).toHaveCount(0);
});
