/** Builds the workbench, serves it, and opens it in a browser. */
import { mkdtempSync, rmSync } from 'node:fs';
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

const shared = { root: import.meta.dirname, configFile: false, logLevel: 'error', base: './' } as const;

export async function buildWorkbench(outDir: string): Promise<void> {
  const output = { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 };
  await build({ ...shared, build: output, worker: { format: 'es' } });
}

/** `outDir`: a folder that `buildWorkbench` has filled. */
export async function serveWorkbench(outDir?: string): Promise<{ url: string; close(): Promise<void> }> {
  const folder = outDir ?? mkdtempSync(join(tmpdir(), 'workbench-'));
  if (!outDir) await buildWorkbench(folder);
  const server = await preview({ ...shared, build: { outDir: folder }, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the workbench is not served');
  return {
    url,
    async close() {
      await server.close();
      if (!outDir) rmSync(folder, { recursive: true });
    },
  };
}
