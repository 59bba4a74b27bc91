/** A contact sheet of pictures: a page that shows them as they are when pressed, and a picture of that page. */
import { writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Browser } from '@playwright/test';

export interface Figure {
  label: string;
  file: string;
  width: number;
  height: number;
}

const ROW_PIXELS = 300;

const style = `
  body { font: 12px sans-serif; background: #8a8a8a; display: flex; flex-wrap: wrap; gap: 12px; margin: 12px }
  figure { margin: 0 } img { display: block; margin-block-end: 2px }`;

export async function makeSheet(browser: Browser, folder: string, figures: Figure[]): Promise<void> {
  const shown = figures.map(({ label, file, width, height }) => {
    const size = `width="${Math.round((width / height) * ROW_PIXELS)}" height="${ROW_PIXELS}"`;
    return `<figure><a href="${file}"><img src="${file}" ${size} alt=""></a>${label}</figure>`;
  });
  const sheet = `${folder}sheet.html`;
  writeFileSync(sheet, `<!doctype html><title>Entendu</title><style>${style}</style>${shown.join('\n')}`);
  const page = await browser.newPage({ viewport: { width: 1900, height: 1000 } });
  await page.goto(pathToFileURL(sheet).href);
  await page.screenshot({ path: `${folder}sheet.png`, fullPage: true });
  await page.close();
}
