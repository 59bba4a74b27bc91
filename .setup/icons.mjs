// Renders the icons in public/icons to the PNG sizes that phones need: `node .setup/icons.mjs`.
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from './browser.mjs';

const folder = fileURLToPath(new URL('../public/icons/', import.meta.url));

/** Drawing -> picture and its size in pixels. iOS rounds the corners itself, so it gets the full-bleed drawing. */
const pictures = [
  ['mark.svg', 'icon-192.png', 192],
  ['mark.svg', 'icon-512.png', 512],
  ['maskable.svg', 'maskable-512.png', 512],
  ['maskable.svg', 'apple-touch.png', 180],
];

const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
for (const [drawing, picture, size] of pictures) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${readFileSync(folder + drawing, 'utf8')}`);
  await page.screenshot({ path: folder + picture, omitBackground: true });
  await page.close();
}
await browser.close();
