/** The two pictures that browsers show before the app is installed: `node .setup/run.mjs test/stage/shop-window.ts`. */
import { fileURLToPath } from 'node:url';
import { chromium } from '@playwright/test';
import { findBrowser } from '../../.setup/browser.mjs';
import { pose } from './screens.ts';
import { serveStage } from './start.ts';

const folder = fileURLToPath(new URL('../../public/icons/', import.meta.url));
const stage = await serveStage();
const browser = await chromium.launch({
  executablePath: findBrowser(),
  args: ['--no-sandbox', '--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'],
});

const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, deviceScaleFactor: 2 });
await pose(phone, stage.url, 'listen-found', { look: 'dark' });
await phone.screenshot({ path: `${folder}screen-phone.jpg`, quality: 82 });

const desk = await browser.newPage({ viewport: { width: 1440, height: 900 } });
await pose(desk, stage.url, 'listen-listening', { look: 'dark' });
await desk.screenshot({ path: `${folder}screen-desk.jpg`, quality: 82 });

await browser.close();
await stage.close();
