/** Fetches from other hosts in a separate worker, because the page's content security policy forbids it here. */
import { type BytesRead, ElsewhereError, type FetchLimits } from '../../catalogue/bounded-fetch.ts';
import type { Fetching } from '../../catalogue/take-catalogue.ts';
import { type Fault, type FaultName, UserError } from '../../errors.ts';

export interface FetchRequest {
  id: number;
  address: string;
  limits: Omit<FetchLimits, 'signal'>;
}

export type FetchMessage = { id: number } & (
  | { kind: 'progress'; bytes: number; total?: number }
  | { kind: 'done'; blob: Blob }
  | { kind: 'elsewhere'; address: string; host: string }
  | { kind: 'failed'; fault: Fault }
);

interface PendingRead {
  read: BytesRead;
  done(blob: Blob): void;
  failed(error: unknown): void;
}

/** `close` ends all requests. */
export function openFetching(): { fetching: Fetching; close(): void } {
  const waiting = new Map<number, PendingRead>();
  const worker = new Worker(new URL('./address.worker.ts', import.meta.url), { type: 'module', name: 'address' });
  let last = 0;
  worker.onmessage = ({ data }: MessageEvent<FetchMessage>) => {
    const request = waiting.get(data.id);
    if (data.kind === 'progress') return request?.read(data.bytes, data.total);
    waiting.delete(data.id);
    if (data.kind === 'done') request?.done(data.blob);
    else request?.failed(errorOf(data));
  };
  worker.onerror = () => {
    for (const { failed } of waiting.values()) failed(new UserError('AddressUnreachable', 'The worker failed.'));
    waiting.clear();
  };
  const fetching: Fetching = (address, { signal, ...limits }, read = () => {}) =>
    new Promise<Blob>((done, failed) => {
      const id = ++last;
      waiting.set(id, { read, done, failed });
      signal?.addEventListener('abort', () => failed(signal.reason), { once: true });
      worker.postMessage({ id, address, limits } satisfies FetchRequest);
    });
  return { fetching, close: () => worker.terminate() };
}

function errorOf(message: Extract<FetchMessage, { kind: 'elsewhere' | 'failed' }>): UserError {
  if (message.kind === 'elsewhere') return new ElsewhereError(message.address, message.host);
  const { name, message: text } = message.fault;
  return new UserError(name === 'Unexpected' ? 'AddressUnreachable' : (name as FaultName), text);
}
