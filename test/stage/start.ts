/** Builds the stage and serves it. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build, preview } from 'vite';

export async function serveStage(): Promise<{ url: string; close(): Promise<void> }> {
  const outDir = mkdtempSync(join(tmpdir(), 'stage-'));
  const oxc = { jsx: { runtime: 'automatic', importSource: 'preact' } } as const;
  const shared = { root: import.meta.dirname, configFile: false, logLevel: 'error', base: './', oxc } as const;
  const output = { outDir, emptyOutDir: true, target: 'es2022', assetsInlineLimit: 0 };
  await build({ ...shared, build: output, worker: { format: 'es' } });
  const server = await preview({ ...shared, build: { outDir }, preview: { host: '127.0.0.1', port: 0 } });
  const url = server.resolvedUrls?.local[0];
  if (!url) throw new Error('the stage is not served');
  return {
    url,
    async close() {
      await server.close();
      rmSync(outDir, { recursive: true });
    },
  };
}
