/** Builds the stage and serves it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
const shared = { root: import.meta.dirname, configFile: false, logLevel: 'error', base: './', oxc } as const;

/** Its files have their hash in their name; a page that is opened again need not ask for them. */
const PREVIEW = { host: '127.0.0.1', port: 0, headers: { 'Cache-Control': 'max-age=3600' } };

export async function buildStage(outDir: string): Promise<void> {
  const output = { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 };
  await build({ ...shared, build: output, worker: { format: 'es' } });
}

/** `outDir`: a folder that `buildStage` has filled. */
export async function serveStage(outDir?: string): Promise<{ url: string; close(): Promise<void> }> {
  const folder = outDir ?? mkdtempSync(join(tmpdir(), 'stage-'));
  if (!outDir) await buildStage(folder);
  const server = await preview({ ...shared, build: { outDir: folder }, preview: PREVIEW });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the stage is not served');
  return {
    url,
    async close() {
      await server.close();
      if (!outDir) rmSync(folder, { recursive: true });
    },
  };
}
