/** A static host of a published folder, which can be told to misbehave. */
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';

const types: Record<string, string> = { '.html': 'text/html', '.js': 'text/javascript', '.wasm': 'application/wasm' };

export interface CatalogueHost {
  /** Of the folder. */
  url: string;
  /** Paths that were asked for, and the bytes of the answers. */
  asked: string[];
  bytes: number;
  /** Answers in place of the files whose path contains this; returning false leaves it to the file. */
  instead: Map<string, (answer: ServerResponse, body: Buffer) => boolean>;
  close(): void;
}

export async function hostOf(folder: string): Promise<CatalogueHost> {
  const host = { url: '', asked: [] as string[], bytes: 0, instead: new Map() as CatalogueHost['instead'], close() {} };
  const server = createServer((request, answer) => {
    const path = new URL(request.url ?? '/', 'http://here').pathname.slice(1);
    host.asked.push(path);
    const file = join(folder, path);
    const body = existsSync(file) ? readFileSync(file) : undefined;
    answer.setHeader('access-control-allow-origin', '*');
    answer.setHeader('content-type', types[extname(path)] ?? 'application/octet-stream');
    const odd = [...host.instead].find(([part]) => path.includes(part))?.[1];
    if (odd?.(answer, body ?? Buffer.alloc(0))) return;
    if (!body) return void answer.writeHead(404).end();
    host.bytes += body.length;
    answer.end(body);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  host.url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
  host.close = () => {
    server.closeAllConnections();
    server.close();
  };
  return host;
}

/** Cuts the connection after half of the body. */
export function cutOff(answer: ServerResponse, body: Buffer): boolean {
  answer.setHeader('content-length', body.length);
  answer.write(body.subarray(0, body.length / 2), () => answer.destroy());
  return true;
}
