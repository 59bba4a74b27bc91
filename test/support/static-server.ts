/** A minimal file server: a folder under a path, and 404 for everything else. */
import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = {
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.wasm': 'application/wasm',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.webmanifest': 'application/manifest+json',
};

export interface Served {
  url: string;
  /** The requested paths. */
  asked: string[];
  /** Replacements for files. */
  instead: Map<string, string>;
  close(): void;
}

export async function serveFolder(folder: string, under = '/'): Promise<Served> {
  const files = new Set(readdirSync(folder, { recursive: true, encoding: 'utf8' }));
  const asked: string[] = [];
  const instead = new Map<string, string>();
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname;
    const name = path.slice(under.length) || 'index.html';
    asked.push(name);
    if (!path.startsWith(under) || !files.has(name)) return answer.writeHead(404).end();
    answer.setHeader('content-type', types[extname(name)] ?? 'application/octet-stream');
    answer.setHeader('cache-control', 'no-store');
    return answer.end(instead.get(name) ?? readFileSync(join(folder, name)));
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}${under}`,
    asked,
    instead,
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
