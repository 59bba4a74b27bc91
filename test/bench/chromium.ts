/** Hosts a benchmark's worker in a real Chromium, served by Vite from the sources. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { createServer, type Plugin } from 'vite';
import { findBrowser } from '../../.setup/browser.mjs';
import type { Material } from './library-trial.ts';

const base64 = (bytes: Uint8Array | Float32Array) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');

/** The material under an address; and the headers without which a page may not measure its memory. */
function served({ kernel, prints, clips }: Material): Plugin {
  const material = JSON.stringify({
    kernel: base64(kernel),
    prints: prints.map(base64),
    clips: clips.map((clip) => ({ ...clip, samples: base64(clip.samples) })),
  });
  return {
    name: 'material',
    configureServer(server) {
      server.middlewares.use('/material', (_request, response) => {
        response.end(material);
      });
    },
  };
}

/** Starts a worker of this folder, tells it what is asked, and hands back its `result`: see `worker.ts`. */
export async function inChromium<Result>(given: Material, program: string, asked: object): Promise<Result> {
  const headers = { 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Embedder-Policy': 'require-corp' };
  const server = await createServer({
    configFile: false,
    root: new URL('../..', import.meta.url).pathname,
    logLevel: 'error',
    plugins: [served(given)],
    server: { port: 0, host: '127.0.0.1', headers, hmr: false, watch: null },
  });
  await server.listen();
  // A profile on the disk: without one, the browser would keep what is stored in memory.
  const profile = mkdtempSync(join(tmpdir(), 'entendu-bench-'));
  const browser = await chromium.launchPersistentContext(profile, {
    executablePath: findBrowser(),
    args: ['--no-sandbox', '--enable-blink-features=ForceEagerMeasureMemory'],
  });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => console.error(`  chromium: ${message.text()}`));
    await page.goto(`${server.resolvedUrls?.local[0]}test/bench/page.html`);
    const start = async ({ program, asked }: { program: string; asked: object }) => {
      const worker = new Worker(`/test/bench/${program}`, { type: 'module' });
      // Not in every browser, and not in TypeScript's library either.
      const meter = performance as unknown as { measureUserAgentSpecificMemory(): Promise<{ bytes: number }> };
      return new Promise<unknown>((resolve, reject) => {
        worker.onerror = ({ message }) => reject(new Error(message));
        worker.onmessage = async ({ data }) => {
          if (data.told) console.log(data.told);
          if (data.measure) worker.postMessage(await meter.measureUserAgentSpecificMemory());
          if (data.failed) reject(new Error(data.failed));
          if (data.result) resolve(data.result);
        };
        worker.postMessage(asked);
      });
    };
    return (await page.evaluate(start, { program, asked })) as Result;
  } finally {
    await browser.close();
    await server.close();
    rmSync(profile, { recursive: true });
  }
}
