/** Builds the workbench, serves it, and opens it in a browser. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { build, preview } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';

export interface Bench {
  browser: Browser;
  page: Page;
  url: string;
  close(): Promise<void>;
}

/** `page` has `window.workbench`; see `workbench.ts`. */
export async function openWorkbench(): Promise<Bench> {
  const served = await serveWorkbench();
  const browser = await chromium.launch({ executablePath: findBrowser(), args: ['--no-sandbox'] });
  const page = await browser.newPage();
  await page.goto(served.url);
  await page.waitForFunction(() => 'workbench' in window);
  return {
    browser,
    page,
    url: served.url,
    async close() {
      await browser.close();
      await served.close();
    },
  };
}

export async function serveWorkbench(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'workbench-'));
  const shared = { root: import.meta.dirname, configFile: false, logLevel: 'error', base: './' } as const;
  const output = { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 };
  await build({ ...shared, build: output, worker: { format: 'es' } });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the workbench is not served');
  return { url, close: () => server.close() };
}
